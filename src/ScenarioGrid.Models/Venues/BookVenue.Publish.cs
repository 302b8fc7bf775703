using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>Settlement, best prices, spreads paid and what is published.</content>
public abstract partial class BookVenue
{
    private const double DeviationsMost = 10, Spent = 1e-12;

    /// <summary>Probability that the settlement of this tick's matches fails.</summary>
    private Vec FailureOf(Vec sigma, in Pace pace)
    {
        if (pace.SettlementRoot == 0)
        {
            return _p.SettlementFailure.Value;
        }

        var deviations = _p.SettlementMargin.Value / Vec.Max(sigma * pace.SettlementRoot, 1e-12);
        if ((deviations > DeviationsMost).All)
        {
            // 2 Phi(-10) is 2e-23, which 1 does not feel.
            return 1.0 - (1 - _p.SettlementFailure.Value);
        }

        return 1.0 - (1 - _p.SettlementFailure.Value) * (1.0 - 2.0 * LaneMath.NormalCdf(-deviations));
    }

    private void Settle(in Desk desk, int i, in Pace pace)
    {
        var unsettled = Unsettled.Vecs;
        var kept = Vec.Select(ChainIsUp.Vecs[i] >= 0.5, pace.UnsettledKept, 1.0);
        unsettled[i] = kept * unsettled[i] + (_p.SettlementLatency.Value > 0 ? desk.BookMatched : Vec.Zero);
    }

    /// <summary>Best bid and ask of book and pool; 0 and infinity where there is none.</summary>
    private (Vec Bid, Vec Ask) Best(in Desk desk, int i)
    {
        var (bid, ask) = _askShape is null ? BestLevels(desk, i) : BestShape(desk, i);
        if (HasPool)
        {
            ref readonly var pool = ref desk.Pool;
            var (poolBid, poolAsk) = PoolPrices(desk);
            bid = Vec.Max(bid, Vec.Where(desk.Up & (pool.Quote > Spent * pool.Y), poolBid));
            ask = Vec.Select(desk.Up & (pool.Base > Spent * pool.X), Vec.Min(ask, poolAsk), ask);
        }

        return (bid, ask);
    }

    private (Vec Bid, Vec Ask) BestLevels(in Desk desk, int i)
    {
        Vec bid = Vec.Zero, ask = double.PositiveInfinity;
        var open = desk.BookUp;
        for (var j = 0; j < _bidGrid.Levels && open.Any; j++)
        {
            var here = open & (Bids.Row(j)[i] > Vec.Zero);
            bid = Vec.Select(here, desk.BidTop * _bidGrid.Factor[j], bid);
            open &= !here;
        }

        open = desk.BookUp;
        for (var j = 0; j < _askGrid.Levels && open.Any; j++)
        {
            var here = open & (Asks.Row(j)[i] > Vec.Zero);
            ask = Vec.Select(here, desk.AskTop * _askGrid.Factor[j], ask);
            open &= !here;
        }

        return (bid, ask);
    }

    private static Vec Middle(in Desk desk, Vec bid, Vec ask) => Vec.Select(
        (bid > Vec.Zero) & (ask < double.PositiveInfinity), 0.5 * (bid + ask), 0.5 * (desk.BidTop + desk.AskTop));

    /// <summary>Adds an order to its size, and tells the spread paid so far.</summary>
    private void Record(int i, Vec value, Vec cost)
    {
        if ((value > Vec.Zero).None)
        {
            return;
        }

        var isSmall = (value > Vec.Zero) & (value <= _p.SizeSmall.Value);
        var isLarge = !isSmall & (value >= _p.SizeLarge.Value);
        var isMedium = (value > _p.SizeSmall.Value) & !isLarge;
        Record(i, 0, EffectiveHalfSpreadSmall, isSmall, value, cost);
        Record(i, 2, EffectiveHalfSpreadMedium, isMedium, value, cost);
        Record(i, 4, EffectiveHalfSpreadLarge, isLarge, value, cost);
    }

    private void Record(int i, int row, Lane<Fraction> spread, Mask isHere, Vec value, Vec cost)
    {
        if (isHere.None)
        {
            return;
        }

        Vecs values = Paid.Row(row), costs = Paid.Row(row + 1), ratio = spread.Vecs;
        values[i] += Vec.Where(isHere, value);
        costs[i] += Vec.Where(isHere, cost);
        ratio[i] = Vec.Where(values[i] > Vec.Zero, costs[i] / values[i]);
    }

    private void Publish(ref Desk desk, int i, in Tick tick)
    {
        var (bid, ask) = Best(desk, i);
        var spot = Middle(desk, bid, ask);
        Vecs spots = Spot.Vecs, up = IsUp.Vecs, fee = Fee.Vecs, without = TimeWithoutQuotes.Vecs;
        spots[i] = spot;
        up[i] = desk.Up.AsOne();
        fee[i] = _p.TakerFee.Value;
        without[i] = Vec.Select((bid > Vec.Zero) & (ask < double.PositiveInfinity), Vec.Zero, tick.Seconds);

        Vec coins, bidValue;
        if (_askShape is null)
        {
            _ = Ladder(desk, i, spot, isSell: true, out bidValue);
            _ = Ladder(desk, i, spot, isSell: false, out coins);
        }
        else
        {
            bidValue = ShapeLadder(desk, i, spot, isSell: true).Value;
            coins = ShapeLadder(desk, i, spot, isSell: false).Base;
        }

        Vec sellDepth = SellDepths.Row(Percent)[i] * spot, buyDepth = BuyDepths.Row(Percent)[i];
        Vecs reserveBase = ReserveBase.Vecs, reserveQuote = ReserveQuote.Vecs, values = BidValue.Vecs;
        Vecs depth100 = Depth100.Vecs, depth = Depth.Vecs, perDepth = CapitalPerDepth.Vecs;
        var pool = desk.Pool;
        values[i] = bidValue;
        reserveBase[i] = coins + pool.Base;
        reserveQuote[i] = bidValue + pool.Quote;
        depth100[i] = sellDepth;
        depth[i] = sellDepth;
        var capital = reserveBase[i] * spot + reserveQuote[i];
        var shown = Vec.Max(sellDepth + buyDepth, capital / CapitalPerDepthMost);
        perDepth[i] = Vec.Where(capital > Vec.Zero, capital / shown);
        WriteFlows(desk, i);
    }

