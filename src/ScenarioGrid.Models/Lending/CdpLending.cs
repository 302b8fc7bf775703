using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>Lending of dollars against one token, with fixed-spread liquidations and cohorts of borrowers.</summary>
/// <remarks>
/// <para>Cohort k has collateral C (tokens) and debt D (dollars); P is the oracle price, LT the threshold, b 1 plus the
/// bonus, h the keeper's part of a seizure, f the bot's cost; g, x, y are the venue's 1 - fee and reserves:</para>
/// <code>
/// health      HF = C P LT / D,  ratio CR = C P / D,  liquidatable where HF &lt; 1
/// repay       r = min(kappa D, C P / b);  kappa is closeFactor, or closeFactorFull where HF &lt;= fullCloseHealth
/// seize       r b / P: protocolFee (r b - r) / P to the treasury, the rest h r b / P to the keeper
/// bad debt    D - C P / b of positions whose collateral is exhausted (kappa D b &gt;= C P)
/// keepers     worst health first, within capital and block space, while the next token q pays:
///             g x y b h / (P (x + g q)^2) &gt;= 1 + margin + flash fee + gas of one position / its r
///             in a tick with probability (1 - exp(-tick / latency)) (1 - (1 - inclusion)^blocks)
/// interest    U = D / (cash + D), kinked rate r(U), index growth n r + n(n-1)/2 r^2 + n(n-1)(n-2)/6 r^3
/// demand      dD/dt = -elasticity (r - r elsewhere) D, growth only out of cash
/// borrowers   target ratio t = targetHealth / LT; below actHealth they
///             top up t D - C P, or repay D - C P / t, or sell so that (t D - C P) / (t - 1/(1 - f)) is repaid;
///             above boostHealth a bot borrows (C P - t D) / (t - (1 - f))
/// waterfall   reserve (its share of interest), then insurance fund, then depositors
/// loop gain   G = c |dP/dS| = 2 Q / (w x): Q tokens become liquidatable when P falls by the share w
/// </code>
/// <para>Start: CR_k log-spaced from headroom / LT to ratioHigh, debt weighted by exp(-decay (CR_k/CR_0 - 1)).</para>
/// <para>Shapes: cohorts [cohorts][paths], sorted by ratio; everything else [paths]. Debts are kept per unit of the
/// debt index, so that interest touches no cohort. A cohort is liquidated as a share of its positions and then averaged
/// again. Keepers pay at once and sell through the router; what they earn is known <c>latency</c> ticks later. While
/// the oracle is not fresh or the chain is down nobody borrows, defends or liquidates. An insolvent position is seized
/// at C P / b, so keepers earn on it too. The treasury is not part of the waterfall. Depositors stay.</para>
/// <para>Source: aave-v3-core (LiquidationLogic.sol, DefaultReserveInterestRateStrategy.sol, MathUtils.sol,
/// PriceOracleSentinel.sol) and aave-v3-deploy for defaults; keepers, borrowers and loop gain: own derivation.</para>
/// </remarks>
[Component("cdp-lending")]
public sealed partial class CdpLending(CdpLending.Parameters p) : Component
{
    private const int KeeperDraw = 0, BorrowerDraw = 1;

    /// <summary>A trigger price nothing reaches.</summary>
    private const double Never = 1e300;

    private int Rows => (int)p.Cohorts.Value;

    private double Bonus => 1 + p.LiquidationBonus.Value;

    private double LoanToValue => Math.Max(p.LiquidationThreshold.Value - p.BorrowGap.Value, 0);

    /// <inheritdoc/>
    public override void Start(in Tick tick)
    {
        var lowest = p.RatioHeadroom.Value / p.LiquidationThreshold.Value;
        var step = LaneMath.Log(p.RatioHigh.Value / lowest) / (Rows - 1);
        var total = 0.0;
        for (var row = 0; row < Rows; row++)
        {
            total += Weight(row);
        }

        for (var row = 0; row < Rows; row++)
        {
            StartCohort(tick, row, lowest * LaneMath.Exp(step * row), p.Debt.Value * Weight(row) / total);
        }

        StartTotals(tick);

        double Weight(int row) => LaneMath.Exp(-p.RatioDecay.Value * (LaneMath.Exp(step * row) - 1));
    }

    /// <inheritdoc/>
    public override void Step(in Tick tick)
    {
        Settle(tick);
        Accrue(tick);
        AcceptAttack(tick);
        Act(tick);
        Publish(tick);
        if (tick.IsLast)
        {
            MarkToMarket(tick);
        }
    }

    private void StartCohort(in Tick tick, int row, double ratio, double debt)
    {
        Vecs collateral = CohortCollateral.Row(row), debts = CohortDebt.Row(row), cash = CohortCash.Row(row);
        var price = OraclePrice.Vecs;
        var ownCash = p.Policy == BorrowerPolicy.Band ? debt : debt * p.BorrowerCash.Value;
        for (var i = 0; i < tick.Vectors; i++)
        {
            collateral[i] = debt * ratio / price[i];
            debts[i] = debt;
            cash[i] = p.Policy == BorrowerPolicy.Passive
                ? Vec.Zero
                : Vec.Where(tick.PathUniform(row, i) < p.Attentive.Value, ownCash);
        }
    }

    private void StartTotals(in Tick tick)
    {
        Vecs collateral = Collateral.Vecs, debt = BorrowersDebt.Vecs, cash = Cash.Vecs, deposits = Deposits.Vecs;
        Vecs index = Index.Vecs, price = OraclePrice.Vecs;
        var cashStart = p.Debt.Value * (1 / p.UtilisationStart.Value - 1);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var sum = Vec.Zero;
            for (var row = 0; row < Rows; row++)
            {
                sum += CohortCollateral.Row(row)[i];
            }

            collateral[i] = sum;
            debt[i] = p.Debt.Value;
            cash[i] = cashStart;
            deposits[i] = cashStart + p.Debt.Value;
            index[i] = 1.0;
            Aim(i);
        }

