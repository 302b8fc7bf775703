using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A rush on block space.</summary>
/// <remarks>
/// <code>
/// multiple(t) = multiple^(severity min(1, t/ramp)) until for, then 1
/// </code>
/// <para>It multiplies demand, not the price: the base fee goes to multiple^(1/elasticity), so at the elasticity 1/2 a
/// multiple of 2.45 makes gas six times as dear, and a multiple of 10 a hundred times.</para>
/// <para>Source of the default: average gas price 12.9 gwei before, 77.9 on 12 and 84.8 on 13 March 2020 (Etherscan),
/// six times; Glassnode reports the same factor. Others, as multiples at the elasticity 1/2: 19 May 2021 88 to 299
/// gwei, 1.84; Otherside sale of 30 April 2022 above 800 gwei on average for a day, about 4 to 7 for three
/// hours.</para>
/// </remarks>
[Shock("gas-demand", "chain", "demandMultiple")]
public sealed class GasDemand(GasDemand.Parameters p) : Shock
{
    private readonly double _log = LaneMath.Log(p.Multiple.Value);

    public sealed record Parameters
    {
        /// <summary>Demand for gas over the ordinary one.</summary>
        [Bounds(0.01, 1000)] public Quantity<Number> Multiple { get; init; } = new(2.45);

        /// <summary>How long it lasts, the rise included.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(172_800);

        /// <summary>Time of the rise, straight in the log; 0 rises at once.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> Ramp { get; init; } = new(3600);
    }

    public override double At(double seconds, double severity) =>
        Decay.Rush(seconds, severity, _log, p.Ramp.Value, p.For.Value);
}
