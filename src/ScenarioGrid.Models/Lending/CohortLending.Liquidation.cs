using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Lending;

/// <content>When borrowers and keepers act, and what keepers do.</content>
public abstract partial class CohortLending
{
    /// <summary>What keepers can still do in this tick, and what they have done.</summary>
    protected struct Desk
    {
        /// <summary>Oracle price, gas bill of one liquidation, the venue's reserves and 1 less its fee.</summary>
        public Vec Price, GasCost, X, Y, Gamma;

        /// <summary>Paths on which keepers act, and those on which they may also touch positions of health near
        /// 1.</summary>
        public Mask CanAct, CanActShallow;

        /// <summary>Repayments that keepers can still fund, and liquidations that still fit into blocks.</summary>
        public Vec Capital, Slots;

        /// <summary>Tokens that go to keepers, tokens and debt taken from positions, gas, debt without collateral, and
        /// liquidatable debt that stays.</summary>
        public Vec Sold, Seized, Repaid, Gas, BadDebt, Late;

        /// <summary>Debt that others than keepers take over: the protocol by its reserves, an auction, a stability
        /// pool.</summary>
        public Vec Absorbed;

        /// <summary>Credits to owners or tabs of auctions, collateral for a pool, positions liquidated.</summary>
        public Vec Dollars, Tokens, Positions;

        /// <summary>Of a stability pool: its coins, those burned, its loss, debt it cannot pay for, collateral left to
        /// owners, and the ratio below which sound positions may be taken.</summary>
        public Vec Coins, Burned, Lost, Spread, Claimed, Ratio;

        /// <summary>Share of a cohort whose liquidations still fit into blocks.</summary>
        public readonly Vec Room(Vec debt, Vec size) => Vec.Min(Slots * size / debt, 1.0);

        /// <summary>Counts positions that are liquidated: their gas, and their place in blocks.</summary>
        public void Count(Vec positions)
        {
            Positions += positions;
            Gas += positions * GasCost;
            Slots = Vec.Max(Slots - positions, Vec.Zero);
        }

        /// <summary>Takes a share of the positions of a cohort out of the book, each as a whole.</summary>
        /// <param name="under">Paths on which the cohort is liquidatable.</param>
        /// <param name="share">Share that is liquidated, 0 where it is not.</param>
        /// <param name="size">Debt of one position.</param>
        /// <param name="collateral">Tokens of the cohort.</param>
        /// <param name="debt">Debt of the cohort in dollars.</param>
        /// <returns>Debt and tokens taken.</returns>
        public (Vec Debt, Vec Tokens) TakeOut(Mask under, Vec share, Vec size, ref Vec collateral, ref Vec debt)
        {
            Vec gone = share * debt, taken = share * collateral;
            Count(gone / size);
            Seized += taken;
            Late += Vec.Where(under, debt - gone);

            // Ending at exactly nothing keeps the cohort out of all later ticks.
            var ends = share >= 1.0;
            collateral = Vec.Where(!ends, Vec.Max(collateral - taken, Vec.Zero));
            debt = Vec.Where(!ends, Vec.Max(debt - gone, Vec.Zero));
            return (gone, taken);
        }
    }

    /// <summary>Liquidates what rules, profit, capital and block space allow of one cohort.</summary>
    /// <param name="desk">What keepers can do and have done.</param>
    /// <param name="collateral">Tokens of the cohort.</param>
    /// <param name="debt">Debt of the cohort in dollars.</param>
    /// <param name="size">Debt of one position.</param>
    /// <returns>Paths on which the cohort is liquidatable: cohorts with better ratios are only looked at where one
    /// is.</returns>
    protected abstract Mask LiquidatePosition(ref Desk desk, ref Vec collateral, ref Vec debt, Vec size);

    /// <summary>Tells the desk what the protocol needs to know before it liquidates.</summary>
    protected virtual void Prepare(ref Desk desk, int i)
    {
    }

