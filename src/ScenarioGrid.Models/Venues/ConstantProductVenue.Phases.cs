using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>The phases of a tick, for four paths.</content>
public sealed partial class ConstantProductVenue
{
    private void MoveLiquidity(ref Pool pool, int i, Mask up, in Tick tick)
    {
        Vecs multiple = Multiple.Vecs;
        var wanted = Vec.Clamp(LiquidityMultiple.Vecs[i], MultipleMin, MultipleMax);
        var factor = wanted / multiple[i];
        if (p.LiquiditySpeed.Value > 0)
        {
            var sigma = MarketVolatility.Vecs[i];
            var excess = FeeYield.Vecs[i] - 0.125 * sigma * sigma - p.Hurdle.Value;
            var twice = LaneMath.Exp(Vec.Clamp(excess * (2 / p.HurdleScale.Value), -40.0, 40.0));
            factor *= LaneMath.Exp(p.LiquiditySpeed.Value * tick.Years * ((twice - 1.0) / (twice + 1.0)));
        }

        factor = Vec.Select(up, factor, 1.0);
        multiple[i] = Vec.Select(up, wanted, multiple[i]);
        pool.Scale(factor);
    }

    /// <summary>Executes the orders of others; returns the quote they spent less the quote they took.</summary>
    private Vec Execute(ref Pool pool, int i, Mask up)
    {
        Vecs soldBase = SoldBase.Vecs, proceeds = Proceeds.Vecs;
        Vecs spentQuote = SpentQuote.Vecs, boughtBase = BoughtBase.Vecs;
        Vecs sellPrice = AverageSellPrice.Vecs, buyPrice = AverageBuyPrice.Vecs, slippage = Slippage.Vecs;

        var before = pool.Y / pool.X;
        if ((Sell.Vecs[i] + Buy.Vecs[i] > Vec.Zero).None)
        {
            soldBase[i] = proceeds[i] = spentQuote[i] = boughtBase[i] = slippage[i] = Vec.Zero;
            sellPrice[i] = before * pool.Gamma;
            buyPrice[i] = before / pool.Gamma;
            return Vec.Zero;
        }

        // An input of x c / (g (1 - c)) takes the share c of the other reserve.
        var reach = p.OutflowLimit.Value / (1 - p.OutflowLimit.Value) / pool.Gamma;
        var sold = Vec.Where(up, Vec.Min(Sell.Vecs[i], reach * pool.X));
        var taken = pool.SellBase(sold);
        var marginal = before * pool.Gamma;
        var average = Vec.Select(sold > Vec.Zero, taken / sold, marginal);
        soldBase[i] = sold;
        proceeds[i] = taken;
        sellPrice[i] = average;
        slippage[i] = Vec.Where(sold > Vec.Zero, Vec.Clamp(1.0 - average / before, 0.0, 1.0));
        var spent = Vec.Where(up, Vec.Min(Buy.Vecs[i], reach * pool.Y));
        var askBefore = pool.Y / pool.X / pool.Gamma;
        var bought = pool.BuyBase(spent);
        spentQuote[i] = spent;
        boughtBase[i] = bought;
        buyPrice[i] = Vec.Select(bought > Vec.Zero, spent / bought, askBefore);
        return spent - taken;
    }

    /// <summary>Users' trades of the tick; returns the quote they spent less the quote they took.</summary>
    private Vec Trade(ref Pool pool, int i, Mask up, in UserFlow flow, in Tick tick)
    {
        var relative = MarketVolatility.Vecs[i] / p.CalmVolatility.Value;
        var pace = p.VolumeElasticity.Value == 1 ? relative : LaneMath.Pow(relative, p.VolumeElasticity.Value);
        var perSide = Vec.Where(up, flow.Trades * pace);
        var words = tick.Words(0, i);
        var buys = LaneMath.Poisson(perSide, words.Coarse0);
        var sells = LaneMath.Poisson(perSide, words.Coarse1);
        var any = (buys + sells) > Vec.Zero;
        if (any.None)
        {
            return Vec.Zero;
        }

        var depth = Vec.Min(pool.Y / (0.5 * p.Liquidity.Value), 1.0);
        var buy = depth * flow.Sum(buys, words.Coarse2);
        var sell = depth * flow.Sum(sells, words.Coarse3);
        var crossed = Vec.Min(buy, sell);
        pool.Cross(crossed);
        var spent = buy - crossed;
        pool.BuyBase(spent);
        var taken = pool.SellBase((sell - crossed) * pool.X / pool.Y);
        return spent - taken;
    }

    private void Arbitrage(ref Pool pool, int i, Mask up)
    {
        var fair = MarketPrice.Vecs[i];
        Vec wanted = fair * pool.X, asked = pool.Y;
        var outside = up & ((pool.Gamma * wanted > asked) | (wanted < pool.Gamma * asked));
        if (outside.None)
        {
            return;
        }

        var trade = ConstantProduct.ArbitrageTo(pool.X, pool.Y, pool.Gamma, fair);
        var gas = GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.ArbitrageGas.Value * 1e-9);
        var acts = outside & (trade.Profit > gas);
        if (acts.Any)
        {
            pool.Arbitrage(trade, acts, fair);
        }
    }

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
