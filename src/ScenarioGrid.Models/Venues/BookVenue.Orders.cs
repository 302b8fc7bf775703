using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>Orders and users, and the trade between book and pool.</content>
public abstract partial class BookVenue
{
    /// <summary>Executes the orders of others.</summary>
    private void Execute(ref Desk desk, int i, Mask fails)
    {
        Vecs soldBase = SoldBase.Vecs, proceeds = Proceeds.Vecs;
        Vecs spentQuote = SpentQuote.Vecs, boughtBase = BoughtBase.Vecs;
        Vecs sellPrice = AverageSellPrice.Vecs, buyPrice = AverageBuyPrice.Vecs, slippage = Slippage.Vecs;
        var sell = Vec.Where(desk.Up, Sell.Vecs[i]);
        var buy = Vec.Where(desk.Up, Buy.Vecs[i]);
        var (bid, ask) = Best(desk, i);
        var mid = Middle(desk, bid, ask);
        var kept = 1 - _p.TakerFee.Value;
        sellPrice[i] = Vec.Select(bid > Vec.Zero, bid, mid) * kept;
        buyPrice[i] = Vec.Select(ask < double.PositiveInfinity, ask, mid) / kept;
        soldBase[i] = proceeds[i] = spentQuote[i] = boughtBase[i] = slippage[i] = Vec.Zero;
        if ((sell + buy > Vec.Zero).None)
        {
            return;
        }

        var (sold, bought) = Process(ref desk, i, sell, buy, mid, fails);
        soldBase[i] = sold.In;
        proceeds[i] = sold.Out;
        spentQuote[i] = bought.In;
        boughtBase[i] = bought.Out;
        var any = sold.In > Vec.Zero;
        var average = sold.Out / sold.In;
        sellPrice[i] = Vec.Select(any, average, sellPrice[i]);
        slippage[i] = Vec.Where(any, Vec.Clamp(1.0 - average / mid, 0.0, 1.0));
        buyPrice[i] = Vec.Select(bought.Out > Vec.Zero, bought.In / bought.Out, buyPrice[i]);
    }

    /// <summary>Users' trades of the tick.</summary>
    private void Trade(ref Desk desk, int i, Mask fails, in UserFlow flow, in TradeRate rate, in Tick tick)
    {
        if (flow.IsOff)
        {
            return;
        }

        var excess = Excess.Vecs;
        var perSide = Vec.Where(desk.Up, rate.Mean(flow.Trades, desk.Sigma, excess[i]));
        var words = tick.Words(UserDraw, i);
        var buys = LaneMath.Poisson(perSide, words.Coarse0);
        var sells = LaneMath.Poisson(perSide, words.Coarse1);
        excess[i] = rate.Next(excess[i], buys + sells);
        if ((buys + sells > Vec.Zero).None)
        {
            return;
        }

        // Users split what a thin book would not take.
        var shown = Vec.Where(desk.BookUp, _bookDepth * DepthMultiple.Vecs[i]) + _poolDepth;
        var depth = Vec.Min(shown * (1 / _calmDepth), 1.0);
        var (bid, ask) = Best(desk, i);
        var mid = Middle(desk, bid, ask);
        var buy = depth * flow.Sum(buys, words.Coarse2);
        var sell = depth * flow.Sum(sells, words.Coarse3) / mid;
        Process(ref desk, i, sell, buy, mid, fails);
    }

    /// <summary>Crosses a buy and a sell at the mid and matches the rest; both are gross of the venue's fee.</summary>
    private (Fill Sold, Fill Bought) Process(ref Desk desk, int i, Vec sell, Vec buy, Vec mid, Mask fails)
    {
        var kept = 1 - _p.TakerFee.Value;
        Vec sellNet = sell * kept, buyNet = buy * kept;
        var crossed = Vec.Min(sellNet * mid, buyNet);
        var restSell = Vec.Where(sellNet * mid > crossed, sellNet - crossed / mid);
        var restBuy = Vec.Where(buyNet > crossed, buyNet - crossed);
        var (sellLeft, quoteOut) = Match(ref desk, i, restSell, true, fails);
        var (buyLeft, baseOut) = Match(ref desk, i, restBuy, false, fails);

        Vec sold = Taken(sell, sellNet, sellLeft), spent = Taken(buy, buyNet, buyLeft);
        Vec proceeds = crossed + quoteOut, bought = crossed / mid + baseOut;
        Vec walkedSell = Vec.Where(quoteOut > Vec.Zero, sold * mid - crossed / kept);
        Vec walkedBuy = Vec.Where(baseOut > Vec.Zero, spent - crossed / kept);
        Record(i, walkedSell, walkedSell - quoteOut);
        Record(i, walkedBuy, walkedBuy - baseOut * mid);
        desk.Fees += (1 - kept) * (sold * mid + spent);
        desk.TakerVolume += sold * mid + spent;
        desk.NetFlow += spent - sold * mid;
        return (new Fill(sold, proceeds), new Fill(spent, bought));
    }

