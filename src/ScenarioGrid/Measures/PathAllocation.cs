namespace ScenarioGrid.Measures;

/// <summary>How to spend a budget of paths over cells so that the best cell is named rightly most often.</summary>
public static class PathAllocation
{
    /// <summary>Optimal computing budget allocation for the cell with the lowest mean.</summary>
    /// <param name="means">Mean of each cell, lower is better; the lowest must be unique.</param>
    /// <param name="deviations">Standard deviation of one path in each cell, above 0.</param>
    /// <param name="total">Paths to spend.</param>
    /// <returns>Paths for each cell, not rounded; they sum to <paramref name="total"/>.</returns>
    /// <exception cref="ArgumentException">The lowest mean is shared: no budget can part equal cells.</exception>
    /// <remarks>
    /// N_i / N_j = ((s_i / d_i) / (s_j / d_j))^2 with d the distance to the best, and N_b = s_b sqrt(sum N_i^2 /
    /// s_i^2). Source: Chen, Lin, Yucesan and Chick, Discrete Event Dynamic Systems 10 (2000), theorem 1.
    /// </remarks>
    public static double[] Optimal(double[] means, double[] deviations, double total)
    {
        var best = Array.IndexOf(means, means.Min());
        var shares = new double[means.Length];
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < means.Length; i++)
        {
            if (i == best)
            {
                continue;
            }

            var distance = means[i] - means[best];
            if (distance <= 0)
            {
                throw new ArgumentException($"cells {best} and {i} have the same lowest mean", nameof(means));
            }

            shares[i] = deviations[i] / distance * (deviations[i] / distance);
            sum += shares[i];
            squares += shares[i] / deviations[i] * (shares[i] / deviations[i]);
        }

        shares[best] = means.Length == 1 ? 1 : deviations[best] * Math.Sqrt(squares);
        sum += shares[best];
        return [.. shares.Select(s => s / sum * total)];
    }
}
