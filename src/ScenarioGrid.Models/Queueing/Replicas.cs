using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Requests asked of several servers: all must answer, or the first answer counts.</summary>
/// <remarks>
/// <code>
/// fan-out to n:         P(all by t) = F(t)^n
/// hedged after h:       P(T > t) = P(T0 > t) P(T0 > t - h) for t > h,   extra load P(T0 > h)
/// with an exponential tail, hedged at the quantile 1 - x:  quantile 1 - q = (t_q + t_x)/2 for q &lt; x
/// </code>
/// <para>Source: Dean and Barroso, "The tail at scale" (2013); independence of the copies is assumed.</para>
/// </remarks>
public static class Replicas
{
    /// <summary>Chance that all of <paramref name="servers"/> answers are there.</summary>
    /// <param name="each">Chance that one is there.</param>
    /// <param name="servers">Answers needed.</param>
    public static double AllBy(double each, int servers) => LaneMath.Pow(each, servers);

    /// <summary>Chance that neither the first request nor its copy is answered.</summary>
    /// <param name="tail">Chance that a request takes longer than t.</param>
    /// <param name="tailOfCopy">Chance that it takes longer than t less the time of the copy.</param>
    public static double Hedged(double tail, double tailOfCopy) => tail * tailOfCopy;

    /// <summary>Quantile of a hedged request whose tail is exponential.</summary>
    /// <param name="quantile">The quantile without a copy.</param>
    /// <param name="hedge">Time after which the copy is sent, at most the quantile.</param>
    public static Vec HedgedQuantile(Vec quantile, Vec hedge) => 0.5 * (quantile + hedge);
}
