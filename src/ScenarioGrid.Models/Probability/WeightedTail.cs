namespace ScenarioGrid.Models.Probability;

/// <summary>Chance that independent events of unequal probability, each with a whole weight, together reach a
/// threshold.</summary>
/// <remarks>
/// Dynamic programming over the sum of weights, one event at a time; only additions and products of probabilities, so
/// small
/// tails keep their digits. With all weights 1 it is the Poisson-binomial tail. Cost: events x threshold.
/// </remarks>
public static class WeightedTail
{
    /// <summary>P(sum of the weights of the events that happen &gt;= threshold).</summary>
    /// <param name="weights">Weight of each event, at least 0.</param>
    /// <param name="probabilities">Probability of each event, in [0, 1], as many as weights.</param>
    /// <param name="threshold">Any whole number; up to 0 the answer is 1.</param>
    public static double AtLeast(ReadOnlySpan<int> weights, ReadOnlySpan<double> probabilities, int threshold)
    {
        if (weights.Length != probabilities.Length)
        {
            throw new ArgumentException($"{weights.Length} weights but {probabilities.Length} probabilities");
        }

        if (threshold <= 0)
        {
            return 1;
        }

        // below[s] = P(sum so far = s) for s under the threshold; what crosses it stays across.
        var below = new double[threshold];
        below[0] = 1;
        var reached = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            reached += Add(below, weights[i], probabilities[i]);
        }

        return reached;
    }

    /// <summary>P(at least k of the independent events happen): the Poisson-binomial tail.</summary>
    public static double AtLeast(ReadOnlySpan<double> probabilities, int k)
    {
        var ones = new int[probabilities.Length];
        ones.AsSpan().Fill(1);
        return AtLeast(ones, probabilities, k);
    }

    /// <summary>Adds one event to the distribution; returns the probability that it crosses the threshold.</summary>
    private static double Add(double[] below, int weight, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "must be between 0 and 1");
        }

        if (weight == 0)
        {
            return 0;
        }

        var crossed = 0.0;
        for (var s = below.Length - 1; s >= 0; s--)
        {
            var moved = below[s] * probability;
            below[s] *= 1 - probability;
            if (s + weight < below.Length)
            {
                below[s + weight] += moved;
            }
            else
            {
                crossed += moved;
            }
        }

        return crossed;
    }
}
