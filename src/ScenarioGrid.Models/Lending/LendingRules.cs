using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>A rate that rises with utilisation, first slowly, and from a kink on fast.</summary>
/// <param name="Base">Rate at utilisation 0, per year.</param>
/// <param name="Kink">Utilisation at which the slope changes, above 0 and below 1.</param>
/// <param name="Slope">Rise from 0 to the kink.</param>
/// <param name="SlopeHigh">Rise from the kink to 1.</param>
public readonly record struct RateCurve(double Base, double Kink, double Slope, double SlopeHigh)
{
    /// <summary>Aave v3 rateStrategyStableOne: kink 90 %, slopes 4 % and 60 %.</summary>
    public static RateCurve AaveStableOne => new(0, 0.9, 0.04, 0.6);

    /// <summary>Aave v3 rateStrategyStableTwo: kink 80 %, slopes 4 % and 75 %.</summary>
    public static RateCurve AaveStableTwo => new(0, 0.8, 0.04, 0.75);

    /// <summary>Aave v3 rateStrategyVolatileOne: kink 45 %, slopes 7 % and 300 %.</summary>
    public static RateCurve AaveVolatileOne => new(0, 0.45, 0.07, 3);

    /// <summary>A rate that does not depend on utilisation: a stability fee.</summary>
    public static RateCurve Flat(double rate) => new(rate, 0.5, 0, 0);

    /// <summary>Comet's base + low min(U, K) + high max(U - K, 0), whose slopes are per unit of utilisation.</summary>
    public static RateCurve Comet(double rateBase, double kink, double low, double high) =>
        new(rateBase, kink, low * kink, high * (1 - kink));

    /// <summary>The rate at a utilisation.</summary>
    public Vec At(Vec utilisation) => InterestRates.Kinked(utilisation, Base, Kink, Slope, SlopeHigh);

    /// <inheritdoc cref="At(Vec)"/>
    public double At(double utilisation) => InterestRates.Kinked(utilisation, Base, Kink, Slope, SlopeHigh);
}

/// <summary>What a protocol fixes for the book of its borrowers.</summary>
/// <param name="Threshold">Share of the collateral value that debt may reach before liquidation.</param>
/// <param name="LoanToValue">Share of the collateral value that a new loan may reach.</param>
/// <param name="SoldPerDebt">Dollars of collateral that come to the market per dollar of debt that becomes
/// liquidatable.</param>
/// <param name="PenaltyPerDebt">What a liquidation takes from its owner, per dollar of debt.</param>
/// <param name="Borrow">Rate of borrowers.</param>
public sealed record LendingRules(
    double Threshold, double LoanToValue, double SoldPerDebt, double PenaltyPerDebt, RateCurve Borrow)
{
    /// <summary>Share of the interest that the protocol keeps, where suppliers have no curve of their own.</summary>
    public double ReserveFactor { get; init; } = 1;

    /// <summary>Rate of suppliers, where it does not follow from that of borrowers.</summary>
    public RateCurve? Supply { get; init; }

    /// <summary>Time after a halt of the chain in which only deep liquidations are allowed, in seconds.</summary>
    public double Grace { get; init; }

    /// <summary>The protocol mints what it lends: cash is room under a ceiling, and its debt is what holders
    /// have.</summary>
    public bool Mints { get; init; }
}
