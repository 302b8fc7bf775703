using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Many equal servers behind one line: no dispatcher can do better at equal capacity.</summary>
/// <remarks>
/// <para>With offered load a = lambda/mu, c servers, theta = c mu - lambda:</para>
/// <code>
/// B_0 = 1, B_c = a B_(c-1) / (c + a B_(c-1))          share turned away without a line
/// C   = B / (1 - rho (1 - B)),  rho = a/c             share that waits with one
/// W   = C/theta,  quantile ln(C/(1 - q))/theta or 0
/// P(T > t) = (1 - C) exp(-mu t) + C exp(-mu t) (1 + mu (1 - exp(-x t))/x),  x = theta - mu
/// </code>
/// <para>Source: Kleinrock, "Queueing Systems", volume 1 (1975), section 3.5.</para>
/// </remarks>
public static class Erlang
{
    /// <summary>Erlang B: share of requests that find every server busy and leave.</summary>
    /// <param name="servers">At least 0.</param>
    /// <param name="load">Arrivals over the service rate of one server.</param>
    public static double Blocking(int servers, double load)
    {
        var blocking = 1.0;
        for (var c = 1; c <= servers; c++)
        {
            blocking = load * blocking / (c + load * blocking);
        }

        return blocking;
    }

    /// <summary>Erlang C: share of requests that have to wait; 1 when the servers cannot keep up.</summary>
    public static double Waiting(int servers, double load)
    {
        var blocking = Blocking(servers, load);
        return load < servers ? blocking / (1 - load / servers * (1 - blocking)) : 1;
    }

    /// <summary>Mean wait before service.</summary>
    /// <param name="servers">At least 1.</param>
    /// <param name="arrivals">Per second.</param>
    /// <param name="service">Requests a second of one busy server.</param>
    public static double MeanWait(int servers, double arrivals, double service) =>
        Slack(servers, arrivals, service) is > 0 and var slack
            ? Waiting(servers, arrivals / service) / slack
            : double.PositiveInfinity;

    /// <summary>Wait that a share of requests does not exceed; 0 when that share does not wait at all.</summary>
    public static double WaitQuantile(int servers, double arrivals, double service, double share) =>
        Slack(servers, arrivals, service) is > 0 and var slack
            ? Math.Max(LaneMath.Log(Waiting(servers, arrivals / service) / (1 - share)) / slack, 0)
            : double.PositiveInfinity;

    /// <summary>Chance that wait and service together take longer than <paramref name="seconds"/>.</summary>
    public static double TimeTail(int servers, double arrivals, double service, double seconds)
    {
        if (Slack(servers, arrivals, service) is not (> 0 and var slack))
        {
            return 1;
        }

        var x = slack - service;
        var extra = Math.Abs(x) * seconds > 1e-12 ? -LaneMath.Expm1(-x * seconds) / x : seconds;
        return LaneMath.Exp(-service * seconds) * (1 + Waiting(servers, arrivals / service) * service * extra);
    }

    /// <summary>Fewest servers so that, with some of them failed, few enough requests are slow.</summary>
    /// <param name="arrivals">Per second.</param>
    /// <param name="service">Requests a second of one busy server.</param>
    /// <param name="seconds">Time that a request may take; above 0.</param>
    /// <param name="slowShare">Share of requests that may take longer.</param>
    /// <param name="failures">Servers that may be down.</param>
    /// <returns>Servers, the spare ones included.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Service alone is too slow, whatever the number.</exception>
    public static int ServersFor(double arrivals, double service, double seconds, double slowShare, int failures)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LaneMath.Exp(-service * seconds), slowShare);
        var working = (int)Math.Floor(arrivals / service) + 1;
        while (TimeTail(working, arrivals, service, seconds) > slowShare)
        {
            working++;
        }

        return working + failures;
    }

    private static double Slack(int servers, double arrivals, double service) => servers * service - arrivals;
}
