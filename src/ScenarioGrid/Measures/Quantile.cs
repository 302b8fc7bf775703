using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Measures;

/// <summary>A quantile of the paths: p99 is the smallest value with at least 99 % of the paths at or below
/// it.</summary>
/// <remarks>
/// <para>
/// The interval is distribution-free: order statistics X(l), X(u) with l the largest rank with P(B &lt; l) at most
/// 2.5 % and u the smallest with P(B &lt; u) at least 97.5 %, B binomial(n, q), computed exactly (David and
/// Nagaraja, "Order Statistics", 7.1). Where the paths are too few for such a rank, that side is infinite: p99.9 of
/// 1,000 paths has no upper bound, and a threshold on it is undecided rather than passed by luck.
/// </para>
/// <para>The standard error is the width over twice the normal quantile: what comparisons between cells need.</para>
/// </remarks>
[Statistic("p{percent}", "p1", "p5", "p25", "p50", "p75", "p90", "p95", "p99", "p99.9")]
public sealed class Quantile(string name, decimal percent) : Statistic(name)
{
    private readonly double _share = (double)(percent / 100);

    public override string Definition =>
        FormattableString.Invariant($"Smallest value that at least {percent} % of the paths do not exceed.");

    public override Estimate Of(Sample sample)
    {
        var n = sample.Paths;
        var low = FirstRank(n, 1 - Estimate.Upper, strict: true) - 1;
        var high = FirstRank(n, Estimate.Upper, strict: false);
        var lower = low >= 1 ? sample.Sorted[low - 1] : double.NegativeInfinity;
        var upper = high <= n ? sample.Sorted[high - 1] : double.PositiveInfinity;
        var error = upper == lower ? 0 : (upper - lower) / (2 * Estimate.Z);
        return new Estimate(sample.Quantile(_share), lower, upper, error, n);
    }

    /// <summary>The smallest rank r from 1 to n + 1 with P(B &lt;= r - 1) above the level (or at it, if not
    /// strict).</summary>
    private int FirstRank(int n, double level, bool strict)
    {
        var (low, high) = (1, n + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            // B = n means every path lies below the quantile: rank n + 1 stands for a value beyond all paths.
            var below = middle > n ? 1 : BinomialTail.AtMost(n, middle - 1, _share);
            var reached = strict ? below > level : below >= level;
            (low, high) = reached ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