    /// <summary>What of an order was filled: all or nothing to the last bit, where rounding is all that is
    /// left.</summary>
    private static Vec Taken(Vec order, Vec net, Vec left)
    {
        var share = 1.0 - left / net;
        return Vec.Where(share > Rounding, Vec.Select(share > 1 - Rounding, order, order * share));
    }

    /// <summary>Walks an order down book and pool; returns what is left of it and what it got.</summary>
    private Fill Match(ref Desk desk, int i, Vec amount, bool isSell, Mask fails)
    {
        if ((amount > Vec.Zero).None)
        {
            return new Fill(amount, Vec.Zero);
        }

        ref var pool = ref desk.Pool;
        Vec most = HasPool ? isSell ? pool.BaseMost : pool.QuoteMost : Vec.Zero;
        var walk = new HybridWalk(amount, isSell ? pool.X : pool.Y, isSell ? pool.Y : pool.X, pool.Gamma, most);
        if (desk.Quotes.IsPosted)
        {
            var orders = desk.Quotes.Side(pool, isSell);
            walk = new HybridWalk(amount, orders, desk.Quotes.At(isSell), pool.Gamma);
            WalkPosted(ref walk, orders, desk, i, isSell);
        }
        else if (_askShape is null)
        {
            WalkLevels(ref walk, desk, i, isSell);
        }
        else
        {
            WalkShape(ref walk, desk, i, isSell);
        }

        if (HasPool)
        {
            walk.Rest();
            desk.Quotes.Move(isSell, walk.ReserveIn);
        }

        return Account(ref desk, walk, isSell, fails);
    }

    private void WalkLevels(ref HybridWalk walk, in Desk desk, int i, bool isSell)
    {
        ref readonly var pool = ref desk.Pool;
        var grid = isSell ? _bidGrid : _askGrid;
        var top = isSell ? desk.BidTop : desk.AskTop;
        var perTop = 1.0 / top;
        var root = Vec.Sqrt(pool.Gamma * pool.Product * (isSell ? perTop : top));
        for (var j = 0; j < grid.Levels && (walk.Left > Vec.Zero).Any; j++)
        {
            var row = isSell ? Bids.Row(j) : Asks.Row(j);
            Vec price = top * grid.Factor[j], size = row[i];
            if (isSell)
            {
                row[i] = size - walk.Level(root * grid.InverseRoot[j], price, size);
            }
            else
            {
                Vec capacity = size * price, rate = perTop * grid.Inverse[j];
                var fill = walk.Level(root * grid.Root[j], rate, capacity);
                row[i] = Vec.Where(fill < capacity, Vec.Max(size - fill * rate, Vec.Zero));
            }
        }
    }

    /// <summary>Books a walk; returns what is left of the order and what the taker gets.</summary>
    private Fill Account(ref Desk desk, in HybridWalk walk, bool isSell, Mask fails)
    {
        ref var pool = ref desk.Pool;
        Vec curvePaid = walk.CurveOut, bookPaid = walk.BookOut;
        if (_p.Matching == Matching.Batch)
        {
            var price = walk.Marginal;
            curvePaid = Vec.Min(walk.CurveIn * price, curvePaid);
            bookPaid = Vec.Min(walk.BookIn * price, bookPaid);
        }

        // What a batch keeps back from the curve's side stays in the pool.
        curvePaid = pool.Swap(isSell, walk.CurveNet, curvePaid);
        desk.Through += walk.TradedThrough.AsOne();
        Vec fee = walk.CurveIn - walk.CurveNet, settled = Vec.Select(fails, Vec.Zero, walk.BookIn);
        bookPaid = Vec.Select(fails, Vec.Zero, bookPaid);
        if (isSell)
        {
            desk.BaseIn += walk.CurveNet;
            desk.QuoteOut += curvePaid + walk.BookOut;
            desk.CurveFees += fee * desk.Fair;
            desk.MakerRevenue += settled * desk.Fair - bookPaid;
            desk.CurveVolume += curvePaid;
            desk.BookMatched += bookPaid;
            desk.Failed += Vec.Where(fails, walk.BookOut);
        }
        else
        {
            desk.QuoteIn += walk.CurveNet;
            desk.BaseOut += curvePaid + walk.BookOut;
            desk.CurveFees += fee;
            desk.MakerRevenue += settled - bookPaid * desk.Fair;
            desk.CurveVolume += walk.CurveIn;
            desk.BookMatched += settled;
            desk.Failed += Vec.Where(fails, walk.BookIn);
        }

        return new Fill(walk.Left + (walk.BookIn - settled), curvePaid + bookPaid);
    }

