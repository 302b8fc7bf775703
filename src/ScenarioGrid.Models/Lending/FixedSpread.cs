using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>What one liquidation at a fixed spread moves.</summary>
/// <param name="Repaid">Debt repaid by the liquidator, in dollars.</param>
/// <param name="Seized">Collateral taken from the borrower, in tokens.</param>
/// <param name="Fee">Part of the seized collateral that the protocol keeps, in tokens.</param>
/// <param name="BadDebt">Debt left with no collateral behind it, in dollars.</param>
public readonly record struct Seizure(double Repaid, double Seized, double Fee, double BadDebt);

/// <summary>Closed forms of over-collateralised debt and of liquidations that pay a fixed bonus.</summary>
/// <remarks>
/// <para>Source: aave-v3-core, LiquidationLogic.sol; the rest is algebra on it. b is 1 plus the bonus.</para>
/// </remarks>
public static class FixedSpread
{
    /// <summary>Health factor: collateral times price times liquidation threshold, over debt.
    /// Below 1 is liquidatable.</summary>
    public static double Health(double collateral, double price, double threshold, double debt) =>
        collateral * price * threshold / debt;

    /// <summary>Share of a debt one liquidation may repay: the partial one above a health,
    /// all of it at or below.</summary>
    public static double CloseFactor(double health, double partial, double full, double fullAtHealth) =>
        health > fullAtHealth ? partial : full;

    /// <summary>Largest liquidation of a position: closeFactor times the debt, or what the
    /// collateral pays for.</summary>
    /// <param name="collateral">Tokens, at least 0.</param>
    /// <param name="price">Dollars per token as the oracle says, above 0.</param>
    /// <param name="debt">Dollars, at least 0.</param>
    /// <param name="closeFactor">Share of the debt that may be repaid, 0 to 1.</param>
    /// <param name="bonus">b: collateral value given per dollar repaid, at least 1.</param>
    /// <param name="protocolFee">Share of the bonus kept by the protocol, 0 to 1.</param>
    public static Seizure Largest(
        double collateral, double price, double debt, double closeFactor, double bonus, double protocolFee)
    {
        var repaid = closeFactor * debt;
        var seized = repaid * bonus / price;
        var isExhausted = seized >= collateral;
        if (isExhausted)
        {
            (repaid, seized) = (collateral * price / bonus, collateral);
        }

        return new Seizure(
            repaid, seized, protocolFee * (seized - seized / bonus), isExhausted ? Math.Max(debt - repaid, 0) : 0);
    }

    /// <summary>Bad debt when a position worth less than b times its debt is liquidated to
    /// the end: D - C P / b.</summary>
    public static double ToxicLoss(double collateralValue, double debt, double bonus) =>
        Math.Max(debt - collateralValue / bonus, 0);

    /// <summary>b that never pays more than the position has to give: min(b, 1 + slope (CR - 1)), at least 1.</summary>
    public static Vec DynamicBonus(Vec ratio, double bonus, double slope) =>
        Vec.Clamp(1.0 + slope * (ratio - 1.0), 1.0, bonus);

    /// <summary>Debt to repay by liquidation so that the health becomes <paramref name="target"/>.</summary>
    public static double RepayToHealth(
        double collateralValue, double debt, double threshold, double bonus, double target) =>
        (target * debt - threshold * collateralValue) / (target - threshold * bonus);

    /// <summary>Collateral value to sell at no cost, all of it repaid, so that the ratio
    /// becomes r: (r D - C)/(r - 1).</summary>
    public static double SellToTarget(double collateralValue, double debt, double ratio) =>
        (ratio * debt - collateralValue) / (ratio - 1);

    /// <summary>Debt to repay when each dollar repaid takes 1 + beta of collateral: (r D - C)/(r - 1 - beta).</summary>
    public static double SellToTarget(double collateralValue, double debt, double ratio, double beta) =>
        (ratio * debt - collateralValue) / (ratio - 1 - beta);

    /// <summary>Debt a rebalancing bot repays to reach a ratio when selling costs a share: (r
    /// D - C)/(r - 1/(1 - f)).</summary>
    public static Vec RebalanceDown(Vec collateralValue, Vec debt, double ratio, double cost) =>
        (ratio * debt - collateralValue) * (1 / (ratio - 1 / (1 - cost)));

    /// <inheritdoc cref="RebalanceDown(Vec, Vec, double, double)"/>
    public static double RebalanceDown(double collateralValue, double debt, double ratio, double cost) =>
        RebalanceDown(new Vec(collateralValue), new Vec(debt), ratio, cost)[0];

    /// <summary>Debt a bot adds, all of it turned into collateral at a cost share, to come down to a ratio.</summary>
    public static Vec RebalanceUp(Vec collateralValue, Vec debt, double ratio, double cost) =>
        (collateralValue - ratio * debt) * (1 / (ratio - (1 - cost)));

    /// <summary>Repayment with the highest profit when the seized collateral is sold into a
    /// constant-product pool.</summary>
    /// <param name="price">Oracle price the seizure is made at.</param>
    /// <param name="bonus">b, over any cost per dollar repaid.</param>
    /// <param name="x">Base reserve of the pool.</param>
    /// <param name="y">Quote reserve of the pool.</param>
    /// <param name="gamma">1 less the fee of the pool.</param>
    /// <returns>Dollars, negative when no size is profitable.</returns>
    public static double OptimalRepay(double price, double bonus, double x, double y, double gamma) =>
        SellableAtProfit(price, bonus, x, y, gamma)[0] * price / bonus;

    /// <summary>Tokens a constant-product pool takes before the next token brings less than it costs:
    /// (sqrt(g b x y / P) - x)/g.</summary>
    public static Vec SellableAtProfit(Vec price, Vec bonus, Vec x, Vec y, Vec gamma) =>
        (Vec.Sqrt(gamma * bonus * x * y / price) - x) / gamma;

    /// <summary>Highest liquidation threshold that a price fall of z deviations during
    /// the delay cannot break.</summary>
    /// <param name="bonus">b.</param>
    /// <param name="slippage">Share lost when selling.</param>
    /// <param name="volatility">Per square root of a year.</param>
    /// <param name="delaySeconds">Oracle, keeper, inclusion and auction time (plus a third of a TWAP window).</param>
    /// <param name="deviations">z.</param>
    public static double ThresholdBound(
        double bonus, double slippage, double volatility, double delaySeconds, double deviations) =>
        LaneMath.Exp(-deviations * volatility * Math.Sqrt(delaySeconds / Tick.YearSeconds)) / (bonus * (1 + slippage));
}
