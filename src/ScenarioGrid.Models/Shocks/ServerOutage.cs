using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>Part of the servers of a service falls out at once: a region, a provider, a bad release.</summary>
/// <remarks>
/// <code>
/// down(t) = min(1, severity fraction) until for, then 0
/// </code>
/// <para>The first servers in the order of the pool are struck, so with regions it is whole regions that go. Source:
/// the sequencer of Arbitrum, 14 September 2021, 45 minutes; 15 December 2023: 78 minutes.</para>
/// </remarks>
[Shock("server-outage", "service", "serversDown")]
public sealed class ServerOutage(ServerOutage.Parameters p) : Shock
{
    public sealed record Parameters
    {
        /// <summary>Share of the servers that is down.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Fraction { get; init; } = new(0.5);

        /// <summary>How long they are down.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(2700);
    }

    public override double At(double seconds, double severity) =>
        Decay.Share(seconds, severity, p.Fraction.Value, p.For.Value);
}