    private void WriteFlows(in Desk desk, int i)
    {
        Vecs baseIn = BaseIn.Vecs, baseOut = BaseOut.Vecs, quoteIn = QuoteIn.Vecs, quoteOut = QuoteOut.Vecs;
        Vecs netFlow = NetFlow.Vecs, volume = Volume.Vecs, fees = Fees.Vecs, through = TradeThroughs.Vecs;
        Vecs loss = MakerLoss.Vecs, revenue = MakerRevenue.Vecs, failed = FailedSettlements.Vecs;
        baseIn[i] = desk.BaseIn;
        baseOut[i] = desk.BaseOut;
        quoteIn[i] = desk.QuoteIn;
        quoteOut[i] = desk.QuoteOut;
        netFlow[i] = desk.NetFlow;
        volume[i] = desk.TakerVolume;
        fees[i] = desk.Fees;
        through[i] = desk.Through;
        loss[i] = desk.MakerLoss;
        revenue[i] = desk.MakerRevenue;
        failed[i] = desk.Failed;
    }

    /// <summary>Depth up to each knot; returns the base of the side, and its value where it is the bids.</summary>
    private Vec Ladder(in Desk desk, int i, Vec spot, bool isSell, out Vec total)
    {
        Lane depths = isSell ? SellDepths : BuyDepths;
        var moves = LiquidityLadder.PriceMoves;
        var roots = isSell ? LiquidityLadder.SellRoots : LiquidityLadder.BuyRoots;
        var grid = isSell ? _bidGrid : _askGrid;
        var top = isSell ? desk.BidTop : desk.AskTop;
        var lane = isSell ? Bids : Asks;
        Vec within = Vec.Zero, sum = Vec.Zero, end = spot / top;
        var curve = CurveOf(desk, spot, isSell);
        var level = 0;
        for (var knot = 0; knot < LiquidityLadder.Bins; knot++)
        {
            // Levels that every path counts are added for good; the few that only some count, for this knot.
            var limit = end * (isSell ? 1 - moves[knot] : 1 + moves[knot]);
            while (level < grid.Levels && Counts(grid, level, limit, isSell).All)
            {
                Add(lane, level, i, grid, isSell, 1.0, ref within, ref sum);
                level++;
            }

            var here = within;
            for (var j = level; j < grid.Levels; j++)
            {
                var counts = Counts(grid, j, limit, isSell);
                if (counts.None)
                {
                    break;
                }

                var unused = Vec.Zero;
                Add(lane, j, i, grid, isSell, counts.AsOne(), ref here, ref unused);
            }

            var ofPool = desk.Quotes.IsPosted
                ? PostedTo(desk, spot * (isSell ? 1 - moves[knot] : 1 + moves[knot]), isSell)
                : PoolTo(desk, curve, roots[knot]);
            var depth = depths.Row(knot);
            depth[i] = Vec.Where(desk.BookUp, isSell ? here : here * top) + ofPool;
        }

        for (; level < grid.Levels; level++)
        {
            Add(lane, level, i, grid, isSell, 1.0, ref within, ref sum);
        }

        total = isSell ? sum * top : sum;
        return within;
    }

    private static Mask Counts(QuoteGrid grid, int level, Vec limit, bool isSell)
    {
        Vec factor = grid.Factor[level];
        return isSell ? factor >= limit : factor <= limit;
    }

    /// <summary>Adds a level to the depth (bids in base, asks in quote) and to the total (the other way round), both
    /// in units of the best price.</summary>
    private static void Add(
        Lane<Token> lane, int level, int i, QuoteGrid grid, bool isSell, Vec share, ref Vec depth, ref Vec total)
    {
        var size = share * lane.Row(level)[i];
        var value = size * grid.Factor[level];
        depth += isSell ? size : value;
        total += isSell ? value : size;
    }

    private static Vec PoolTo(in Desk desk, (Vec Input, Vec Root, Vec Most) curve, double root) =>
        Vec.Max(Vec.Min(curve.Root * root, curve.Most) - curve.Input, Vec.Zero) * desk.Pool.PerGamma;

    /// <summary>Input reserve of the pool now, at which its best price is the spot, and at which it is
    /// spent.</summary>
    private (Vec Input, Vec Root, Vec Most) CurveOf(in Desk desk, Vec spot, bool isSell)
    {
        if (!HasPool)
        {
            return (Vec.Zero, Vec.Zero, Vec.Zero);
        }

        ref readonly var pool = ref desk.Pool;
        var net = pool.Gamma * pool.Product;
        return isSell ? (pool.X, Vec.Sqrt(net / spot), pool.BaseMost) : (pool.Y, Vec.Sqrt(net * spot), pool.QuoteMost);
    }
}
