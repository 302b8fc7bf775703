using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Clients that stop sending when too little of what they send is accepted.</summary>
/// <remarks>
/// <code>
/// reject = max(0, (requests - K accepts) / (requests + 1))
/// </code>
/// <para>Source: Beyer et al., "Site Reliability Engineering" (2016), chapter 21.</para>
/// </remarks>
public static class ClientThrottle
{
    /// <summary>Share of requests that the client itself turns away.</summary>
    /// <param name="requests">Requests wanted in the window.</param>
    /// <param name="accepts">Requests accepted in the window.</param>
    /// <param name="multiple">Requests sent for each one accepted before any is held back; K.</param>
    public static Vec Rejects(Vec requests, Vec accepts, double multiple) =>
        Vec.Max((requests - multiple * accepts) / (requests + 1.0), 0.0);

    /// <inheritdoc cref="Rejects(Vec, Vec, double)"/>
    public static double Rejects(double requests, double accepts, double multiple) =>
        Rejects(new Vec(requests), new Vec(accepts), multiple)[0];
}
