using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Requests dealt out in turn: each of N servers sees every N-th arrival of a Poisson stream.</summary>
/// <remarks>
/// <code>
/// sigma = (N rho / (N rho + 1 - sigma))^N,  the smallest root,  T = 1/(mu (1 - sigma))
/// </code>
/// <para>GI/M/1 with Erlang-N arrivals; N = 1 is M/M/1, N to infinity is D/M/1. The difference of both sides is
/// concave, so Newton's method from 0 goes up to the root and never past it. Source: Kleinrock, "Queueing Systems",
/// volume 1 (1975), section 6.4.</para>
/// </remarks>
public static class RoundRobin
{
    private const int NewtonSteps = 40, NewtonStepsShort = 12;

    /// <summary>Chance sigma that a request finds its server busy; 1 from a load of 1 on.</summary>
    /// <param name="load">Arrivals over capacity.</param>
    /// <param name="servers">Number of servers, at least 1.</param>
    public static double Root(double load, double servers) => Root(new Vec(load), servers, NewtonSteps)[0];

    /// <inheritdoc cref="Root(double, double)"/>
    /// <remarks>Fewer steps: to 1e-9 up to a load of 0.99.</remarks>
    public static Vec Root(Vec load, double servers) => Root(load, servers, NewtonStepsShort);

    /// <summary>Mean time from arrival to end of service.</summary>
    /// <param name="load">Arrivals over capacity, below 1; else infinite.</param>
    /// <param name="servers">Number of servers.</param>
    /// <param name="service">Requests a second of one busy server.</param>
    public static double MeanTime(double load, double servers, double service) =>
        load < 1 ? 1 / (service * (1 - Root(load, servers))) : double.PositiveInfinity;

    private static Vec Root(Vec load, double servers, int steps)
    {
        var rate = load * servers;
        Vec root = 0.0;
        for (var step = 0; step < steps; step++)
        {
            var below = rate + 1.0 - root;
            var power = LaneMath.Exp(-servers * LaneMath.Log1p((1.0 - root) / Vec.Max(rate, 1e-12)));
            var slope = 1.0 - servers * power / below;
            root = Vec.Select(slope > 1e-12, root + (power - root) / slope, root);
        }

        return Vec.Select(load < 1.0, Vec.Clamp(root, 0.0, 1.0), 1.0);
    }
}
