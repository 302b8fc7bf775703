using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A rush of requests on a service.</summary>
/// <remarks>
/// <code>
/// multiple(t) = multiple^(severity min(1, t/ramp)) until for, then 1
/// </code>
/// <para>It multiplies fresh requests; what clients try again comes on top. Source: crashes multiply the traffic of
/// gateways 5 to 50 times (from memory).</para>
/// </remarks>
[Shock("traffic-burst", "service", "loadMultiple")]
public sealed class TrafficBurst(TrafficBurst.Parameters p) : Shock
{
    private readonly double _log = LaneMath.Log(p.Multiple.Value);

    public sealed record Parameters
    {
        /// <summary>Fresh requests over the ordinary ones.</summary>
        [Bounds(0.01, 1000)] public Quantity<Number> Multiple { get; init; } = new(5);

        /// <summary>How long it lasts, the rise included.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(600);

        /// <summary>Time of the rise, straight in the log; 0 rises at once.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> Ramp { get; init; } = new(30);
    }

    public override double At(double seconds, double severity) =>
        Decay.Rush(seconds, severity, _log, p.Ramp.Value, p.For.Value);
}
