namespace ScenarioGrid.Models.Queueing;

/// <summary>Requests that pile up while nothing is served, and what it takes to work them off: a fluid.</summary>
/// <remarks>
/// <code>
/// backlog = lambda D,   drain = lambda D / (C - lambda),   affected = lambda (D + drain)
/// total delay = lambda D^2 C / (2 (C - lambda)),           mean delay of the affected = D/2
/// </code>
/// <para>Source: own derivation, areas under two straight lines.</para>
/// </remarks>
/// <param name="Arrivals">Requests a second, below the capacity.</param>
/// <param name="Capacity">Requests a second that can be served.</param>
/// <param name="Seconds">Length of the outage.</param>
public readonly record struct Outage(double Arrivals, double Capacity, double Seconds)
{
    /// <summary>Requests that wait when the outage ends.</summary>
    public double Backlog => Arrivals * Seconds;

    /// <summary>Seconds from the end of the outage until nothing waits; infinite at full load.</summary>
    public double Drain => Arrivals < Capacity ? Backlog / (Capacity - Arrivals) : double.PositiveInfinity;

    /// <summary>Requests that are late.</summary>
    public double Affected => Arrivals * (Seconds + Drain);

    /// <summary>Seconds of delay of all requests together.</summary>
    public double TotalDelay => Backlog * (Seconds + Drain) / 2;

    /// <summary>Mean delay of those that are late.</summary>
    public double MeanDelay => TotalDelay / Affected;
}
