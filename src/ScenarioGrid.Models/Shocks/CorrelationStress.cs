using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A time in which markets move together: their correlation goes towards one.</summary>
/// <remarks>
/// <code>
/// correlation = (1 - w) rho + w,   w = min(1, severity weight) until for, then 0
/// </code>
/// <para>A pair moves together by the weight that the two have in common, so strike every market of the pair. Source of
/// the default: ETH and BTC hourly, 2020-2023: 0.837 on all days, 0.865 on the 5 % worst days of BTC, which is a weight
/// of 0.17.</para>
/// </remarks>
[Shock("correlation", "market", "correlationStress")]
public sealed class CorrelationStress(CorrelationStress.Parameters p) : Shock
{
    public sealed record Parameters
    {
        /// <summary>Weight of full correlation.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Weight { get; init; } = new(0.17);

        /// <summary>How long it lasts.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(259_200);
    }

    public override double At(double seconds, double severity) =>
        Decay.Share(seconds, severity, p.Weight.Value, p.For.Value);
}
