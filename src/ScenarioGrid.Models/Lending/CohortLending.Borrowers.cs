using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>Borrowers who act before they are liquidated, and the order of cohorts.</content>
public abstract partial class CohortLending
{
    /// <summary>What the borrowers of a path did in this tick, and the cash they can still borrow.</summary>
    private struct Moves
    {
        public Vec Price, Index, Cash;
        public Vec Pledged, Withdrawn, Repaid, Borrowed, Fees, Spent;
    }

    /// <summary>Cohorts below actHealth (and bots above boostHealth) move towards targetHealth.</summary>
    private void Defend(in Tick tick, int i)
    {
        var open = IsOpen(OracleIsFresh.Vecs[i], ChainIsUp.Vecs[i]);
        if (open.None)
        {
            return;
        }

        var moves = new Moves { Price = OraclePrice.Vecs[i], Index = Index.Vecs[i], Cash = Cash.Vecs[i] };
        var scaled = moves.Price / moves.Index;
        var reacts = p.ReactionDelay.Value > 0 ? -LaneMath.Expm1(-tick.Seconds / p.ReactionDelay.Value) : 1;
        var included = StandardBidIncluded(Blocks.Vecs[i], i);
        for (var row = 0; row < Rows; row++)
        {
            Vecs collateral = CohortCollateral.Row(row), debt = CohortDebt.Row(row), cash = CohortCash.Row(row);
            var value = collateral[i] * scaled;
            var isWeak = value * rules.Threshold < debt[i] * p.ActHealth.Value;
            if (isWeak.None)
            {
                break;
            }

            // Nobody rescues a position that is worth less than its debt.
            var may = isWeak & open & (cash[i] > Vec.Zero) & (value * (1 - p.BotCost.Value) > debt[i]);
            if (may.Any)
            {
                Strengthen(ref moves, may & (tick.Uniform(BorrowerDraw + row, i) < reacts * included), row, i);
            }
        }

        // A weak cohort and a strong one never share a row, so they may share its random number.
        for (var row = Rows - 1; row >= 0 && p.Policy == BorrowerPolicy.Band; row--)
        {
            Vecs collateral = CohortCollateral.Row(row), debt = CohortDebt.Row(row), cash = CohortCash.Row(row);
            var isStrong = collateral[i] * scaled * rules.Threshold > debt[i] * p.BoostHealth.Value;
            if ((isStrong | !(debt[i] > Vec.Zero)).None)
            {
                break;
            }

            var may = isStrong & open & (cash[i] > Vec.Zero) & (debt[i] > Vec.Zero);
            if (may.Any)
            {
                Boost(ref moves, may & (tick.Uniform(BorrowerDraw + row, i) < reacts * included), row, i);
            }
        }

        Book(moves, i);
    }

    private void Strengthen(ref Moves moves, Mask acts, int row, int i)
    {
        Vecs collaterals = CohortCollateral.Row(row), debts = CohortDebt.Row(row), cashes = CohortCash.Row(row);
        Vec collateral = collaterals[i], debt = debts[i] * moves.Index, value = collateral * moves.Price,
            cash = cashes[i];
        Rescue(acts, collateral, debts[i], debt, i);
        var target = p.TargetHealth.Value / rules.Threshold;
        switch (p.Policy)
        {
            case BorrowerPolicy.TopUp:
                var added = Vec.Where(acts, Vec.Min(target * debt - value, cash));
                var tokens = added / moves.Price;
                collaterals[i] = collateral + tokens;
                cashes[i] = cash - added;
                moves.Pledged += tokens;
                break;
            case BorrowerPolicy.Repay:
                var repaid = Vec.Where(acts, Vec.Min(debt - value * (1 / target), cash));
                debts[i] -= repaid / moves.Index;
                cashes[i] = cash - repaid;
                moves.Repaid += repaid;
                break;
            default:
                var wanted = FixedSpread.RebalanceDown(value, debt, target, p.BotCost.Value);
                var swapped = Vec.Where(acts, Vec.Min(wanted, debt));
                var sold = Vec.Min(swapped / (moves.Price * (1 - p.BotCost.Value)), collateral);
                collaterals[i] = collateral - sold;
                debts[i] = Vec.Max(debts[i] - swapped / moves.Index, Vec.Zero);
                moves.Repaid += swapped;
                moves.Withdrawn += sold;
                moves.Spent += Vec.Max(sold * moves.Price - swapped, Vec.Zero);
                break;
        }
    }

