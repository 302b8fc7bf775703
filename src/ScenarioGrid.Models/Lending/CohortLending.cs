using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>The book of a market that lends against one token: cohorts of borrowers and what they do, interest,
/// keepers, and who bears a loss. How a position is liquidated is up to the protocol.</summary>
/// <remarks>
/// <para>Cohort k has collateral C (tokens) and debt D (dollars); P is the oracle price, LT the threshold:</para>
/// <code>
/// health      HF = C P LT / D, liquidatable where HF &lt; 1
/// keepers     act in a tick with probability (1 - exp(-tick / latency)) (1 - (1 - inclusion)^blocks) (1 - rejected);
///             those of a static gas policy times Phi(ln(staticBid mean gas / gas) / bidSpread)
/// interest    U = D / (cash + D), kinked rate r(U), index growth n r + n(n-1)/2 r^2 + n(n-1)(n-2)/6 r^3
/// demand      dD/dt = -elasticity (r - r elsewhere) D, growth only out of cash
/// borrowers   target ratio t = targetHealth / LT; below actHealth they
///             top up t D - C P, or repay D - C P / t, or sell so that (t D - C P) / (t - 1/(1 - f)) is repaid;
///             above boostHealth a bot borrows (C P - t D) / (t - (1 - f))
/// waterfall   reserve, insurance fund, share of the safety stake and minted tokens (both at a stressed price
///             (P/P0)^beta, less impact), then depositors or holders
/// loop gain   G = c |dP/dS| = 2 Q / (w x): Q tokens become liquidatable when P falls by the share w
/// </code>
/// <para>Start: CR_k log-spaced from headroom / LT to ratioHigh, debt weighted by exp(-decay (CR_k/CR_0 - 1)); whales
/// are single positions of one health.</para>
/// <para>Shapes: cohorts [cohorts + whales][paths], sorted by ratio; everything else [paths]. Debts are kept per unit
/// of the debt index, so that interest touches no cohort.</para>
/// </remarks>
/// <param name="p">Parameters of every market.</param>
/// <param name="rules">What the protocol fixes.</param>
public abstract partial class CohortLending(LendingParameters p, LendingRules rules) : Component
{
    private const int KeeperDraw = 0, BorrowerDraw = 1;

    /// <summary>First draw number that a protocol may use for itself.</summary>
    protected const int OwnDraw = 1000;

    /// <summary>A trigger price nothing reaches.</summary>
    private const double Never = 1e300;

    private readonly bool _hasWhales = p.Whales.Value > 0;
    private readonly bool _hasBackstop = p.SafetyStake.Value * p.SafetyShare.Value + p.MintCapacity.Value > 0;

    /// <summary>Share of the collateral value above which debt is liquidatable; all protocols compare with it alike, so
    /// that a position at the very limit is one case.</summary>
    protected double Threshold { get; } = rules.Threshold;

    /// <summary>Cohorts and whales.</summary>
    protected int Rows => (int)(p.Cohorts.Value + p.Whales.Value);

