using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Bridges;

/// <summary>k-of-n signers: what a quorum needs, how likely it is stolen, how likely and how fast it signs.</summary>
public static class Quorum
{
    /// <summary>Signatures a two-thirds quorum needs: floor(2 n / 3) + 1.</summary>
    /// <remarks>Source: Wormhole, whitepaper and node code (wormhole-foundation/wormhole @640e184,
    /// CalculateQuorum).</remarks>
    public static int TwoThirds(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return (int)(2L * n / 3) + 1;
    }

    /// <summary>Chance that at least k of n signers are compromised, each with chance p and pairwise
    /// correlation.</summary>
    /// <remarks>Correlation 0: binomial; above: beta-binomial (<see cref="BetaBinomialTail"/>).</remarks>
    public static double Theft(int n, int k, double p, double correlation = 0) =>
        BetaBinomialTail.AtLeast(n, k, p, correlation);

    /// <summary>Chance that independent organisations, each holding some keys, together lose at least k keys.</summary>
    /// <param name="keys">Keys held by each organisation: lost all at once.</param>
    /// <param name="p">Chance that each organisation is compromised.</param>
    /// <param name="k">Keys needed.</param>
    public static double TheftByOrganisation(ReadOnlySpan<int> keys, ReadOnlySpan<double> p, int k) =>
        WeightedTail.AtLeast(keys, p, k);

    /// <summary>Chance that at least k of n signers are online, each with the given availability.</summary>
    public static double Liveness(int n, int k, double availability) => BinomialTail.AtLeast(n, k, availability);

    /// <summary>Mean time to the k-th of n signatures, each exponential with the given mean. Unit: that of the
    /// mean.</summary>
    /// <remarks>mean (H_n - H_(n-k)), H the harmonic numbers: order statistics of exponentials.</remarks>
    public static double SigningTime(int n, int k, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        var sum = 0.0;
        for (var i = n; i > n - k; i--)
        {
            sum += 1.0 / i;
        }

        return mean * sum;
    }
}
