using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>Part of the reserve of a stablecoin cannot be reached, for good or until somebody makes it whole.</summary>
/// <remarks>
/// <code>
/// reserve that counts = reserve (1 - min(1, severity fraction)) until for, then all of it
/// </code>
/// <para>Source of the defaults: USDC, 10 to 13 March 2023: 3.3 of some 40 billion dollars lay at a failed bank, for
/// about 60 hours until deposits were guaranteed.</para>
/// </remarks>
[Shock("reserve-loss", "market", "reserveLoss")]
public sealed class ReserveLoss(ReserveLoss.Parameters p) : Shock
{
    public sealed record Parameters
    {
        /// <summary>Share of the reserve.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Fraction { get; init; } = new(0.0825);

        /// <summary>How long it lasts.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(216_000);
    }

    public override double At(double seconds, double severity) =>
        Decay.Share(seconds, severity, p.Fraction.Value, p.For.Value);
}
