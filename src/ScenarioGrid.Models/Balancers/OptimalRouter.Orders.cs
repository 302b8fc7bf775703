using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Balancers;

/// <content>Fills, legs and what is published, for four paths.</content>
public sealed partial class OptimalRouter
{
    /// <summary>Takes what the venues did with the legs of the last tick; the rest goes back to the backlog.</summary>
    private void Settle(int i)
    {
        Vecs backlogBase = BacklogBase.Vecs, backlogQuote = BacklogQuote.Vecs;
        Vecs flyingBase = FlyingBase.Vecs, flyingQuote = FlyingQuote.Vecs;
        Vecs soldBase = SoldBase.Vecs, proceeds = Proceeds.Vecs;
        Vecs spentQuote = SpentQuote.Vecs, boughtBase = BoughtBase.Vecs;
        Vecs sellPrice = AverageSellPrice.Vecs, buyPrice = AverageBuyPrice.Vecs, slippage = Slippage.Vecs;
        Vec sold = Vec.Zero, paid = Vec.Zero, spent = Vec.Zero, bought = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            Vec all = VenueSold[v].Vecs[i], own = Vec.Min(SellLegs[v].Vecs[i], all);
            sold += own;
            paid += Vec.Where(all > Vec.Zero, VenueProceeds[v].Vecs[i] * (own / all));
            all = VenueSpent[v].Vecs[i];
            own = Vec.Min(BuyLegs[v].Vecs[i], all);
            spent += own;
            bought += Vec.Where(all > Vec.Zero, VenueBought[v].Vecs[i] * (own / all));
        }

        backlogBase[i] += Vec.Max(flyingBase[i] - sold, Vec.Zero);
        backlogQuote[i] += Vec.Max(flyingQuote[i] - spent, Vec.Zero);
        soldBase[i] = sold;
        proceeds[i] = paid;
        spentQuote[i] = spent;
        boughtBase[i] = bought;

