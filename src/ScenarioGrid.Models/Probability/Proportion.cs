using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Confidence bounds for an unknown probability after x successes in n trials.</summary>
public static class Proportion
{
    /// <summary>Clopper-Pearson upper bound: at least <paramref name="confidence"/> of such bounds lie above the
    /// truth.</summary>
    /// <remarks>Source: Clopper and Pearson, Biometrika 26 (1934); as the beta quantile (confidence; x + 1, n -
    /// x).</remarks>
    public static double UpperBound(long x, long n, double confidence)
    {
        Check(x, n, confidence);
        if (x == n)
        {
            return 1;
        }

        // Without successes the quantile is 1 - (1 - confidence)^(1/n).
        return x == 0
            ? -LaneMath.Expm1(LaneMath.Log1p(-confidence) / n)
            : IncompleteBeta.Inverse(x + 1, n - x, confidence);
    }

    /// <summary>Clopper-Pearson lower bound: at least <paramref name="confidence"/> of such bounds lie below the
    /// truth.</summary>
    public static double LowerBound(long x, long n, double confidence) => 1 - UpperBound(n - x, n, confidence);

    /// <summary>Wilson's score interval, two-sided: for display, not for constraints.</summary>
    /// <remarks>Source: Wilson, Journal of the American Statistical Association 22 (1927).</remarks>
    public static (double Low, double High) Wilson(long x, long n, double confidence)
    {
        Check(x, n, confidence);
        var z = LaneMath.NormalInverse(0.5 + 0.5 * confidence);
        var share = (double)x / n;
        var spread = z * z / n;
        var centre = share + 0.5 * spread;
        var half = Math.Sqrt(spread * (share * (1 - share) + 0.25 * spread));
        return (x == 0 ? 0 : (centre - half) / (1 + spread), x == n ? 1 : (centre + half) / (1 + spread));
    }

    private static void Check(long x, long n, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        if (x < 0 || x > n)
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, $"must be between 0 and n = {n}");
        }

        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "must be above 0 and below 1");
        }
    }
}
