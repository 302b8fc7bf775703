namespace ScenarioGrid.Models.Queueing;

/// <summary>Two equal servers with a line each; every request joins the shorter line.</summary>
/// <remarks>
/// <para>Markov chain of (n, d): n requests in all, lines that differ by d. With arrivals 2 rho and service 1:</para>
/// <code>
/// arrival: d -> d - 1, or 1 from 0;   service: d -> d - 1 (longer line), d + 1 (shorter line, if not empty)
/// pi_(n+1) = pi_n R_n,   R_(n-1) = A_(n-1) (D_n - R_n B_(n+1))^-1      from the top level down
/// </code>
/// <para>A: arrivals out of a level, B: services, D: total rates. Cut at 480 requests and a difference of 40, whose
/// weight is below 1e-10 up to a load of 0.95. Source: own elimination of a level-dependent birth and death
/// process.</para>
/// </remarks>
public static class ShortestOfTwo
{
    private const int Levels = 480, Phases = 41;

    /// <summary>Mean time from arrival to end of service, in mean service times.</summary>
    /// <param name="load">Arrivals over capacity, in (0, 0.95].</param>
    /// <exception cref="ArgumentOutOfRangeException">The chain is cut too low for that load.</exception>
    public static double MeanTime(double load)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(load);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(load, 0.95);
        var steps = new double[Levels][,];
        var above = new double[Phases, Phases];
        for (var n = Levels; n > 0; n--)
        {
            var matrix = Leaving(n, load, n == Levels);
            if (n < Levels)
            {
                SubtractReturns(matrix, above, n);
            }

            steps[n - 1] = above = UpTo(n, matrix, load);
        }

        return Sum(steps) / (2 * load);
    }

    /// <summary>Mean number of requests.</summary>
    private static double Sum(double[][,] steps)
    {
        var weights = new double[Phases];
        weights[0] = 1;
        var (total, mean) = (1.0, 0.0);
        for (var n = 1; n <= Levels; n++)
        {
            var next = new double[Phases];
            var level = 0.0;
            for (var d = 0; d < Phases; d++)
            {
                for (var from = 0; from < Phases; from++)
                {
                    next[d] += weights[from] * steps[n - 1][from, d];
                }

                level += next[d];
            }

            (weights, total, mean) = (next, total + level, mean + n * level);
        }

        return mean / total;
    }

    private static double[,] Leaving(int n, double load, bool isTop)
    {
        var matrix = new double[Phases, Phases];
        for (var d = 0; d < Phases; d++)
        {
            matrix[d, d] = Exists(n, d) ? (isTop ? 0 : 2 * load) + Shorter(n, d) + Longer(n, d) : 1;
        }

        return matrix;
    }

    /// <summary>Less what climbs a level by R and comes back by a service.</summary>
    private static void SubtractReturns(double[,] matrix, double[,] climbs, int n)
    {
        for (var from = 0; from < Phases; from++)
        {
            for (var d = 0; d < Phases; d++)
            {
                if (!Exists(n + 1, d) || climbs[from, d] == 0)
                {
                    continue;
                }

                matrix[from, Math.Abs(d - 1)] -= climbs[from, d] * Longer(n + 1, d);
                matrix[from, Math.Min(d + 1, Phases - 1)] -= climbs[from, d] * Shorter(n + 1, d);
            }
        }
    }

    /// <summary>Arrivals into level n times the inverse of the matrix.</summary>
    private static double[,] UpTo(int n, double[,] matrix, double load)
    {
        var inverse = Inverse(matrix);
        var climbs = new double[Phases, Phases];
        for (var from = 0; from < Phases; from++)
        {
            if (!Exists(n - 1, from))
            {
                continue;
            }

            for (var d = 0; d < Phases; d++)
            {
                climbs[from, d] = 2 * load * inverse[Math.Abs(from - 1), d];
            }
        }

        return climbs;
    }

    /// <summary>Gauss and Jordan without pivots: the matrix is dominated by its diagonal.</summary>
    private static double[,] Inverse(double[,] matrix)
    {
        var inverse = new double[Phases, Phases];
        for (var i = 0; i < Phases; i++)
        {
            inverse[i, i] = 1;
        }

        for (var pivot = 0; pivot < Phases; pivot++)
        {
            var scale = 1 / matrix[pivot, pivot];
            for (var column = 0; column < Phases; column++)
            {
                matrix[pivot, column] *= scale;
                inverse[pivot, column] *= scale;
            }

            for (var row = 0; row < Phases; row++)
            {
                var factor = matrix[row, pivot];
                if (row == pivot || factor == 0)
                {
                    continue;
                }

                for (var column = 0; column < Phases; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                    inverse[row, column] -= factor * inverse[pivot, column];
                }
            }
        }

        return inverse;
    }

    private static bool Exists(int n, int d) => d <= n && (n - d) % 2 == 0;

    private static double Shorter(int n, int d) => d < n && d > 0 && d < Phases - 1 ? 1 : 0;

    private static double Longer(int n, int d) => n == 0 ? 0 : d == 0 ? 2 : 1;
}
