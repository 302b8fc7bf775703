using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>The phases of a tick, for eight paths.</content>
public abstract partial class PoolVenue
{
    /// <summary>Sets the reserves of the start at the market price, and remembers that price.</summary>
    private protected void Hold(in Tick tick, double shareOfBase, Lane<UsdPerToken> spotStart)
    {
        Vecs market = MarketPrice.Vecs, x = ReserveBase.Vecs, y = ReserveQuote.Vecs, start = spotStart.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            x[i] = shareOfBase * LiquidityStart / market[i];
            y[i] = (1 - shareOfBase) * LiquidityStart;
            start[i] = market[i];
        }
    }

    /// <summary>What every kind sets at the start, once its own curve is set; the price it starts at.</summary>
    private protected void Open<TCurve>(in Tick tick, Vecs price)
        where TCurve : struct, ICurve<TCurve>
    {
        Vecs market = MarketPrice.Vecs, multiple = Multiple.Vecs, feeYield = FeeYield.Vecs, fee = Fee.Vecs;
        Vecs sellPrice = AverageSellPrice.Vecs, buyPrice = AverageBuyPrice.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            fee[i] = p.Fee.Value;
            multiple[i] = 1.0;
            feeYield[i] = p.Turnover.Value * p.Fee.Value;
            new Pool<TCurve>(this, i, p.Fee.Value).Publish(this, i, market[i]);
            sellPrice[i] = price[i] * (1 - p.Fee.Value);
            buyPrice[i] = price[i] / (1 - p.Fee.Value);
            for (var row = 0; row < Reference.Rows; row++)
            {
                var reference = Reference.Row(row);
                reference[i] = price[i];
            }
        }
    }

    /// <summary>The tick of every kind.</summary>
    private protected void Advance<TCurve>(in Tick tick)
        where TCurve : struct, ICurve<TCurve>
    {
        Vecs fee = Fee.Vecs, isUp = IsUp.Vecs, volatility = MarketVolatility.Vecs;
        Vecs chainUp = ChainIsUp.Vecs, haltLeft = HaltLeft.Vecs, market = MarketPrice.Vecs, netFlow = NetFlow.Vecs;
        var feeSlope = p.FeeVolatilityGain.Value * Math.Sqrt(BlockYears);
        var feeTop = Math.Max(p.Fee.Value, p.FeeMax.Value);
        var flow = new UserFlow(
            QuoteStart, p.TradeSize.Value, 0.5 * p.Turnover.Value * p.Liquidity.Value * tick.Years);
        var rate = new TradeRate(tick, p.CalmVolatility, p.VolumeElasticity, p.Excitation, p.ExcitationTime, p.DaySwing,
            p.BusiestTime);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var phi = Vec.Min(p.Fee.Value + feeSlope * volatility[i], feeTop);
            fee[i] = phi;
            var up = (chainUp[i] >= 0.5) & (haltLeft[i] <= 0.0);
            isUp[i] = up.AsOne();
            var pool = new Pool<TCurve>(this, i, phi);
            MoveLiquidity(ref pool, i, up, tick);
            TakeFlow(ref pool, i, up);
            if (p.Arbitrage && p.ArbitrageTiming == Timing.NextTick)
            {
                Arbitrage(ref pool, i, up);
            }

            var net = Execute(ref pool, i, up);
            net += flow.IsOff ? Vec.Zero : Trade(ref pool, i, up, flow, rate, tick);
            netFlow[i] = net;
            if (p.Arbitrage && p.ArbitrageTiming == Timing.WithinTick)
            {
                Arbitrage(ref pool, i, up);
            }

            pool.Publish(this, i, market[i]);
        }

        UpdateYield(tick);
        if (p.BreakerThreshold.Value > 0)
        {
            Break(tick);
        }
    }

    private void MoveLiquidity<TCurve>(ref Pool<TCurve> pool, int i, Mask up, in Tick tick)
        where TCurve : struct, ICurve<TCurve>
    {
        Vecs multiple = Multiple.Vecs;
        var wanted = LiquidityWanted(i);
        var factor = wanted / multiple[i];
        if (p.LiquiditySpeed.Value > 0)
        {
            var sigma = MarketVolatility.Vecs[i];
            var excess = FeeYield.Vecs[i] - pool.Curve.LossRate(sigma) - p.Hurdle.Value;
            var twice = LaneMath.Exp(Vec.Clamp(excess * (2 / p.HurdleScale.Value), -40.0, 40.0));
            factor *= LaneMath.Exp(p.LiquiditySpeed.Value * tick.Years * ((twice - 1.0) / (twice + 1.0)));
        }

        factor = Vec.Select(up, factor, 1.0);
        multiple[i] = Vec.Select(up, wanted, multiple[i]);
        pool.Scale(factor);
    }

    /// <summary>Executes the orders of others; returns the quote they spent less the quote they took.</summary>
    private Vec Execute<TCurve>(ref Pool<TCurve> pool, int i, Mask up)
        where TCurve : struct, ICurve<TCurve>
    {
        Vecs soldBase = SoldBase.Vecs, proceeds = Proceeds.Vecs;
        Vecs spentQuote = SpentQuote.Vecs, boughtBase = BoughtBase.Vecs;
        Vecs sellPrice = AverageSellPrice.Vecs, buyPrice = AverageBuyPrice.Vecs, slippage = Slippage.Vecs;

        var before = pool.Curve.Spot;
        if ((Sell.Vecs[i] + Buy.Vecs[i] > Vec.Zero).None)
        {
            soldBase[i] = proceeds[i] = spentQuote[i] = boughtBase[i] = slippage[i] = Vec.Zero;
            sellPrice[i] = before * pool.Gamma;
            buyPrice[i] = before / pool.Gamma;
            return Vec.Zero;
        }

        var limit = p.OutflowLimit.Value;
        var sold = Vec.Where(up, Vec.Min(pool.Curve.SellLimit(limit, pool.Gamma), Sell.Vecs[i]));
        var taken = pool.SellBase(sold);
        var marginal = before * pool.Gamma;
        var average = Vec.Select(sold > Vec.Zero, taken / sold, marginal);
        soldBase[i] = sold;
        proceeds[i] = taken;
        sellPrice[i] = average;
        slippage[i] = Vec.Where(sold > Vec.Zero, Vec.Clamp(1.0 - average / before, 0.0, 1.0));
        var spent = Vec.Where(up, Vec.Min(pool.Curve.BuyLimit(limit, pool.Gamma), Buy.Vecs[i]));
        var askBefore = pool.Curve.Spot / pool.Gamma;
        var bought = pool.BuyBase(spent);
        spentQuote[i] = spent;
        boughtBase[i] = bought;
        buyPrice[i] = Vec.Select(bought > Vec.Zero, spent / bought, askBefore);
        return spent - taken;
    }

    /// <summary>Users' trades of the tick; returns the quote they spent less the quote they took.</summary>
    private Vec Trade<TCurve>(
        ref Pool<TCurve> pool, int i, Mask up, in UserFlow flow, in TradeRate rate, in Tick tick)
        where TCurve : struct, ICurve<TCurve>
    {
        var excess = Excess.Vecs;
        var perSide = Vec.Where(up, rate.Mean(flow.Trades, MarketVolatility.Vecs[i], excess[i]));
        var words = tick.Words(0, i);
        var buys = LaneMath.Poisson(perSide, words.Coarse0);
        var sells = LaneMath.Poisson(perSide, words.Coarse1);
        excess[i] = rate.Next(excess[i], buys + sells);
        var any = (buys + sells) > Vec.Zero;
        if (any.None)
        {
            return Vec.Zero;
        }

        var depth = Vec.Min(pool.Curve.Depth(), 1.0);
        var buy = depth * flow.Sum(buys, words.Coarse2);
        var sell = depth * flow.Sum(sells, words.Coarse3);
        var crossed = Vec.Min(buy, sell);
        pool.Cross(crossed);
        var spent = buy - crossed;
        if (TCurve.IsBounded)
        {
            spent = Vec.Min(spent, pool.Curve.BuyLimit(1, pool.Gamma));
        }

        pool.BuyBase(spent);
        var sold = pool.Curve.Coins(sell - crossed);
        if (TCurve.IsBounded)
        {
            sold = Vec.Min(sold, pool.Curve.SellLimit(1, pool.Gamma));
        }

        var taken = pool.SellBase(sold);
        return spent - taken;
    }

    private void Arbitrage<TCurve>(ref Pool<TCurve> pool, int i, Mask up)
        where TCurve : struct, ICurve<TCurve>
    {
        var fair = MarketPrice.Vecs[i];
        var outside = up & pool.Curve.IsOutside(pool.Gamma, fair);
        if (outside.None)
        {
            return;
        }

        var trade = pool.Curve.ArbitrageTo(pool.Gamma, fair);
        var gas = GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.ArbitrageGas.Value * 1e-9);
        var acts = outside & (trade.Profit > gas);
        if (acts.Any)
        {
            pool.Arbitrage(trade, acts, fair);
        }
    }

    /// <summary>Paths on which the fair price is outside the band around the spot.</summary>
    private protected static Mask IsOutside(Vec spot, Vec gamma, Vec fair) =>
        (gamma * fair > spot) | (fair < gamma * spot);

    private void UpdateYield(in Tick tick)
    {
        Vecs feeYield = FeeYield.Vecs, fees = Fees.Vecs, tvl = Tvl.Vecs;
        var weight = -LaneMath.Expm1(-0.6931471805599453 * tick.Seconds / p.YieldMemory.Value);
        var perYear = weight / tick.Years;
        for (var i = 0; i < tick.Vectors; i++)
        {
            feeYield[i] = feeYield[i] * (1 - weight) + perYear * fees[i] / tvl[i];
        }
    }

    private void Break(in Tick tick)
    {
        Vecs haltLeft = HaltLeft.Vecs, spot = Spot.Vecs, chainUp = ChainIsUp.Vecs;
        var grid = p.BreakerWindow.Value / References;
        var slot = Math.Floor((tick.Start + tick.Seconds) / grid);
        var first = Math.Max(Math.Floor(tick.Start / grid), slot - References);
        var limit = LaneMath.Exp(p.BreakerThreshold.Value);
        var oldest = Reference.Row((int)((slot + 1) % References));
        for (var i = 0; i < tick.Vectors; i++)
        {
            var price = spot[i];
            var halted = haltLeft[i] > 0.0;
            var moved = !halted & ((price > limit * oldest[i]) | (price * limit < oldest[i])) & (chainUp[i] >= 0.5);
            haltLeft[i] = Vec.Max(Vec.Select(moved, p.HaltTime.Value, haltLeft[i] - tick.Seconds), Vec.Zero);
            for (var row = first + 1; row <= slot; row++)
            {
                var reference = Reference.Row((int)(row % References));
                reference[i] = price;
            }

            // The halt is not answered by a second one when trading resumes at the market's price.
            var reset = halted | moved;
            for (var row = 0; reset.Any && row < References; row++)
            {
                var reference = Reference.Row(row);
                reference[i] = Vec.Select(reset, MarketPrice.Vecs[i], reference[i]);
            }
        }
    }
}
