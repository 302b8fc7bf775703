using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A rush on one app of a sharded chain.</summary>
/// <remarks>
/// <code>
/// multiple(t) = multiple^(severity min(1, t/ramp)) until for, then 1
/// </code>
/// <para>It multiplies the demand for the hot app alone. An app with a seventh of the traffic that is asked for thirty
/// times as much brings five times the demand of the whole chain.</para>
/// <para>Source of the default: the Otherside sale of 30 April 2022, one contract with about 4 to 7 times the usual
/// demand of all Ethereum for three hours (gas above 800 gwei on average at the elasticity 1/2).</para>
/// </remarks>
[Shock("hot-app", "chain", "hotAppMultiple")]
public sealed class HotApp(HotApp.Parameters p) : Shock
{
    private readonly double _log = LaneMath.Log(p.Multiple.Value);

    public sealed record Parameters
    {
        /// <summary>Demand for the app over the ordinary one.</summary>
        [Bounds(0.01, 10_000)] public Quantity<Number> Multiple { get; init; } = new(30);

        /// <summary>How long it lasts, the rise included.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(10_800);

        /// <summary>Time of the rise, straight in the log; 0 rises at once.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> Ramp { get; init; } = new(300);
    }

    public override double At(double seconds, double severity) =>
        Decay.Rush(seconds, severity, _log, p.Ramp.Value, p.For.Value);
}
