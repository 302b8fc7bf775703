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
/// waterfall   reserve (its share of interest), then insurance fund, safety stake and minted tokens at the price
///             (P/P0)^beta less impact, then depositors
/// loop gain   G = c |dP/dS| = 2 Q / (w x): Q tokens become liquidatable when P falls by the share w
/// </code>
/// <para>Start: CR_k log-spaced from headroom / LT to ratioHigh, debt weighted by exp(-decay (CR_k/CR_0 - 1)).</para>
/// <para>Shapes: cohorts [cohorts][paths], sorted by ratio; everything else [paths]. Debts are kept per unit of the
/// debt index, so that interest touches no cohort. A cohort is liquidated as a share of its positions and then averaged
/// again. Keepers pay at once and sell through the router; what they earn is known <c>latency</c> ticks later. While
/// the oracle is not fresh or the chain is down nobody borrows, defends or liquidates. An insolvent position is seized
/// at C P / b, so keepers earn on it too. The treasury is not part of the waterfall. Depositors stay.</para>
/// <para>Other assets of Aave v3, as loan-to-value, liquidationThreshold, liquidationBonus: DAI 75 / 80 / 5 %, USDC
/// 80 / 85 / 5 %, AAVE 50 / 65 / 10 %; borrowGap is the difference of the first two. Rates: stableOne rateKink 90 %,
/// rateSlopeHigh 60 %; volatileOne 45 %, rateSlope 7 %, 300 %.</para>
/// <para>Source: aave-v3-core (LiquidationLogic.sol, DefaultReserveInterestRateStrategy.sol, MathUtils.sol,
/// PriceOracleSentinel.sol) and aave-v3-deploy for defaults; keepers, borrowers and loop gain: own derivation.</para>
/// </remarks>
[Component("cdp-lending")]
public sealed partial class CdpLending(CdpLending.Parameters p) : CohortLending(p, RulesOf(p))
{
    private readonly Parameters _p = p;

    private double Bonus => 1 + _p.LiquidationBonus.Value;

    /// <inheritdoc/>
    protected override Mask LiquidatePosition(ref Desk desk, ref Vec collateral, ref Vec debt, Vec size)
    {
        var value = collateral * desk.Price;
        var under = (value * _p.LiquidationThreshold.Value < debt) & (collateral > Vec.Zero);
        if (under.None)
        {
            return under;
        }

        var isDeep = value * _p.LiquidationThreshold.Value <= _p.FullCloseHealth.Value * debt;
        var allowed = under & ((isDeep & desk.CanAct) | desk.CanActShallow);
        Vec bonus = Bonus;
        if (_p.ToxicStop == ToxicRule.DynamicBonus)
        {
            bonus = FixedSpread.DynamicBonus(value / debt, Bonus, _p.BonusSlope.Value);
        }
        else if (_p.ToxicStop == ToxicRule.Stop)
        {
            allowed &= value >= Bonus * debt;
        }

        var most = Vec.Select(isDeep, _p.CloseFactorFull.Value, _p.CloseFactor.Value) * debt;
        var exhausts = most * bonus >= value;
        var repay = Vec.Select(exhausts, value / bonus, most);
        var seize = Vec.Select(exhausts, collateral, repay * bonus / desk.Price);
        var share = Vec.Where(allowed, Affordable(desk, debt, repay, seize, bonus, size));

        // Ending at exactly nothing keeps the cohort out of all later ticks.
        var ends = exhausts & (share >= 1.0);
        Vec paid = share * repay, taken = share * seize, lost = Vec.Where(exhausts, share * (debt - repay));
        desk.Late += Vec.Where(under, repay - paid);
        desk.Sold += taken * KeeperShare(bonus);
        desk.Seized += taken;
        desk.Repaid += paid;
        desk.BadDebt += lost;
        desk.Capital = Vec.Max(desk.Capital - paid, Vec.Zero);
        desk.Count(share * debt / size);
        collateral = Vec.Select(ends, Vec.Zero, Vec.Max(collateral - taken, Vec.Zero));
        debt = Vec.Select(ends, Vec.Zero, Vec.Max(debt - paid - lost, Vec.Zero));
        return under;
    }

    /// <summary>Share of the wanted repayment that is profitable and within capital and block space; may be
    /// no number where nothing is owed.</summary>
    private Vec Affordable(in Desk desk, Vec debt, Vec repay, Vec seize, Vec bonus, Vec size)
    {
        var keeperShare = KeeperShare(bonus);
        var costPerDollar = 1 + _p.KeeperMargin.Value + _p.FlashFee.Value
            + desk.GasCost * debt / (size * repay);
        var sellable = FixedSpread.SellableAtProfit(
            desk.Price, bonus * keeperShare / costPerDollar, desk.X, desk.Y, desk.Gamma);
        var byProfit = (sellable - desk.Sold) / (seize * keeperShare);
        var byCapital = desk.Capital / repay;
        var bySpace = desk.Slots * size / debt;
        return Vec.Clamp(Vec.Min(byProfit, Vec.Min(byCapital, bySpace)), Vec.Zero, 1.0);
    }

    /// <summary>Part of the seized collateral that the keeper gets.</summary>
    private Vec KeeperShare(Vec bonus) => 1.0 - _p.ProtocolFee.Value * (1.0 - 1.0 / bonus);

    private static LendingRules RulesOf(Parameters p)
    {
        var (threshold, bonus) = (p.LiquidationThreshold.Value, 1 + p.LiquidationBonus.Value);
        return new LendingRules(
            threshold, Math.Max(threshold - p.BorrowGap.Value, 0), p.CloseFactor.Value * bonus,
            p.CloseFactor.Value * p.LiquidationBonus.Value,
            new RateCurve(p.RateBase.Value, p.RateKink.Value, p.RateSlope.Value, p.RateSlopeHigh.Value))
        {
            ReserveFactor = p.ReserveFactor.Value,
            Grace = p.SentinelGrace.Value,
        };
    }
}
