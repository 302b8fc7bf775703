using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Frontiers;

/// <summary>How sure the frontier and a ranking are, given noise of the estimates and freedom of the weights.</summary>
/// <remarks>
/// Draws are functions of (seed, cell, objective, draw) by Philox, so the answer depends on nothing else. Estimates are
/// resampled as independent normals; cells that share their shocks differ less than that, so memberships err to the
/// cautious side.
/// </remarks>
public static class Membership
{
    private const uint NormalDraws = 1, WeightDraws = 2;

    /// <summary>Share of resampled worlds in which each cell is on the frontier, 0 to 1.</summary>
    /// <param name="cells">Objective estimates of each cell; a cell with an infinite standard error stays at its
    /// value.</param>
    /// <param name="directions">Direction of each objective.</param>
    /// <param name="draws">Number of worlds, at least 1; the error of a share is below 0.5 / sqrt(draws).</param>
    /// <param name="seed">Seed of the campaign.</param>
    public static double[] Probabilities(
        IReadOnlyList<Estimate[]> cells, IReadOnlyList<Direction> directions, int draws, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var key = PhiloxKey.Of(seed, "frontier-membership");
        var counts = new int[cells.Count];
        var world = cells.Select(c => new double[c.Length]).ToArray();
        for (var draw = 0; draw < draws; draw++)
        {
            for (var i = 0; i < world.Length; i++)
            {
                for (var j = 0; j < world[i].Length; j++)
                {
                    var estimate = cells[i][j];
                    var noise = estimate.StandardError is > 0 and < double.PositiveInfinity
                        ? estimate.StandardError * LaneMath.NormalInverse(Uniform(i, j, draw, NormalDraws, key))
                        : 0;
                    world[i][j] = estimate.Value + noise;
                }
            }

            var kept = Dominance.NonDominated(world, directions);
            for (var i = 0; i < kept.Length; i++)
            {
                counts[i] += kept[i] ? 1 : 0;
            }
        }

        return [.. counts.Select(c => (double)c / draws)];
    }

    /// <summary>How much the order of cells depends on the weights of the objectives.</summary>
    /// <param name="values">One row per cell, one column per objective.</param>
    /// <param name="directions">Direction of each objective.</param>
    /// <param name="draws">Number of weight vectors, drawn evenly over all that sum to 1 (Dirichlet with ones).</param>
    /// <param name="seed">Seed of the campaign.</param>
    /// <returns>
    /// Mean Kendall tau-a between the order under equal weights and under drawn ones (1: weights do not matter), and
    /// the share of draws in which each cell comes first. Scores are weighted sums of objectives normalised to [0, 1].
    /// </returns>
    public static (double KendallTau, double[] FirstShare) RankStability(
        IReadOnlyList<double[]> values, IReadOnlyList<Direction> directions, int draws, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var key = PhiloxKey.Of(seed, "frontier-weights");
        var rows = Rows.Normalised(Rows.Minimised(values, directions));
        var weights = new double[directions.Count];
        Array.Fill(weights, 1.0);
        var equal = Scores(rows, weights);
        var (sum, first) = (0.0, new double[rows.Length]);
        for (var draw = 0; draw < draws; draw++)
        {
            for (var j = 0; j < weights.Length; j++)
            {
                // Exponentials divided by their sum are even over the simplex; a common factor changes no order.
                weights[j] = -LaneMath.Log(Uniform(0, j, draw, WeightDraws, key));
            }

            var scores = Scores(rows, weights);
            sum += KendallTau(equal, scores);
            first[Array.IndexOf(scores, scores.Min())]++;
        }

        return (sum / draws, [.. first.Select(f => f / draws)]);
    }

    /// <summary>Kendall's tau-a: concordant minus discordant pairs over all pairs; 1 below two items.</summary>
    /// <remarks>O(n^2) pairs are few for frontiers; a tie in either order counts as neither.</remarks>
    internal static double KendallTau(double[] a, double[] b)
    {
        long balance = 0;
        for (var i = 1; i < a.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                balance += a[i].CompareTo(a[k]) * b[i].CompareTo(b[k]);
            }
        }

        return a.Length < 2 ? 1 : balance / (0.5 * a.Length * (a.Length - 1));
    }

    private static double[] Scores(double[][] rows, double[] weights)
    {
        var scores = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < weights.Length; j++)
            {
                scores[i] += weights[j] * rows[i][j];
            }
        }

        return scores;
    }

    /// <summary>A uniform in (0, 1) on the grid (k + 1/2) 2^-52.</summary>
    private static double Uniform(int cell, int objective, int draw, uint purpose, PhiloxKey key)
    {
        var words = Philox.Words(((uint)cell, (uint)objective, (uint)draw, purpose), (key.K0, key.K1));
        return ((((ulong)words.W0 << 20) | (words.W1 >> 12)) + 0.5) * 2.220446049250313e-16;
    }
}
