using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Balancers;

/// <content>Fills and legs, for eight paths.</content>
public sealed partial class OptimalRouter
{
    /// <summary>Takes what the venues did with the legs of the last tick; the rest goes back to the backlogs.</summary>
    private void Settle(int i)
    {
        Vecs backlogBase = BacklogBase.Vecs, backlogQuote = BacklogQuote.Vecs;
        Vecs soldBase = SoldBase.Vecs, proceeds = Proceeds.Vecs, spentQuote = SpentQuote.Vecs;
        Vecs boughtBase = BoughtBase.Vecs, sellPrice = AverageSellPrice.Vecs, buyPrice = AverageBuyPrice.Vecs;
        var slippage = Slippage.Vecs;
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

        // Spot and fee still are those that the legs were sent on.
        Vec before = Spot.Vecs[i], gamma = 1.0 - Fee.Vecs[i];
        var average = Vec.Select(sold > Vec.Zero, paid / sold, before * gamma);
        sellPrice[i] = average;
        buyPrice[i] = Vec.Select(bought > Vec.Zero, spent / bought, before / gamma);

        // What was filled is filled in the order of the classes.
        Vec flyingBase = FlyingBase.Vecs[i], flyingQuote = FlyingQuote.Vecs[i];
        Vec first = Vec.Min(sold, flyingBase), firstSpent = Vec.Min(spent, flyingQuote);
        backlogBase[i] += Vec.Max(flyingBase - first, Vec.Zero);
        backlogQuote[i] += Vec.Max(flyingQuote - firstSpent, Vec.Zero);
        soldBase[i] = first;
        proceeds[i] = Vec.Where(sold > Vec.Zero, paid * (first / sold));
        spentQuote[i] = firstSpent;
        boughtBase[i] = Vec.Where(spent > Vec.Zero, bought * (firstSpent / spent));
        slippage[i] = Vec.Where(first > Vec.Zero, Vec.Clamp(1.0 - average / before, 0.0, 1.0));
        SettleUsers(i, sold - first, spent - firstSpent, average);
    }

    private void SettleUsers(int i, Vec sold, Vec spent, Vec sellPrice)
    {
        Vecs soldBase = UserSoldBase.Vecs, proceeds = UserProceeds.Vecs;
        Vecs spentQuote = UserSpentQuote.Vecs, boughtBase = UserBoughtBase.Vecs;
        Vec flyingBase = UserFlyingBase.Vecs[i], flyingQuote = UserFlyingQuote.Vecs[i];
        if (((flyingBase + flyingQuote) + (soldBase[i] + spentQuote[i]) > Vec.Zero).None)
        {
            return;
        }

        Vecs backlogBase = UserBacklogBase.Vecs, backlogQuote = UserBacklogQuote.Vecs;
        backlogBase[i] += Vec.Max(flyingBase - sold, Vec.Zero);
        backlogQuote[i] += Vec.Max(flyingQuote - spent, Vec.Zero);
        soldBase[i] = sold;
        proceeds[i] = sold * sellPrice;
        spentQuote[i] = spent;
        boughtBase[i] = spent / AverageBuyPrice.Vecs[i];
    }

    private void Route(in OptimalSplit split, Span<Vec> uniforms, int i, in Tick tick, bool hasLadders)
    {
        Vecs regret = Regret.Vecs, regretLoss = RegretLoss.Vecs, share = VenueShare.Vecs, residual = KktResidual.Vecs;
        var up = ChainIsUp.Vecs[i] >= 0.5;
        Vec retry = p.Retry.Value;
        if (p.RetryChance.Value < 1)
        {
            retry = Vec.Where(tick.Uniform(RetryDraw, i) < p.RetryChance.Value, retry);
        }

        Vec backlogBase = BacklogBase.Vecs[i], backlogQuote = BacklogQuote.Vecs[i];
        var sell = Vec.Where(up, Sell.Vecs[i] + retry * backlogBase);
        var buy = Vec.Where(up, Buy.Vecs[i] + retry * backlogQuote);
        var userSell = Vec.Where(up, UserSell.Vecs[i] + retry * UserBacklogBase.Vecs[i]);
        var userBuy = Vec.Where(up, UserBuy.Vecs[i] + retry * UserBacklogQuote.Vecs[i]);
        var gas = GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.LegGas.Value * 1e-9);
        var spot = Spot.Vecs[i];
        Side sellSide = default, buySide = default;
        if ((sell + userSell > Vec.Zero).Any)
        {
            Draw(uniforms, i, tick, false);
            var quotes = new Quotes(i, true, hasLadders, tick, gas);
            sellSide = SplitSide(split, uniforms, quotes, sell, userSell);
        }
        else
        {
            Clear(SellLegs, i);
        }

