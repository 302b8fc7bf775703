using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>Liquidation of cohorts, worst health first, and who bears the loss.</content>
public sealed partial class CdpLending
{
    /// <summary>What keepers can still do in this tick, and what they have done.</summary>
    private struct Desk
    {
        public Vec Price, GasCost, X, Y, Gamma;
        public Mask CanAct, CanActShallow;
        public Vec Capital, Slots;
        public Vec Sold, Seized, Repaid, Gas, BadDebt, Late;
    }

    /// <summary>Borrowers and keepers, where anybody has a reason to act.</summary>
    private void Act(in Tick tick)
    {
        Vecs price = OraclePrice.Vecs, index = Index.Vecs, trigger = Trigger.Vecs, boost = BoostTrigger.Vecs;
        Vecs attackerCollateral = AttackerCollateral.Vecs, attackerDebt = AttackerDebt.Vecs, grace = Grace.Vecs;
        Vecs sell = Sell.Vecs, buy = Buy.Vecs, sold = SoldBefore.Vecs, cost = CostBefore.Vecs, up = ChainIsUp.Vecs;
        Vecs liquidated = Liquidated.Vecs, bonus = BonusPaid.Vecs, late = LateLiquidations.Vecs,
            depth = CascadeDepth.Vecs;
        var defended = Defended.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            grace[i] = Vec.Select(up[i] > 0.5, Vec.Max(grace[i] - tick.Seconds, Vec.Zero), p.SentinelGrace.Value);
            sell[i] = buy[i] = sold[i] = cost[i] = liquidated[i] = bonus[i] = late[i] = defended[i] = Vec.Zero;
            var scaled = price[i] / index[i];
            var attackerFails = attackerCollateral[i] * price[i] * p.LiquidationThreshold.Value < attackerDebt[i];
            if (((scaled < trigger[i]) | (scaled > boost[i]) | attackerFails).Any)
            {
                if (p.Policy != BorrowerPolicy.Passive)
                {
                    Defend(tick, i);
                }

                Liquidate(tick, i);
                Sort(i);
                Aim(i);
            }

            depth[i] = Vec.Where(liquidated[i] > Vec.Zero, depth[i] + 1.0);
        }
    }

    private void Liquidate(in Tick tick, int i)
    {
        var desk = Open(tick, i);
        Vecs attackerCollateral = AttackerCollateral.Vecs, attackerDebt = AttackerDebt.Vecs;
        Vec collateral = attackerCollateral[i], debt = attackerDebt[i];
        LiquidatePosition(ref desk, ref collateral, ref debt);
        (attackerCollateral[i], attackerDebt[i]) = (collateral, debt);
        Vec seizedAttacker = desk.Seized, gone = desk.Repaid + desk.BadDebt, index = Index.Vecs[i];
        for (var row = 0; row < Rows; row++)
        {
            Vecs collaterals = CohortCollateral.Row(row), debts = CohortDebt.Row(row);
            (collateral, debt) = (collaterals[i], debts[i] * index);
            if (LiquidatePosition(ref desk, ref collateral, ref debt).None)
            {
                break;
            }

            debts[i] = Vec.Select(Vec.Equal(collateral, collaterals[i]), debts[i], debt / index);
            collaterals[i] = collateral;
        }

        Vecs total = Collateral.Vecs, borrowersDebt = BorrowersDebt.Vecs;
        total[i] = Vec.Max(total[i] - (desk.Seized - seizedAttacker), Vec.Zero);
        borrowersDebt[i] = Vec.Max(borrowersDebt[i] - (desk.Repaid + desk.BadDebt - gone), Vec.Zero);
        Book(desk, i);
    }

    /// <summary>What keepers can do in this tick.</summary>
    private Desk Open(in Tick tick, int i)
    {
        var reacts = p.KeeperLatency.Value > 0 ? -LaneMath.Expm1(-tick.Seconds / p.KeeperLatency.Value) : 1;
        var blocks = Blocks.Vecs[i];
        var chance = reacts * (1.0 - LaneMath.Pow(1.0 - Vec.Clamp(Inclusion.Vecs[i], Vec.Zero, 1.0), blocks));
        var open = IsOpen(OracleIsFresh.Vecs[i], ChainIsUp.Vecs[i]) & (VenueIsUp.Vecs[i] > 0.5);
        var canAct = open & (tick.Uniform(KeeperDraw, i) < chance);
        return new Desk
        {
            Price = OraclePrice.Vecs[i],
            GasCost = GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.LiquidationGas.Value * 1e-9),
            X = ReserveBase.Vecs[i],
            Y = ReserveQuote.Vecs[i],
            Gamma = 1.0 - VenueFee.Vecs[i],
            CanAct = canAct,
            CanActShallow = canAct & (Grace.Vecs[i] <= Vec.Zero),
            Capital = Vec.Max(p.KeeperCapital.Value - InFlight.Vecs[i], Vec.Zero),
            Slots = blocks * p.LiquidationsPerBlock.Value,
        };
    }

    /// <summary>Liquidates the share of one cohort that rules, profit, capital and block space allow.</summary>
    /// <returns>Paths on which the cohort is liquidatable.</returns>
    private Mask LiquidatePosition(ref Desk desk, ref Vec collateral, ref Vec debt)
    {
        var value = collateral * desk.Price;
        var under = (value * p.LiquidationThreshold.Value < debt) & (collateral > Vec.Zero);
        if (under.None)
        {
            return under;
        }

        var isDeep = value * p.LiquidationThreshold.Value <= p.FullCloseHealth.Value * debt;
        var allowed = under & ((isDeep & desk.CanAct) | desk.CanActShallow);
        Vec bonus = Bonus;
        if (p.ToxicStop == ToxicRule.DynamicBonus)
        {
            bonus = FixedSpread.DynamicBonus(value / debt, Bonus, p.BonusSlope.Value);
        }
        else if (p.ToxicStop == ToxicRule.Stop)
        {
            allowed &= value >= Bonus * debt;
        }

        var most = Vec.Select(isDeep, p.CloseFactorFull.Value, p.CloseFactor.Value) * debt;
        var exhausts = most * bonus >= value;
        var repay = Vec.Select(exhausts, value / bonus, most);
        var seize = Vec.Select(exhausts, collateral, repay * bonus / desk.Price);
        var share = Vec.Where(allowed, Affordable(desk, debt, repay, seize, bonus));

        // Ending at exactly nothing keeps the cohort out of all later ticks.
        var ends = exhausts & (share >= 1.0);
        Vec paid = share * repay, taken = share * seize, lost = Vec.Where(exhausts, share * (debt - repay));
        var positions = share * debt / p.PositionSize.Value;
        desk.Late += Vec.Where(under, repay - paid);
        desk.Sold += taken * KeeperShare(bonus);
        desk.Seized += taken;
        desk.Repaid += paid;
        desk.BadDebt += lost;
        desk.Gas += positions * desk.GasCost;
        desk.Capital = Vec.Max(desk.Capital - paid, Vec.Zero);
        desk.Slots = Vec.Max(desk.Slots - positions, Vec.Zero);
        collateral = Vec.Select(ends, Vec.Zero, Vec.Max(collateral - taken, Vec.Zero));
        debt = Vec.Select(ends, Vec.Zero, Vec.Max(debt - paid - lost, Vec.Zero));
        return under;
    }

    /// <summary>Share of the wanted repayment that is profitable and within capital and block space; may be
    /// no number where nothing is owed.</summary>
    private Vec Affordable(in Desk desk, Vec debt, Vec repay, Vec seize, Vec bonus)
    {
        var keeperShare = KeeperShare(bonus);
        var costPerDollar = 1 + p.KeeperMargin.Value + p.FlashFee.Value
            + desk.GasCost * debt / (p.PositionSize.Value * repay);
        var sellable = FixedSpread.SellableAtProfit(
            desk.Price, bonus * keeperShare / costPerDollar, desk.X, desk.Y, desk.Gamma);
        var byProfit = (sellable - desk.Sold) / (seize * keeperShare);
        var byCapital = desk.Capital / repay;
        var bySpace = desk.Slots * p.PositionSize.Value / debt;
        return Vec.Clamp(Vec.Min(byProfit, Vec.Min(byCapital, bySpace)), Vec.Zero, 1.0);
    }

    /// <summary>Part of the seized collateral that the keeper gets.</summary>
    private Vec KeeperShare(Vec bonus) => 1.0 - p.ProtocolFee.Value * (1.0 - 1.0 / bonus);

    /// <summary>Books what keepers did: cash, collateral, loss and order.</summary>
    private void Book(in Desk desk, int i)
    {
        Vecs cash = Cash.Vecs, fund = Fund.Vecs, reserve = Reserve.Vecs, uncovered = Uncovered.Vecs,
            treasury = Treasury.Vecs;
        Vecs usdIn = UsdIn.Vecs, baseOut = BaseOut.Vecs, realised = BadDebtRealised.Vecs, sell = Sell.Vecs;
        Vecs sold = SoldBefore.Vecs, cost = CostBefore.Vecs, liquidated = Liquidated.Vecs, late = LateLiquidations.Vecs;
        Vecs bonus = BonusPaid.Vecs, share = LiquidatedShare.Vecs;
        cash[i] += desk.Repaid;
        usdIn[i] += desk.Repaid;
        baseOut[i] += desk.Sold;
        treasury[i] += desk.Seized - desk.Sold;
        sell[i] += desk.Sold;
        sold[i] = desk.Sold;
        cost[i] = desk.Repaid * (1 + p.FlashFee.Value) + desk.Gas;
        liquidated[i] = desk.Repaid;
        share[i] += desk.Repaid / p.Debt.Value;
        bonus[i] = desk.Seized * desk.Price - desk.Repaid;
        late[i] = desk.Late;

        realised[i] += desk.BadDebt;
        var byReserve = Vec.Min(reserve[i], desk.BadDebt);
        var byFund = Vec.Min(fund[i], desk.BadDebt - byReserve);
        reserve[i] -= byReserve;
        fund[i] -= byFund;
        cash[i] += byFund;
        uncovered[i] += desk.BadDebt - byReserve - byFund;
    }
}