    /// <summary>Another reason to go through the book in this tick than a trigger price. A shortcut: it never changes a
    /// value.</summary>
    protected virtual bool HasCause(int i) => false;

    /// <summary>What goes on besides liquidations: auctions, sales of seized collateral, redemptions. Runs after
    /// them.</summary>
    protected virtual void Proceed(in Tick tick, int i)
    {
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
            grace[i] = Vec.Select(up[i] > 0.5, Vec.Max(grace[i] - tick.Seconds, Vec.Zero), rules.Grace);
            sell[i] = buy[i] = sold[i] = cost[i] = liquidated[i] = bonus[i] = late[i] = defended[i] = Vec.Zero;
            var scaled = price[i] / index[i];
            var attackerFails = attackerCollateral[i] * price[i] * rules.Threshold < attackerDebt[i];
            if (((scaled < trigger[i]) | (scaled > boost[i]) | attackerFails).Any || HasCause(i))
            {
                if (p.Policy != BorrowerPolicy.Passive)
                {
                    CountRescued(i, scaled);
                    Defend(tick, i);

                    // The liquidation stops at the first cohort that is safe on all paths, so the order must hold.
                    Sort(i);
                }

                Liquidate(tick, i);
                Sort(i);
                Aim(i);
            }

            Proceed(tick, i);
            depth[i] = Vec.Where(liquidated[i] > Vec.Zero, depth[i] + 1.0);
        }

