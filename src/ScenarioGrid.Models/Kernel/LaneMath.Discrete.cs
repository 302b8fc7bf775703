namespace ScenarioGrid.Models.Kernel;

/// <content>Counts by inversion of their distribution function: one uniform, one count.</content>
public static partial class LaneMath
{
    /// <summary>Largest mean for which counts are found by adding up probabilities.</summary>
    public const double CountMeanMax = 128;

    /// <summary>The least k with P(X &lt;= k) at least <paramref name="uniform"/>, X Poisson.</summary>
    /// <param name="mean">Expected count, at least 0 and finite; else NaN.</param>
    /// <param name="uniform">In (0, 1); else NaN.</param>
    /// <remarks>
    /// Up to a mean of <see cref="CountMeanMax"/> the probabilities are added from 0 upwards (the sum is right to
    /// 1e-14,
    /// so a uniform that close to a step may fall on its other side; the search ends where terms no longer count).
    /// Above
    /// it the quantile is the floor of the Cornish-Fisher expansion to order 1/variance with lattice correction: Giles,
    /// "Algorithm 955: approximation of the inverse Poisson cumulative distribution function", ACM TOMS 42 (2016),
    /// equation for Q_N2; off by one for about one uniform in 10,000.
    /// </remarks>
    public static Vec Poisson(Vec mean, Vec uniform)
    {
        var valid = (mean >= 0.0) & (mean <= double.MaxValue) & (uniform > 0.0) & (uniform < 1.0);
        var small = valid & (mean <= CountMeanMax);
        var k = Vec.Zero;
        if (small.Any)
        {
            var term = Vec.Where(small, Exp(-Vec.Min(mean, CountMeanMax)));
            var sum = term;
            var open = small & (sum < uniform);
            var count = Vec.Zero;
            while (open.Any)
            {
                // Every open path has come this far, so one count serves all.
                count += 1.0;
                k += open.AsOne();
                term *= mean / count;
                var next = sum + term;
                open &= (next < uniform) & ((count < mean) | (next > sum));
                sum = next;
            }
        }

        if (!small.All)
        {
            var z = NormalInverse(uniform);
            var large = Vec.Max(Vec.Floor(CornishFisher(mean, mean, 1.0, 1.0, 1.0, z)), 0.0);
            k = Vec.Select(small, k, Vec.Select(valid, large, double.NaN));
        }

        return k;
    }

    /// <inheritdoc cref="Poisson(Vec, Vec)"/>
    public static double Poisson(double mean, double uniform) => Poisson(new Vec(mean), new Vec(uniform))[0];

    /// <summary>The least k with P(X &lt;= k) at least <paramref name="uniform"/>, X the successes in n
    /// trials.</summary>
    /// <param name="n">Trials, a whole number from 0 to 2^52; else NaN.</param>
    /// <param name="p">Chance of success of each, in [0, 1]; else NaN.</param>
    /// <param name="uniform">In (0, 1); else NaN.</param>
    /// <remarks>
    /// Counts successes for p up to 1/2 and failures above. Up to <see cref="CountMeanMax"/> expected ones the
    /// probabilities are added from 0 upwards (right to 1e-13), above it as for <see cref="Poisson(Vec, Vec)"/>.
    /// </remarks>
    public static Vec Binomial(Vec n, Vec p, Vec uniform)
    {
        var valid = (n >= 0.0) & (n <= 4503599627370496.0) & Vec.Equal(Vec.Floor(n), n)
            & (p >= 0.0) & (p <= 1.0) & (uniform > 0.0) & (uniform < 1.0);
        var failures = p > 0.5;
        var rare = Vec.Select(failures, 1.0 - p, p);
        var small = valid & (n * rare <= CountMeanMax);
        var k = Vec.Zero;
        if (small.Any)
        {
            k = BinomialByAddition(n, rare, uniform, failures, small);
        }

        if (!small.All)
        {
            var common = 1.0 - p;
            var variance = n * p * common;
            var skew = common - p;
            var spread = p * common;
            var z = NormalInverse(uniform);
            var large = Vec.Floor(
                CornishFisher(n * p, variance, skew, 1.0 - 6.0 * spread, skew * (1.0 - 12.0 * spread), z));
            k = Vec.Select(small, k, Vec.Select(valid, Vec.Clamp(large, 0.0, n), double.NaN));
        }

        return k;
    }

    /// <inheritdoc cref="Binomial(Vec, Vec, Vec)"/>
    public static double Binomial(double n, double p, double uniform) =>
        Binomial(new Vec(n), new Vec(p), new Vec(uniform))[0];

    private static Vec BinomialByAddition(Vec n, Vec rare, Vec uniform, Mask failures, Mask small)
    {
        // k successes are n - j failures: P(successes <= k) >= u exactly when P(failures < n - k) <= 1 - u.
        var target = Vec.Select(failures, 1.0 - uniform, uniform);
        var odds = rare / (1.0 - rare);
        var j = Vec.Zero;
        var term = Vec.Where(small, Exp(n * Log1p(-rare)));
        var sum = term;
        var open = small & (j < n) & ((sum < target) | (failures & Vec.Equal(sum, target)));
        var mean = n * rare;
        var count = Vec.Zero;
        while (open.Any)
        {
            // Every open path has come this far, so one count serves all.
            var left = n - count;
            count += 1.0;
            j += open.AsOne();
            term *= left / count * odds;
            var next = sum + term;
            var below = (next < target) | (failures & Vec.Equal(next, target));
            open &= (count < n) & below & ((count < mean) | (next > sum));
            sum = next;
        }

        return Vec.Select(failures, n - j, j);
    }

    /// <summary>Quantile of a count plus 1/2, before the floor, at the normal quantile z.</summary>
    /// <remarks>
    /// Third, fourth and fifth cumulants come divided by the variance (all 1 for Poisson). Cornish and Fisher (1938)
    /// as in
    /// Abramowitz and Stegun 26.2.49, on the count spread over its unit cell (Sheppard: variance less 1/12).
    /// </remarks>
    private static Vec CornishFisher(Vec mean, Vec variance, Vec third, Vec fourth, Vec fifth, Vec z)
    {
        var z2 = z * z;
        var deviation = Vec.Sqrt(variance);
        var zero = third * (z2 - 1.0) / 6.0 + 0.5;
        var first = z * (fourth * (z2 - 3.0) / 24.0 - third * third * (2.0 * z2 - 5.0) / 36.0 - 1.0 / 24.0);
        var second = fifth * ((z2 - 6.0) * z2 + 3.0) / 120.0
            - third * fourth * ((z2 - 5.0) * z2 + 2.0) / 24.0
            + third * third * third * ((12.0 * z2 - 53.0) * z2 + 17.0) / 324.0
            + third * (z2 - 1.0) / 72.0;
        return mean + deviation * z + zero + first / deviation + second / variance;
    }
}
