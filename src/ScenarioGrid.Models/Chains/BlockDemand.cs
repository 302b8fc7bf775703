using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>What moves the demand for blocks, and the bids of those who want to be in them.</summary>
/// <remarks>
/// <code>
/// by volatility  min(1 + beta (sigma/sigma0 - 1)+, dMax)
/// tip            max(floor, median exp(s N^-1(1 - used/want)))      bid that the last one served has made
/// </code>
/// <para>Source: own derivation; bids are lognormal with deviation s.</para>
/// </remarks>
public static class BlockDemand
{
    /// <summary>Of all bids, at least this share is served in the book, so that a tip is finite.</summary>
    private const double ShareMin = 1e-4;

    /// <summary>Multiple of demand by volatility.</summary>
    /// <param name="volatility">Realised volatility, at least 0.</param>
    /// <param name="calm">Volatility up to which demand is ordinary, above 0.</param>
    /// <param name="coupling">Rise per unit of volatility above calm, in units of calm.</param>
    /// <param name="most">Largest multiple, at least 1.</param>
    public static Vec ByVolatility(Vec volatility, double calm, double coupling, double most)
    {
        var excess = Vec.Max(volatility * (1 / calm) - 1.0, Vec.Zero);
        return Vec.Min(1.0 + coupling * excess, most);
    }

    /// <summary>Tip that is just served in full blocks.</summary>
    /// <param name="median">Median tip of the bids.</param>
    /// <param name="used">Gas served, above 0.</param>
    /// <param name="want">Gas asked for, at least <paramref name="used"/>.</param>
    /// <param name="deviation">Standard deviation of the log of the bids.</param>
    /// <param name="floor">Tip of a bid when blocks are not full.</param>
    public static Vec LastTip(Vec median, Vec used, Vec want, double deviation, double floor)
    {
        var share = Vec.Max(used / want, ShareMin);
        var last = median * LaneMath.Exp(deviation * LaneMath.NormalInverse(1.0 - share));
        return Vec.Max(floor, last);
    }
}
