using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>What the market publishes at the end of a tick.</content>
public abstract partial class CohortLending
{
    /// <summary>Utilisation from which on depositors cannot withdraw to speak of.</summary>
    private const double Blocked = 0.995;

    private void Publish(in Tick tick)
    {
        Vecs borrowersDebt = BorrowersDebt.Vecs, attackerDebt = AttackerDebt.Vecs, cash = Cash.Vecs,
            price = OraclePrice.Vecs;
        Vecs collateral = Collateral.Vecs, attackerCollateral = AttackerCollateral.Vecs, fresh = OracleIsFresh.Vecs;
        Vecs up = ChainIsUp.Vecs, fund = Fund.Vecs, reserve = Reserve.Vecs, uncovered = Uncovered.Vecs,
            deposits = Deposits.Vecs;
        Vecs debts = Debt.Vecs, values = CollateralValue.Vecs, utilisation = Utilisation.Vecs,
            insurance = Insurance.Vecs;
        Vecs limit = BorrowLimit.Vecs, efficiency = CapitalEfficiency.Vecs, idle = IdleCollateral.Vecs,
            gain = LoopGain.Vecs;
        Vecs bad = BadDebt.Vecs, realised = BadDebtRealised.Vecs, shortfall = ShortfallShare.Vecs,
            haircut = Haircut.Vecs;
        Vecs blocked = WithdrawalsBlocked.Vecs, backstop = Backstop.Vecs, covered = IsCovered.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            Vec debt = borrowersDebt[i] + attackerDebt[i], value = (collateral[i] + attackerCollateral[i]) * price[i];
            debts[i] = debt;
            values[i] = value;
            utilisation[i] = UtilisationOf(debt, cash[i]);
            insurance[i] = Vec.Max(fund[i] + reserve[i], Vec.Zero);
            covered[i] = (uncovered[i] <= Vec.Zero).AsOne();
            blocked[i] = (utilisation[i] >= Blocked).AsOne();
            limit[i] = efficiency[i] = Vec.Where(IsOpen(fresh[i], up[i]), LoanPerDollar(i));
            var needed = value * rules.Threshold;
            idle[i] = Vec.Where(needed > debt, 1.0 - debt / needed);
            bad[i] = realised[i];
            shortfall[i] = realised[i] * (1 / p.Debt.Value);
            if (rules.Mints)
            {
                deposits[i] = debt + uncovered[i];
            }

            haircut[i] = Vec.Where(uncovered[i] > Vec.Zero, uncovered[i] / deposits[i]);
            gain[i] = GainAt(price[i], i);
            if (_hasBackstop)
            {
                backstop[i] = (Stake.Vecs[i] + MintLeft.Vecs[i]) * TokenPrice(i);
            }
        }
    }

    /// <summary>Loop gain: tokens that become liquidatable when the price falls by the window,
    /// times the pool's 2/(w x).</summary>
    private Vec GainAt(Vec price, int i)
    {
        var index = Index.Vecs[i];
        var now = price / index * rules.Threshold;
        var then = now * (1 - p.GainWindow.Value);
        var crossing = Vec.Zero;
        for (var row = 0; row < Rows; row++)
        {
            Vec collateral = CohortCollateral.Row(row)[i], debt = CohortDebt.Row(row)[i];
            var falls = collateral * then < debt;
            if (falls.None)
            {
                break;
            }

            crossing += Vec.Where(falls & (collateral * now >= debt), debt);
        }

        var tokens = crossing * index * rules.SoldPerDebt / price;
        var reserve = SaleDepth(i).Base;
        return Vec.Where(reserve > Vec.Zero, tokens * (2 / p.GainWindow.Value) / reserve);
    }

    /// <summary>At the end, what is still open is valued at the venue's spot price: positions, and
    /// keepers' unsettled sales.</summary>
    private void MarkToMarket(in Tick tick)
    {
        Vecs spot = Spot.Vecs, fee = VenueFee.Vecs, latency = Latency.Vecs, index = Index.Vecs,
            profit = KeeperProfit.Vecs;
        Vecs sold1 = SoldBefore.Vecs, cost1 = CostBefore.Vecs, sold2 = SoldEarlier.Vecs, cost2 = CostEarlier.Vecs;
        Vecs attackerDebt = AttackerDebt.Vecs, attackerCollateral = AttackerCollateral.Vecs, insurance = Insurance.Vecs;
        Vecs bad = BadDebt.Vecs, shortfall = ShortfallShare.Vecs, haircut = Haircut.Vecs, uncovered = Uncovered.Vecs;
        Vecs deposits = Deposits.Vecs, markedOnly = BadDebtMarked.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var marked = Vec.Max(attackerDebt[i] - attackerCollateral[i] * spot[i], Vec.Zero);
            for (var row = 0; row < Rows; row++)
            {
                Vec debt = CohortDebt.Row(row)[i] * index[i], value = CohortCollateral.Row(row)[i] * spot[i];
                marked += Vec.Max(debt - value, Vec.Zero);
            }

            marked += MarkedLoss(i);
            markedOnly[i] = marked;
            bad[i] += marked;
            shortfall[i] = bad[i] / p.Debt.Value;
            haircut[i] = Vec.Where(
                deposits[i] > Vec.Zero, (uncovered[i] + Vec.Max(marked - insurance[i], Vec.Zero)) / deposits[i]);

            var isNext = latency[i] < 1.5;
            var tokens = sold1[i] + Vec.Where(!isNext, sold2[i]);
            profit[i] += tokens * spot[i] * (1.0 - fee[i]) - cost1[i] - Vec.Where(!isNext, cost2[i]);
        }
    }

    /// <summary>Loss on what the protocol still holds besides positions, at the venue's spot price.</summary>
    protected virtual Vec MarkedLoss(int i) => Vec.Zero;
}
