using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Consistent hashing in which no server takes much more than its share.</summary>
/// <remarks>
/// <code>
/// capacity of a server = ceil(c m / n),   c = 1 + epsilon, m requests in flight with the new one, n servers
/// weighted:              ceil(c m w_i / sum w)
/// </code>
/// <para>A request goes to the first server from its home on, clockwise, that is below its capacity. Source: Mirrokni,
/// Thorup and Zadimoghaddam, "Consistent hashing with bounded loads" (2016); HAProxy, hash-balance-factor.</para>
/// </remarks>
public static class BoundedLoad
{
    /// <summary>Most requests that a server may hold.</summary>
    /// <param name="inFlight">Requests in flight, the new one included.</param>
    /// <param name="weight">Weight of the server.</param>
    /// <param name="weights">Weights of all servers.</param>
    /// <param name="factor">c, above 1.</param>
    public static Vec Capacity(Vec inFlight, Vec weight, Vec weights, double factor) =>
        -Vec.Floor(-(factor * inFlight / weights * weight));

    /// <summary>The same for equal servers.</summary>
    public static Vec Capacity(Vec inFlight, Vec servers, double factor) => Capacity(inFlight, 1.0, servers, factor);

    /// <inheritdoc cref="Capacity(Vec, Vec, double)"/>
    public static double Capacity(double inFlight, double servers, double factor) =>
        Capacity(new Vec(inFlight), new Vec(servers), factor)[0];

    /// <summary>Server that takes a request: the first from its home on that holds less than the capacity.</summary>
    /// <param name="loads">Requests in flight at each server, in the order of the ring.</param>
    /// <param name="home">Server that the key of the request points at.</param>
    /// <param name="capacity">Most requests of each server.</param>
    /// <returns>Its number, or -1 when all are full: never with the capacity of this class.</returns>
    public static int Place(ReadOnlySpan<int> loads, int home, double capacity)
    {
        for (var step = 0; step < loads.Length; step++)
        {
            var server = (home + step) % loads.Length;
            if (loads[server] < capacity)
            {
                return server;
            }
        }

        return -1;
    }
}