        Debt.Span.Fill(p.Debt.Value);
        Fund.Span.Fill(p.InsuranceStart.Value);
        Insurance.Span.Fill(p.InsuranceStart.Value);
        Utilisation.Span.Fill(p.UtilisationStart.Value);
        BorrowLimit.Span.Fill(LoanToValue);
        CapitalEfficiency.Span.Fill(LoanToValue);
        var value = CollateralValue.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            value[i] = collateral[i] * price[i];
        }
    }

    /// <summary>Books the sale of an earlier tick whose average price is known by now.</summary>
    private void Settle(in Tick tick)
    {
        Vecs latency = Latency.Vecs, average = AverageSellPrice.Vecs, profit = KeeperProfit.Vecs,
            inFlight = InFlight.Vecs;
        Vecs sold1 = SoldBefore.Vecs, cost1 = CostBefore.Vecs, sold2 = SoldEarlier.Vecs, cost2 = CostEarlier.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var isNext = latency[i] < 1.5;
            profit[i] = Vec.Select(isNext, sold1[i], sold2[i]) * average[i] - Vec.Select(isNext, cost1[i], cost2[i]);
            inFlight[i] = Vec.Select(isNext, Vec.Zero, cost1[i]);
            sold2[i] = sold1[i];
            cost2[i] = cost1[i];
        }
    }

    /// <summary>Interest, and the debt that borrowers add or repay because of the rate.</summary>
    private void Accrue(in Tick tick)
    {
        Vecs debt = BorrowersDebt.Vecs, attackerDebt = AttackerDebt.Vecs, cash = Cash.Vecs, index = Index.Vecs;
        Vecs fresh = OracleIsFresh.Vecs, up = ChainIsUp.Vecs, reserve = Reserve.Vecs, deposits = Deposits.Vecs;
        Vecs usdIn = UsdIn.Vecs, usdOut = UsdOut.Vecs, baseIn = BaseIn.Vecs, baseOut = BaseOut.Vecs;
        Vecs borrowRate = BorrowRate.Vecs, supplyRate = SupplyRate.Vecs;
        var reaction = -p.RateElasticity.Value * tick.Years;
        for (var i = 0; i < tick.Vectors; i++)
        {
            Vec borrowed = debt[i], total = borrowed + attackerDebt[i];
            var utilisation = UtilisationOf(total, cash[i]);
            var rate = InterestRates.Kinked(utilisation, p.RateBase.Value, p.RateKink.Value, p.RateSlope.Value,
                p.RateSlopeHigh.Value);
            var growth = InterestRates.Growth(rate, tick.Seconds);
            var interest = total * growth;
            var change = Vec.Max(reaction * (rate - p.RateElsewhere.Value) * borrowed, -borrowed);
            var grows = change > Vec.Zero;
            change = Vec.Where((up[i] > 0.5) & (!grows | (fresh[i] > 0.5)), Vec.Min(change, cash[i]));
            var after = borrowed * growth + change + borrowed;
            index[i] *= Vec.Select(borrowed > Vec.Zero, after / borrowed, 1.0);
            debt[i] = after;
            attackerDebt[i] += attackerDebt[i] * growth;
            cash[i] -= change;
            usdIn[i] = Vec.Max(-change, Vec.Zero);
            usdOut[i] = Vec.Max(change, Vec.Zero);
            baseIn[i] = baseOut[i] = Vec.Zero;
            reserve[i] += interest * p.ReserveFactor.Value;
            deposits[i] += interest * (1 - p.ReserveFactor.Value);
            borrowRate[i] = rate;
            supplyRate[i] = InterestRates.Supply(rate, utilisation, p.ReserveFactor.Value);
        }
    }

    /// <summary>Takes an attacker's collateral and lends what it supports at the oracle price.</summary>
    private void AcceptAttack(in Tick tick)
    {
        Vecs token = AttackCollateral.Vecs, wanted = AttackDebt.Vecs, granted = AttackBorrowed.Vecs;
        Vecs price = OraclePrice.Vecs, fresh = OracleIsFresh.Vecs, up = ChainIsUp.Vecs, cash = Cash.Vecs;
        Vecs collateral = AttackerCollateral.Vecs, debt = AttackerDebt.Vecs, baseIn = BaseIn.Vecs, usdOut = UsdOut.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            if (((token[i] > Vec.Zero) | (wanted[i] > Vec.Zero)).None)
            {
                granted[i] = Vec.Zero;
                continue;
            }

            var pledged = Vec.Max(token[i], Vec.Zero);
            collateral[i] += pledged;
            baseIn[i] += pledged;
            var room = Vec.Min(collateral[i] * price[i] * LoanToValue - debt[i], cash[i]);
            var lent = Vec.Where(IsOpen(fresh[i], up[i]), Vec.Max(Vec.Min(wanted[i], room), Vec.Zero));
            debt[i] += lent;
            cash[i] -= lent;
            usdOut[i] += lent;
            granted[i] = lent;
        }
    }

    private static Mask IsOpen(Vec fresh, Vec up) => (fresh > 0.5) & (up > 0.5);

    private static Vec UtilisationOf(Vec debt, Vec cash)
    {
        var all = debt + cash;
        return Vec.Select(all > Vec.Zero, debt / all, Vec.Zero);
    }
}