        if (p.GasPolicy == KeeperGas.Static)
        {
            RememberGas(tick);
        }
    }

    private void Liquidate(in Tick tick, int i)
    {
        var desk = Open(tick, i);
        Prepare(ref desk, i);
        Vecs attackerCollateral = AttackerCollateral.Vecs, attackerDebt = AttackerDebt.Vecs;
        Vec collateral = attackerCollateral[i], debt = attackerDebt[i];
        LiquidatePosition(ref desk, ref collateral, ref debt, p.PositionSize.Value);
        (attackerCollateral[i], attackerDebt[i]) = (collateral, debt);
        Vec seizedAttacker = desk.Seized, gone = desk.Repaid + desk.Absorbed + desk.BadDebt, index = Index.Vecs[i];
        for (var row = 0; row < Rows; row++)
        {
            Vecs collaterals = CohortCollateral.Row(row), debts = CohortDebt.Row(row);
            (collateral, debt) = (collaterals[i], debts[i] * index);
            if (LiquidatePosition(ref desk, ref collateral, ref debt, SizeOf(row, i)).None)
            {
                break;
            }

            debts[i] = Vec.Select(Vec.Equal(collateral, collaterals[i]), debts[i], debt / index);
            collaterals[i] = collateral;
        }

        Vecs total = Collateral.Vecs, borrowersDebt = BorrowersDebt.Vecs;
        total[i] = Vec.Max(total[i] - (desk.Seized - seizedAttacker), Vec.Zero);
        borrowersDebt[i] = Vec.Max(
            borrowersDebt[i] - (desk.Repaid + desk.Absorbed + desk.BadDebt - gone), Vec.Zero);
        Book(desk, i);
    }

    /// <summary>What keepers can do in this tick.</summary>
    private Desk Open(in Tick tick, int i)
    {
        var chance = KeeperChance(tick, i);
        var open = IsOpen(OracleIsFresh.Vecs[i], ChainIsUp.Vecs[i]) & (VenueIsUp.Vecs[i] > 0.5);
        var canAct = open & (tick.Uniform(KeeperDraw, i) < chance);
        var (x, y) = SaleDepth(i);
        return new Desk
        {
            Price = OraclePrice.Vecs[i],
            GasCost = GasBill(i),
            X = x,
            Y = y,
            Gamma = 1.0 - VenueFee.Vecs[i],
            CanAct = canAct,
            CanActShallow = canAct & (Grace.Vecs[i] <= Vec.Zero),
            Capital = CapitalLeft(i),
            Slots = Blocks.Vecs[i] * p.LiquidationsPerBlock.Value,
        };
    }

    /// <summary>Reserves of the constant product that keepers reckon with: those of the venue, or of a pool that is as
    /// deep down to 10 % below the spot where the venue has another curve.</summary>
    protected (Vec Base, Vec Quote) SaleDepth(int i)
    {
        Vec x = ReserveBase.Vecs[i], y = ReserveQuote.Vecs[i];
        var hasLadder = VenueCurve.Vecs[i] >= 0.5;
        if (hasLadder.None)
        {
            return (x, y);
        }

        var depth = VenueDepths.Row(LiquidityLadder.Bins - 1)[i];
        var coins = Vec.Max(depth * (1 / (LiquidityLadder.SellRoots[^1] - 1)), 1e-9);
        return (Vec.Select(hasLadder, coins, x), Vec.Select(hasLadder, coins * Spot.Vecs[i], y));
    }

    /// <summary>Dollars of gas for one liquidation.</summary>
    protected Vec GasBill(int i) => GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.LiquidationGas.Value * 1e-9);

    /// <summary>Money that keepers have left after sales under way and what they have spent in this tick.</summary>
    protected Vec CapitalLeft(int i) =>
        Vec.Max(p.KeeperCapital.Value - InFlight.Vecs[i] - CostBefore.Vecs[i], Vec.Zero);

    /// <summary>Probability that keepers react and get into a block in this tick.</summary>
    protected Vec KeeperChance(in Tick tick, int i) =>
        Reacting(tick.Seconds, i) * Included(Blocks.Vecs[i], i) * LetThrough(i) * BidsThatClear(i);

    /// <summary>Share of keepers who react within some seconds.</summary>
    protected Vec Reacting(double seconds, int i)
    {
        var latency = p.KeeperLatency.Value + GatewayDelay.Vecs[i];
        return Vec.Select(latency > Vec.Zero, -LaneMath.Expm1(-seconds / latency), 1.0);
    }

    /// <summary>Share of keepers' requests that reach the chain.</summary>
    protected Vec LetThrough(int i) => 1.0 - Vec.Clamp(GatewayRejects.Vecs[i], Vec.Zero, 1.0);

    /// <summary>Probability that a keeper's transaction is included within some blocks; one by a fixed rule does not
    /// get better by waiting.</summary>
    protected Vec Included(Vec blocks, int i) => p.GasPolicy == KeeperGas.ChainRule
        ? Vec.Clamp(StaticInclusion.Vecs[i], Vec.Zero, 1.0)
        : StandardBidIncluded(blocks, i);

    /// <summary>Probability that a standard bid is included within some blocks.</summary>
    private Vec StandardBidIncluded(Vec blocks, int i) =>
        1.0 - LaneMath.Pow(1.0 - Vec.Clamp(Inclusion.Vecs[i], Vec.Zero, 1.0), blocks);

    /// <summary>Share of keepers whose gas price is enough: of those with a multiple of their own,
    /// Phi(ln(bid / gas price) / spread).</summary>
    protected Vec BidsThatClear(int i)
    {
        var gas = GasPrice.Vecs[i];
        if (p.GasPolicy != KeeperGas.Static || !(gas > Vec.Zero).Any)
        {
            return 1.0;
        }

        var share = Bids.Included(p.StaticBid.Value * GasMean.Vecs[i], gas, p.BidSpread.Value);
        return Vec.Select(gas > Vec.Zero, share, 1.0);
    }

    /// <summary>The mean gas price that static bids are set by.</summary>
    private void RememberGas(in Tick tick)
    {
        Vecs mean = GasMean.Vecs, gas = GasPrice.Vecs;
        var weight = -LaneMath.Expm1(-tick.Seconds / p.BidMemory.Value);
        for (var i = 0; i < tick.Vectors; i++)
        {
            mean[i] += (gas[i] - mean[i]) * weight;
        }
    }

    /// <summary>Debt of one position of a cohort.</summary>
    private Vec SizeOf(int row, int i) => _hasWhales ? CohortSize.Row(row)[i] : p.PositionSize.Value;
}