        // Spot and fee still are those that the legs were sent on.
        Vec before = Spot.Vecs[i], gamma = 1.0 - Fee.Vecs[i];
        var average = Vec.Select(sold > Vec.Zero, paid / sold, before * gamma);
        sellPrice[i] = average;
        buyPrice[i] = Vec.Select(bought > Vec.Zero, spent / bought, before / gamma);
        slippage[i] = Vec.Where(sold > Vec.Zero, Vec.Clamp(1.0 - average / before, 0.0, 1.0));
    }

    private void Route(OptimalSplit split, Span<Vec> uniforms, int i, in Tick tick)
    {
        Vecs backlogBase = BacklogBase.Vecs, backlogQuote = BacklogQuote.Vecs;
        Vecs flyingBase = FlyingBase.Vecs, flyingQuote = FlyingQuote.Vecs;
        Vecs regret = Regret.Vecs, regretLoss = RegretLoss.Vecs, share = VenueShare.Vecs;
        Vec newBase = Sell.Vecs[i], newQuote = Buy.Vecs[i];
        var up = ChainIsUp.Vecs[i] >= 0.5;
        var sell = Vec.Where(up, newBase + p.Retry.Value * backlogBase[i]);
        var buy = Vec.Where(up, newQuote + p.Retry.Value * backlogQuote[i]);
        var gas = GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.LegGas.Value * 1e-9);
        var spot = Spot.Vecs[i];
        var sellSide = new Side();
        var buySide = new Side();
        if ((sell > Vec.Zero).Any)
        {
            Draw(uniforms, i, tick, false);
            sellSide = SplitSide(split, uniforms, i, tick, sell, gas, isSell: true);
        }
        else
        {
            Clear(SellLegs, i);
        }

        if ((buy > Vec.Zero).Any)
        {
            Draw(uniforms, i, tick, true);
            buySide = SplitSide(split, uniforms, i, tick, buy, gas / spot, isSell: false);
        }
        else
        {
            Clear(BuyLegs, i);
        }

        flyingBase[i] = sellSide.Sent;
        flyingQuote[i] = buySide.Sent;
        backlogBase[i] = Vec.Max(backlogBase[i] + newBase - sellSide.Sent, Vec.Zero);
        backlogQuote[i] = Vec.Max(backlogQuote[i] + newQuote - buySide.Sent, Vec.Zero);
        regret[i] = Vec.Max(sellSide.Regret, buySide.Regret);
        regretLoss[i] = sellSide.Loss + buySide.Loss * spot;
        share[i] = Vec.Max(sellSide.Share, buySide.Share);
    }

    /// <summary>Sends the legs of one side and rates them on the latest quotes.</summary>
    private Side SplitSide(
        OptimalSplit split, ReadOnlySpan<Vec> uniforms, int i, in Tick tick, Vec order, Vec gas, bool isSell)
    {
        Quote(split, i, isSell, isLatest: p.QuoteInterval.Value <= tick.Seconds);
        Apply(split, uniforms, order, gas);
        split.Limit(p.SlippageLimit.Value);
        Vec sent = Vec.Zero, largest = Vec.Zero;
        for (var v = 0; v < split.Venues; v++)
        {
            var leg = isSell ? SellLegs[v].Vecs : BuyLegs[v].Vecs;
            leg[i] = split.Amounts[v];
            sent += split.Amounts[v];
            largest = Vec.Max(largest, split.Amounts[v]);
        }

        // Setting the venues leaves the amounts alone, so the same legs are rated on the latest quotes.
        Quote(split, i, isSell, isLatest: true);
        var actual = split.TotalOut();
        split.Optimal(sent);
        var best = split.TotalOut();
        var loss = Vec.Max(best - actual, Vec.Zero);
        var any = (sent > Vec.Zero) & (best > Vec.Zero);
        return new Side(sent, Vec.Where(any, loss / best), Vec.Where(any, loss), Vec.Where(any, largest / sent));
    }

    private void Apply(OptimalSplit split, ReadOnlySpan<Vec> uniforms, Vec order, Vec gas)
    {
        switch (p.Policy)
        {
            case Rule.ProRata:
                split.ProRata(order);
                break;
            case Rule.Uniform:
                split.Uniform(order);
                break;
            case Rule.BestPrice:
                split.BestPrice(order);
                break;
            case Rule.BestQuote:
                split.BestQuote(order);
                break;
            case Rule.PowerOfD:
                split.PowerOf(order, (int)p.Choices.Value, uniforms);
                break;
            case Rule.Greedy:
                split.Greedy(order, (int)p.Slices.Value);
                break;
            default:
                split.Optimal(order, gas);
                break;
        }
    }

    private void Quote(OptimalSplit split, int i, bool isSell, bool isLatest)
    {
        for (var v = 0; v < split.Venues; v++)
        {
            var x = isLatest ? VenueBase[v].Vecs[i] : QuotedBase.Row(v)[i];
            var y = isLatest ? VenueQuote[v].Vecs[i] : QuotedQuote.Row(v)[i];
            var usable = VenueIsUp[v].Vecs[i] >= 0.5;
            split.Set(v, isSell ? x : y, isSell ? y : x, 1.0 - VenueFee[v].Vecs[i], usable);
        }
    }

    private void Draw(Span<Vec> uniforms, int i, in Tick tick, bool second)
    {
        for (var v = 0; p.Policy == Rule.PowerOfD && v < VenueBase.Count; v++)
        {
            var words = tick.Words(v, i);
            uniforms[v] = second ? words.Uniform1 : words.Uniform0;
        }
    }

    private void Publish(int i)
    {
        Vecs reserveBase = ReserveBase.Vecs, reserveQuote = ReserveQuote.Vecs, fee = Fee.Vecs, spot = Spot.Vecs;
        Vecs isUp = IsUp.Vecs, dispersion = Dispersion.Vecs, backlog = Backlog.Vecs;
        var some = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            some = Vec.Max(some, VenueIsUp[v].Vecs[i]);
        }

        var none = some < 0.5;
        Vec x = Vec.Zero, y = Vec.Zero, fees = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            var counts = none | (VenueIsUp[v].Vecs[i] >= 0.5);
            var quote = Vec.Where(counts, VenueQuote[v].Vecs[i]);
            x += Vec.Where(counts, VenueBase[v].Vecs[i]);
            y += quote;
            fees += quote * VenueFee[v].Vecs[i];
        }

        // Before the first venue has started there is nothing to divide: the market is where it will stand.
        var price = Vec.Select(x > Vec.Zero, y / x, VenueMarket[0].Vecs[i]);
        reserveBase[i] = x;
        reserveQuote[i] = y;
        fee[i] = Vec.Where(y > Vec.Zero, fees / y);
        spot[i] = price;
        isUp[i] = (!none & (ChainIsUp.Vecs[i] >= 0.5)).AsOne();
        backlog[i] = BacklogBase.Vecs[i] * price + BacklogQuote.Vecs[i];
        var market = MarketPrice.Vecs[i];
        var widest = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            var reference = Vec.Select(market > Vec.Zero, market, VenueMarket[v].Vecs[i]);
            Vec at = VenueBase[v].Vecs[i] * reference, spotValue = VenueQuote[v].Vecs[i];
            widest = Vec.Max(widest, Vec.Where(at > Vec.Zero, Vec.Max(spotValue / at, at / spotValue)));
        }

        dispersion[i] = LaneMath.Log(Vec.Max(widest, 1.0));
    }

    private static void Clear<TUnit>(LaneList<TUnit> legs, int i)
        where TUnit : IUnit
    {
        for (var v = 0; v < legs.Count; v++)
        {
            var leg = legs[v].Vecs;
            leg[i] = Vec.Zero;
        }
    }

    /// <summary>What one side of the orders came to.</summary>
    private readonly record struct Side(Vec Sent, Vec Regret, Vec Loss, Vec Share);
}
