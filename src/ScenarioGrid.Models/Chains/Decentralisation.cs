using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Chains;

/// <summary>How evenly block production is spread over entities. Shares may be in any unit; only their ratios
/// count.</summary>
public static class Decentralisation
{
    /// <summary>Least number of entities that together hold more than <paramref name="threshold"/> of the
    /// total.</summary>
    /// <remarks>Source: Srinivasan and Lee, "Quantifying decentralization" (2017).</remarks>
    public static int NakamotoCoefficient(ReadOnlySpan<double> shares, double threshold)
    {
        var sorted = shares.ToArray();
        Array.Sort(sorted);
        var limit = threshold * Total(shares);
        var (held, count) = (0.0, 0);
        while (count < sorted.Length && held <= limit)
        {
            held += sorted[^++count];
        }

        return count;
    }

    /// <summary>Herfindahl-Hirschman index: sum of squared shares, from 1/n to 1.</summary>
    public static double HerfindahlHirschman(ReadOnlySpan<double> shares)
    {
        var total = Total(shares);
        var sum = 0.0;
        foreach (var share in shares)
        {
            sum += share / total * (share / total);
        }

        return sum;
    }

    /// <summary>Gini coefficient: mean absolute difference over twice the mean, from 0 to 1 - 1/n.</summary>
    public static double Gini(ReadOnlySpan<double> shares)
    {
        var sum = 0.0;
        foreach (var a in shares)
        {
            foreach (var b in shares)
            {
                sum += Math.Abs(a - b);
            }
        }

        return sum / (2 * shares.Length * Total(shares));
    }

    /// <summary>Shannon entropy of the shares, in bits.</summary>
    public static double Entropy(ReadOnlySpan<double> shares)
    {
        const double Log2E = 1.4426950408889634;
        var total = Total(shares);
        var sum = 0.0;
        foreach (var share in shares)
        {
            var p = share / total;
            sum -= p > 0 ? p * LaneMath.Log(p) * Log2E : 0;
        }

        return sum;
    }

    /// <summary>Chance that corrupt entities hold at least <paramref name="threshold"/> share units.</summary>
    /// <param name="shares">Whole share units of each entity.</param>
    /// <param name="corruption">Chance that an entity is corrupt, independent, the same for all.</param>
    /// <param name="threshold">Share units, in the unit of the shares.</param>
    public static double CorruptShare(ReadOnlySpan<int> shares, double corruption, int threshold)
    {
        var probabilities = new double[shares.Length];
        probabilities.AsSpan().Fill(corruption);
        return WeightedTail.AtLeast(shares, probabilities, threshold);
    }

    private static double Total(ReadOnlySpan<double> shares)
    {
        var total = 0.0;
        foreach (var share in shares)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(share);
            total += share;
        }

        return total;
    }
}
