namespace ScenarioGrid.Measures;

/// <summary>Confidence bounds of a probability from hits in independent trials.</summary>
public static class Proportion
{
    /// <summary>Two-sided exact interval: it covers the truth at least as often as stated.</summary>
    /// <param name="hits">Trials with the event, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Independent trials, at least 1.</param>
    /// <param name="confidence">Coverage, in (0, 1).</param>
    /// <remarks>Source: Clopper and Pearson, Biometrika 26 (1934), in its beta form.</remarks>
    public static (double Low, double High) ClopperPearson(long hits, long trials, double confidence)
    {
        var tail = (1 - confidence) / 2;
        return (Lower(hits, trials, tail), Upper(hits, trials, tail));
    }

    /// <summary>One-sided exact upper bound: the probability is below it with the given confidence.</summary>
    /// <inheritdoc cref="ClopperPearson"/>
    public static double UpperBound(long hits, long trials, double confidence) => Upper(hits, trials, 1 - confidence);

    /// <summary>One-sided exact lower bound: the probability is above it with the given confidence.</summary>
    /// <inheritdoc cref="ClopperPearson"/>
    public static double LowerBound(long hits, long trials, double confidence) => Lower(hits, trials, 1 - confidence);

    /// <summary>Wilson's score interval at 95 %: shorter than the exact one, for display and never for a
    /// threshold.</summary>
    /// <remarks>Source: Wilson, JASA 22 (1927).</remarks>
    /// <inheritdoc cref="ClopperPearson"/>
    public static (double Low, double High) Wilson(long hits, long trials)
    {
        Check(hits, trials);
        var (n, p) = ((double)trials, (double)hits / trials);
        var z2 = Estimate.Z * Estimate.Z;
        var centre = p + z2 / (2 * n);
        var half = Estimate.Z * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return (hits == 0 ? 0 : (centre - half) / (1 + z2 / n), hits == trials ? 1 : (centre + half) / (1 + z2 / n));
    }

    private static double Lower(long hits, long trials, double tail)
    {
        Check(hits, trials);
        return hits == 0 ? 0 : Distributions.BetaInverse(tail, hits, trials - hits + 1);
    }

    // The upper bound is the mirrored lower bound, so that a small tail is never taken from 1.
    private static double Upper(long hits, long trials, double tail)
    {
        Check(hits, trials);
        return hits == trials ? 1 : 1 - Distributions.BetaInverse(tail, trials - hits, hits + 1);
    }

    private static void Check(long hits, long trials)
    {
        if (trials < 1 || hits < 0 || hits > trials)
        {
            throw new ArgumentOutOfRangeException(nameof(hits), $"{hits} hits of {trials} trials are impossible");
        }
    }
}