    private void Boost(ref Moves moves, Mask acts, int row, int i)
    {
        Vecs collaterals = CohortCollateral.Row(row), debts = CohortDebt.Row(row);
        Vec debt = debts[i] * moves.Index, value = collaterals[i] * moves.Price;
        var target = p.TargetHealth.Value / rules.Threshold;
        var wanted = FixedSpread.RebalanceUp(value, debt, target, p.BotCost.Value);
        var fee = LoanFee(i);
        var room = Vec.Min((value * rules.LoanToValue - debt) / (1.0 + fee), moves.Cash);
        var borrowed = Vec.Where(acts, Vec.Max(Vec.Min(wanted, room), Vec.Zero));
        var bought = borrowed * (1 - p.BotCost.Value) / moves.Price;
        collaterals[i] += bought;
        debts[i] += borrowed * (1.0 + fee) / moves.Index;
        moves.Cash -= borrowed;
        moves.Borrowed += borrowed;
        moves.Fees += borrowed * fee;
        moves.Pledged += bought;
    }

    private void Book(in Moves moves, int i)
    {
        Vecs cash = Cash.Vecs, usdIn = UsdIn.Vecs, usdOut = UsdOut.Vecs, baseIn = BaseIn.Vecs, baseOut = BaseOut.Vecs;
        Vecs collateral = Collateral.Vecs, debt = BorrowersDebt.Vecs, sell = Sell.Vecs, buy = Buy.Vecs;
        Vecs defended = Defended.Vecs, saved = PenaltySaved.Vecs;
        cash[i] += moves.Repaid - moves.Borrowed;
        usdIn[i] += moves.Repaid;
        usdOut[i] += moves.Borrowed;
        baseIn[i] += moves.Pledged;
        baseOut[i] += moves.Withdrawn;
        collateral[i] += moves.Pledged - moves.Withdrawn;
        debt[i] = Vec.Max(debt[i] + (moves.Borrowed + moves.Fees) - moves.Repaid, Vec.Zero);
        sell[i] += moves.Withdrawn;
        buy[i] += moves.Borrowed;
        saved[i] -= moves.Spent;
        defended[i] = moves.Repaid + Vec.Where(!(moves.Borrowed > Vec.Zero), moves.Pledged * moves.Price);
    }

    /// <summary>Remembers the price at which positions would have been liquidated had they not acted now, and what it
    /// would have cost them.</summary>
    /// <remarks>All that is remembered lies within actHealth of the lowest price so far, so one mean price
    /// serves.</remarks>
    private void Rescue(Mask acts, Vec collateral, Vec scaledDebt, Vec debt, int i)
    {
        Vecs price = RescuedPrice.Vecs, penalty = RescuedPenalty.Vecs;
        var avoided = Vec.Where(acts, debt * rules.PenaltyPerDebt);
        var all = penalty[i] + avoided;
        var weighted = Vec.Where(acts, scaledDebt / (collateral * rules.Threshold) * avoided);
        price[i] = Vec.Where(all > Vec.Zero, (price[i] * penalty[i] + weighted) / all);
        penalty[i] = all;
    }

    /// <summary>Counts the penalties that did not fall due because their owners had acted.</summary>
    private void CountRescued(int i, Vec scaled)
    {
        Vecs price = RescuedPrice.Vecs, penalty = RescuedPenalty.Vecs, saved = PenaltySaved.Vecs;
        var hit = scaled < price[i];
        saved[i] += Vec.Where(hit, penalty[i]);
        penalty[i] = Vec.Where(!hit, penalty[i]);
        price[i] = Vec.Where(!hit, price[i]);
    }