    /// <summary>Trades between book and pool while one bids more than the other asks.</summary>
    private void Uncross(ref Desk desk, int i)
    {
        if (!HasPool)
        {
            return;
        }

        var (bid, ask) = PoolPrices(desk);
        var asks = desk.BookUp & (bid > desk.AskTop);
        if (asks.Any)
        {
            UncrossSide(ref desk, i, asks, isAsk: true);
        }

        var bids = desk.BookUp & (ask < desk.BidTop);
        if (bids.Any)
        {
            UncrossSide(ref desk, i, bids, isAsk: false);
        }
    }

    private void UncrossSide(ref Desk desk, int i, Mask crossed, bool isAsk)
    {
        if (desk.Quotes.IsPosted)
        {
            UncrossPosted(ref desk, i, crossed, isAsk);
        }
        else if (_askShape is null)
        {
            UncrossLevels(ref desk, i, crossed, isAsk);
        }
        else
        {
            UncrossShape(ref desk, i, crossed, isAsk);
        }
    }

    private void UncrossLevels(ref Desk desk, int i, Mask crossed, bool isAsk)
    {
        ref var pool = ref desk.Pool;
        var grid = isAsk ? _askGrid : _bidGrid;
        var top = isAsk ? desk.AskTop : desk.BidTop;
        var most = isAsk ? pool.BaseMost : pool.QuoteMost;
        var root = Vec.Sqrt(pool.Gamma * pool.Product * (isAsk ? 1.0 / top : top));
        for (var j = 0; j < grid.Levels; j++)
        {
            // The level gives the pool's input, and asks for the pool's output what its price says.
            var target = Vec.Min(root * (isAsk ? grid.InverseRoot[j] : grid.Root[j]), most);
            Vec input = isAsk ? pool.X : pool.Y, output = isAsk ? pool.Y : pool.X;
            var room = Vec.Where(crossed, Vec.Max(target - input, Vec.Zero));
            if ((room > Vec.Zero).None)
            {
                break;
            }

            var row = isAsk ? Asks.Row(j) : Bids.Row(j);
            var size = row[i];
            var net = isAsk ? Vec.Min(room, pool.Gamma * size)
                : Vec.Min(room, BuyerOf(size, input, output));
            var given = net * output / (input + net);
            row[i] = size - Exchange(ref desk, isAsk, net, given, top * grid.Factor[j], size);
        }
    }

    /// <summary>Trades up to a size of the book at a price with the pool, which takes so much net input for so much
    /// output; returns the base moved.</summary>
    private static Vec Exchange(ref Desk desk, bool isAsk, Vec net, Vec wanted, Vec price, Vec size)
    {
        ref var pool = ref desk.Pool;
        var given = pool.Swap(isAsk, net, wanted);
        var gross = net * pool.PerGamma;
        var moved = Vec.Min(isAsk ? gross : given, size);
        desk.UncrossProfit += isAsk ? given - moved * price : moved * price - gross;
        desk.CurveFees += (gross - net) * (isAsk ? desk.Fair : 1.0);
        desk.CurveLoss += isAsk ? given - net * desk.Fair : given * desk.Fair - net;
        Vec held = isAsk ? net - moved : -given, money = isAsk ? -given : net - moved * price;
        desk.AddBase(held);
        desk.AddQuote(money);
        return moved;
    }

    /// <summary>Net quote that buys so much base from the pool; without end where it has less.</summary>
    private static Vec BuyerOf(Vec size, Vec quote, Vec coins) =>
        Vec.Select(size < coins, quote * size / (coins - size), double.PositiveInfinity);
}