        if ((buy + userBuy > Vec.Zero).Any)
        {
            Draw(uniforms, i, tick, true);
            var quotes = new Quotes(i, false, hasLadders, tick, gas / spot);
            buySide = SplitSide(split, uniforms, quotes, buy, userBuy);
        }
        else
        {
            Clear(BuyLegs, i);
        }

        Book(i, tick, sellSide, buySide);
        regret[i] = Vec.Max(sellSide.Regret, buySide.Regret);
        regretLoss[i] = sellSide.Loss + buySide.Loss * spot;
        share[i] = Vec.Max(sellSide.Share, buySide.Share);
        residual[i] = Vec.Max(sellSide.Residual, buySide.Residual);
    }

    /// <summary>Moves what was sent out of the backlogs, and tells how late it is.</summary>
    private void Book(int i, in Tick tick, in Side sell, in Side buy)
    {
        Vecs backlogBase = BacklogBase.Vecs, backlogQuote = BacklogQuote.Vecs, late = LateLiquidations.Vecs;
        Vecs flyingBase = FlyingBase.Vecs, flyingQuote = FlyingQuote.Vecs, lateness = Lateness.Vecs;
        Vecs waited = Waited.Vecs, userBase = UserBacklogBase.Vecs, userQuote = UserBacklogQuote.Vecs;
        Vecs userFlyingBase = UserFlyingBase.Vecs, userFlyingQuote = UserFlyingQuote.Vecs;
        Vec oldBase = backlogBase[i], oldQuote = backlogQuote[i];
        flyingBase[i] = sell.Sent;
        flyingQuote[i] = buy.Sent;
        userFlyingBase[i] = sell.UserSent;
        userFlyingQuote[i] = buy.UserSent;
        var rest = Vec.Max(oldBase + Sell.Vecs[i] - sell.Sent, Vec.Zero);
        backlogBase[i] = rest;
        backlogQuote[i] = Vec.Max(oldQuote + Buy.Vecs[i] - buy.Sent, Vec.Zero);
        userBase[i] = Vec.Max(userBase[i] + UserSell.Vecs[i] - sell.UserSent, Vec.Zero);
        userQuote[i] = Vec.Max(userQuote[i] + UserBuy.Vecs[i] - buy.UserSent, Vec.Zero);
        if ((oldBase + oldQuote + rest + late[i] + waited[i] > Vec.Zero).None)
        {
            return;
        }

        // The longest waiting goes first, and takes its share of the time waited along.
        var lateBase = Vec.Min(oldBase, sell.Sent);
        late[i] = lateBase * Spot.Vecs[i] + Vec.Min(oldQuote, buy.Sent);
        var kept = Vec.Where(oldBase > Vec.Zero, waited[i] * (1.0 - lateBase / oldBase));
        waited[i] = Vec.Where(rest > Vec.Zero, kept + tick.Seconds * rest);
        lateness[i] = Vec.Where(rest > Vec.Zero, waited[i] / rest);
    }

    /// <summary>Sends the legs of one side, class by class, and rates them on the latest quotes.</summary>
    private Side SplitSide(in OptimalSplit split, ReadOnlySpan<Vec> uniforms, in Quotes quotes, Vec order, Vec users)
    {
        var i = quotes.Index;
        Vec sent = Vec.Zero, userSent = Vec.Zero, residual = Vec.Zero, largest = Vec.Zero, squares = Vec.Zero;
        if ((order > Vec.Zero).Any)
        {
            Quote(split, quotes, isLatest: IsFresh(quotes));
            residual = Apply(split, uniforms, quotes, order);
            split.Limit(p.SlippageLimit.Value);
            sent = split.TotalIn();
        }
        else
        {
            split.Amounts.Clear();
        }

        for (var v = 0; v < split.Venues; v++)
        {
            Leg(quotes.IsSell, v)[i] = split.Amounts[v];
        }

        if ((users > Vec.Zero).Any)
        {
            var userResidual = SplitUsers(split, uniforms, quotes, sent, users);
            residual = Vec.Select(users > Vec.Zero, Vec.Max(residual, userResidual), residual);
            userSent = Vec.Max(split.TotalIn() - sent, Vec.Zero);
        }

        var all = sent + userSent;
        for (var v = 0; v < split.Venues; v++)
        {
            var amount = split.Amounts[v];
            Leg(quotes.IsSell, v)[i] = amount;
            var share = Vec.Where(all > Vec.Zero, amount / all);
            largest = Vec.Max(largest, share);
            squares += share * share;
        }

        // Setting the venues leaves the amounts alone, so the same legs are rated on the latest quotes.
        Quote(split, quotes, isLatest: true);
        var actual = split.TotalOut();
        split.Optimal(all);
        var best = split.TotalOut();
        var loss = Vec.Max(best - actual, Vec.Zero);
        var any = (all > Vec.Zero) & (best > Vec.Zero);
        Concentrate(i, any, squares);
        return new Side(sent, userSent, Vec.Where(any, loss / best), Vec.Where(any, loss),
            Vec.Where(any, Vec.Min(largest, 1.0)), residual);
    }

    /// <summary>Adds the users' legs to those of liquidations in <see cref="OptimalSplit.Amounts"/>.</summary>
    private Vec SplitUsers(in OptimalSplit split, ReadOnlySpan<Vec> uniforms, in Quotes quotes, Vec sent, Vec users)
    {
        // Water-filling both classes and taking off the first gives the second exactly what is best after it.
        var together = p.Policy is Rule.Optimal or Rule.CongestionAware;
        Quote(split, quotes, isLatest: IsFresh(quotes));
        var residual = Apply(split, uniforms, quotes, together ? sent + users : users);
        for (var v = 0; v < split.Venues; v++)
        {
            split.Amounts[v] += together ? Vec.Zero : Leg(quotes.IsSell, v)[quotes.Index];
        }

        split.Limit(p.UserSlippageLimit.Value);
        var added = Vec.Zero;
        for (var v = 0; v < split.Venues; v++)
        {
            split.Amounts[v] = Vec.Max(split.Amounts[v] - Leg(quotes.IsSell, v)[quotes.Index], Vec.Zero);
            added += split.Amounts[v];
        }

        var scale = Vec.Where(users > Vec.Zero, Vec.Select(added > users, users / added, 1.0));
        for (var v = 0; v < split.Venues; v++)
        {
            split.Amounts[v] = split.Amounts[v] * scale + Leg(quotes.IsSell, v)[quotes.Index];
        }

        return residual;
    }

    private void Concentrate(int i, Mask any, Vec hhi)
    {
        var lane = Hhi.Vecs;
        lane[i] = Vec.Select(any, hhi, lane[i]);
    }

    private void Draw(Span<Vec> uniforms, int i, in Tick tick, bool second)
    {
        for (var v = 0; p.Policy == Rule.PowerOfD && v < VenueBase.Count; v++)
        {
            var words = tick.Words(v, i);
            uniforms[v] = second ? words.Uniform1 : words.Uniform0;
        }
    }

    private Vecs Leg(bool isSell, int venue) => isSell ? SellLegs[venue].Vecs : BuyLegs[venue].Vecs;

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
    private readonly record struct Side(Vec Sent, Vec UserSent, Vec Regret, Vec Loss, Vec Share, Vec Residual);

    /// <summary>Which quotes are looked at, and what a leg costs in units of the output.</summary>
    private readonly ref struct Quotes(int index, bool isSell, bool hasLadders, in Tick tick, Vec gas)
    {
        public readonly Tick Tick = tick;

        public int Index { get; } = index;

        public bool IsSell { get; } = isSell;

        public bool HasLadders { get; } = hasLadders;

        public Vec Gas { get; } = gas;
    }
}