    /// <summary>Puts cohorts into the order of their ratios again, those without debt last.</summary>
    /// <remarks>A pass carries the largest ratio met so far to the end; a few suffice because few cohorts change in a
    /// tick.</remarks>
    protected void Sort(int i)
    {
        var isSorted = false;
        for (var last = Rows - 1; last > 0 && !isSorted; last--)
        {
            isSorted = true;
            for (var row = 0; row < last; row++)
            {
                Vecs collateral = CohortCollateral.Row(row), nextCollateral = CohortCollateral.Row(row + 1);
                Vecs debt = CohortDebt.Row(row), nextDebt = CohortDebt.Row(row + 1);
                Vec c = collateral[i], d = debt[i], nextC = nextCollateral[i], nextD = nextDebt[i];
                var swaps = (nextD > Vec.Zero) & ((c * nextD > nextC * d) | !(d > Vec.Zero));
                if (swaps.None)
                {
                    continue;
                }

                isSorted = false;
                Vecs cash = CohortCash.Row(row), nextCash = CohortCash.Row(row + 1);
                Vec own = cash[i], nextOwn = nextCash[i];
                collateral[i] = Vec.Select(swaps, nextC, c);
                nextCollateral[i] = Vec.Select(swaps, c, nextC);
                debt[i] = Vec.Select(swaps, nextD, d);
                nextDebt[i] = Vec.Select(swaps, d, nextD);
                cash[i] = Vec.Select(swaps, nextOwn, own);
                nextCash[i] = Vec.Select(swaps, own, nextOwn);
                if (_hasWhales)
                {
                    Vecs size = CohortSize.Row(row), nextSize = CohortSize.Row(row + 1);
                    Vec mine = size[i], theirs = nextSize[i];
                    size[i] = Vec.Select(swaps, theirs, mine);
                    nextSize[i] = Vec.Select(swaps, mine, theirs);
                }
            }
        }
    }

    /// <summary>Finds the prices, per unit of the index, at which somebody has a reason to act again.</summary>
    protected void Aim(int i)
    {
        Vecs trigger = Trigger.Vecs, boost = BoostTrigger.Vecs;
        var liquidatable = 1 / rules.Threshold * (1 + 1e-12);
        Vec first = CohortCollateral.Row(0)[i];
        var fall = Vec.Where(first > Vec.Zero, CohortDebt.Row(0)[i] / first * liquidatable);
        if (p.Policy != BorrowerPolicy.Passive)
        {
            // Sorted: the first cohort with cash is the first to act.
            var weakest = Vec.Zero;
            for (var row = 0; row < Rows && !(weakest > Vec.Zero).All; row++)
            {
                weakest = Vec.Select(weakest > Vec.Zero, weakest, DebtPerToken(row, i));
            }

            fall = Vec.Max(Vec.Max(fall, weakest * (liquidatable * p.ActHealth.Value)), RescuedPrice.Vecs[i]);
        }

        trigger[i] = fall;
        if (p.Policy == BorrowerPolicy.Band)
        {
            var strongest = Vec.Zero;
            for (var row = Rows - 1; row >= 0 && !(strongest > Vec.Zero).All; row--)
            {
                strongest = Vec.Select(strongest > Vec.Zero, strongest, DebtPerToken(row, i));
            }

            var rise = strongest * (p.BoostHealth.Value / rules.Threshold * (1 - 1e-12));
            boost[i] = Vec.Select(strongest > Vec.Zero, rise, Never);
        }
    }

    /// <summary>Debt per token of a cohort that has debt, collateral and cash, else 0.</summary>
    private Vec DebtPerToken(int row, int i)
    {
        Vec collateral = CohortCollateral.Row(row)[i], debt = CohortDebt.Row(row)[i];
        return Vec.Where((collateral > Vec.Zero) & (CohortCash.Row(row)[i] > Vec.Zero), debt / collateral);
    }
}
