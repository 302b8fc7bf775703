using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Requests asked of a second server when the first is slow: the first answer counts.</summary>
/// <remarks>
/// <code>
/// hedged after h:       P(T > t) = P(T0 > t) P(T0 > t - h) for t > h,   extra load P(T0 > h)
/// with an exponential tail, hedged at the quantile 1 - x:  quantile 1 - q = (t_q + t_x)/2 for q &lt; x
/// </code>
/// <para>Source: Dean and Barroso, "The tail at scale" (2013); independence of the copies is assumed.</para>
/// </remarks>
public static class Replicas
{
    /// <summary>Quantile of a hedged request whose tail is exponential.</summary>
    /// <param name="quantile">The quantile without a copy.</param>
    /// <param name="hedge">Time after which the copy is sent, at most the quantile.</param>
    public static Vec HedgedQuantile(Vec quantile, Vec hedge) => 0.5 * (quantile + hedge);
}