    /// <inheritdoc/>
    public override void Start(in Tick tick)
    {
        var cohorts = (int)p.Cohorts.Value;
        var lowest = p.RatioHeadroom.Value / rules.Threshold;
        var step = LaneMath.Log(p.RatioHigh.Value / lowest) / (cohorts - 1);
        var total = 0.0;
        for (var row = 0; row < cohorts; row++)
        {
            total += Weight(row);
        }

        var debt = _hasWhales ? p.Debt.Value * (1 - p.WhaleShare.Value) : p.Debt.Value;
        for (var row = 0; row < cohorts; row++)
        {
            StartCohort(tick, row, lowest * LaneMath.Exp(step * row), debt * Weight(row) / total);
        }

        var whale = p.Debt.Value * p.WhaleShare.Value / p.Whales.Value;
        for (var row = cohorts; row < Rows; row++)
        {
            StartCohort(tick, row, p.WhaleHealth.Value / rules.Threshold, whale);
        }

        for (var row = 0; row < CohortSize.Rows; row++)
        {
            SizeAt(row).Fill(row < cohorts ? p.PositionSize.Value : whale);
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
        Vecs index = Index.Vecs, price = OraclePrice.Vecs, priceStart = PriceStart.Vecs, gasMean = GasMean.Vecs;
        var gas = GasPrice.Vecs;
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
            deposits[i] = rules.Mints ? p.Debt.Value : cashStart + p.Debt.Value;
            index[i] = 1.0;
            priceStart[i] = price[i];
            gasMean[i] = gas[i];
            if (_hasWhales)
            {
                Sort(i);
            }

            Aim(i);
        }

        Debt.Span.Fill(p.Debt.Value);
        Fund.Span.Fill(p.InsuranceStart.Value);
        Stake.Span.Fill(p.SafetyStake.Value * p.SafetyShare.Value);
        MintLeft.Span.Fill(p.MintCapacity.Value);
        Insurance.Span.Fill(p.InsuranceStart.Value);
        Utilisation.Span.Fill(p.UtilisationStart.Value);
        Vecs value = CollateralValue.Vecs, limit = BorrowLimit.Vecs, efficiency = CapitalEfficiency.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            value[i] = collateral[i] * price[i];
            limit[i] = efficiency[i] = LoanPerDollar(i);
        }
    }

    private Span<double> SizeAt(int row) => CohortSize.AllRows.Slice(row * CohortSize.Paths, CohortSize.Paths);

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
        var (reaction, curve, kept) = (-p.RateElasticity.Value * tick.Years, rules.Borrow, rules.ReserveFactor);
        for (var i = 0; i < tick.Vectors; i++)
        {
            Vec borrowed = debt[i], total = borrowed + attackerDebt[i];
            var utilisation = UtilisationOf(total, cash[i]);
            var rate = curve.At(utilisation);
            var growth = InterestRates.Growth(rate, tick.Seconds);
            var interest = total * growth;
            var change = Vec.Max(reaction * (rate - p.RateElsewhere.Value) * borrowed, -borrowed);
            var grows = change > Vec.Zero;
            change = Vec.Where((up[i] > 0.5) & (!grows | (fresh[i] > 0.5)), Vec.Min(change, cash[i]));
            var drawn = change + Vec.Max(change, Vec.Zero) * LoanFee(i);
            var after = borrowed * growth + drawn + borrowed;
            index[i] *= Vec.Select(borrowed > Vec.Zero, after / borrowed, 1.0);
            debt[i] = after;
            attackerDebt[i] += attackerDebt[i] * growth;
            cash[i] -= change;
            usdIn[i] = Vec.Max(-change, Vec.Zero);
            usdOut[i] = Vec.Max(change, Vec.Zero);
            baseIn[i] = baseOut[i] = Vec.Zero;
            borrowRate[i] = rate;
            if (rules.Supply is { } supply)
            {
                supplyRate[i] = supply.At(utilisation);
                var earned = deposits[i] * InterestRates.Growth(supplyRate[i], tick.Seconds);
                deposits[i] += earned;
                reserve[i] += interest - earned;
                continue;
            }

            reserve[i] += interest * kept;
            deposits[i] += interest * (1 - kept);
            supplyRate[i] = InterestRates.Supply(rate, utilisation, kept);
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
            var owed = 1.0 + LoanFee(i);
            var room = Vec.Min((collateral[i] * price[i] * rules.LoanToValue - debt[i]) / owed, cash[i]);
            var lent = Vec.Where(IsOpen(fresh[i], up[i]), Vec.Max(Vec.Min(wanted[i], room), Vec.Zero));
            debt[i] += lent * owed;
            cash[i] -= lent;
            usdOut[i] += lent;
            granted[i] = lent;
        }
    }

    /// <summary>Fee of a new loan, over the loan: debt on top of what is lent.</summary>
    protected virtual Vec LoanFee(int i) => Vec.Zero;

    /// <summary>Loan that a dollar of collateral raises, so that with its fee it reaches the loan-to-value.</summary>
    private Vec LoanPerDollar(int i) => rules.LoanToValue / (1.0 + LoanFee(i));

    protected static Mask IsOpen(Vec fresh, Vec up) => (fresh > 0.5) & (up > 0.5);

    private static Vec UtilisationOf(Vec debt, Vec cash)
    {
        var all = debt + cash;
        return Vec.Select(all > Vec.Zero, debt / all, Vec.Zero);
    }
}
