using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Chance of at least k successes in n independent trials of probability p.</summary>
/// <remarks>Terms are added from k away from the mean, so nothing cancels; relative error below 1e-13 down to
/// 1e-60.</remarks>
public static class BinomialTail
{
    /// <summary>P(X &gt;= k). k may be any number: 1 for k up to 0, 0 above n.</summary>
    public static double AtLeast(long n, long k, double p) => LaneMath.Exp(LogAtLeast(n, k, p));

    /// <summary>P(X &lt;= k), with the same accuracy in the lower tail.</summary>
    public static double AtMost(long n, long k, double p) => AtLeast(n, n - k, 1 - p);

    /// <summary>ln P(X &gt;= k): also where the probability itself underflows.</summary>
    public static double LogAtLeast(long n, long k, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "must be between 0 and 1");
        }

        if (k <= 0)
        {
            return 0;
        }

        if (k > n || p == 0)
        {
            return double.NegativeInfinity;
        }

        if (p == 1)
        {
            return 0;
        }

        var q = 1 - p;
        return k > n * p
            ? LogFrom(n, k, p, q)
            : LaneMath.Log1p(-LaneMath.Exp(LogFrom(n, n - k + 1, q, p)));
    }

    /// <summary>ln of the sum of the terms k, k + 1, ..., n, which fall from the first on.</summary>
    private static double LogFrom(long n, long k, double p, double q)
    {
        var odds = p / q;
        var (sum, term) = (1.0, 1.0);
        for (var i = k; i < n && term > 1e-18 * sum; i++)
        {
            term *= (double)(n - i) / (i + 1) * odds;
            sum += term;
        }

        return Stirling.LogBinomialTerm(k, n - k, p, q) + LaneMath.Log(sum);
    }
}
