using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Frontiers;

/// <summary>Scores that put cells in one order when someone states weights.</summary>
public static class Ranking
{
    /// <summary>Closeness to the ideal, 0 to 1, higher is better.</summary>
    /// <param name="rows">One row per cell; no column may be all 0.</param>
    /// <param name="weights">One weight per column, at least 0.</param>
    /// <param name="directions">Direction of each column.</param>
    /// <remarks>Source: Hwang and Yoon, "Multiple Attribute Decision Making" (1981), TOPSIS with vector
    /// norms.</remarks>
    public static double[] Topsis(
        IReadOnlyList<double[]> rows, double[] weights, IReadOnlyList<Direction> directions)
    {
        var scaled = Rows.Minimised(rows, directions);
        var (best, worst) = (new double[weights.Length], new double[weights.Length]);
        for (var j = 0; j < weights.Length; j++)
        {
            var norm = Math.Sqrt(Sum(scaled, r => r[j] * r[j]));
            foreach (var row in scaled)
            {
                row[j] *= norm > 0 ? weights[j] / norm : 0;
            }

            best[j] = scaled.Min(r => r[j]);
            worst[j] = scaled.Max(r => r[j]);
        }

        return
        [
            .. scaled.Select(row =>
            {
                var (toBest, toWorst) = (Distance(row, best), Distance(row, worst));
                return toBest + toWorst > 0 ? toWorst / (toBest + toWorst) : 1;
            }),
        ];
    }

    /// <summary>Largest regret of each choice over the scenarios, and the choice with the least (lowest number on
    /// ties).</summary>
    /// <param name="losses">One row per choice, one column per scenario; lower is better.</param>
    /// <remarks>Source: Savage, "The theory of statistical decision", JASA 46 (1951).</remarks>
    public static (double[] Regrets, int Choice) MinimaxRegret(IReadOnlyList<double[]> losses)
    {
        var least = Enumerable.Range(0, losses[0].Length).Select(j => losses.Min(r => r[j])).ToArray();
        var regrets = losses.Select(r => r.Select((loss, j) => loss - least[j]).Max()).ToArray();
        return (regrets, Array.IndexOf(regrets, regrets.Min()));
    }

    /// <summary>Weighted arithmetic mean of desirabilities; weights are divided by their sum.</summary>
    public static double Arithmetic(double[] values, double[] weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var j = 0; j < values.Length; j++)
        {
            sum += weights[j] * values[j];
            total += weights[j];
        }

        return sum / total;
    }

    /// <summary>Weighted geometric mean of desirabilities in [0, 1]: one 0 makes the whole 0.</summary>
    public static double Geometric(double[] values, double[] weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var j = 0; j < values.Length; j++)
        {
            if (values[j] <= 0 && weights[j] > 0)
            {
                return 0;
            }

            sum += weights[j] > 0 ? weights[j] * LaneMath.Log(values[j]) : 0;
            total += weights[j];
        }

        return LaneMath.Exp(sum / total);
    }

    /// <summary>Desirability of a value between what is unacceptable (0) and what is aimed at (1).</summary>
    /// <param name="value">The value.</param>
    /// <param name="limit">Value of desirability 0; above the target where lower is better.</param>
    /// <param name="target">Value of desirability 1.</param>
    /// <param name="shape">Exponent, above 0; 1 is a straight line.</param>
    /// <remarks>Source: Derringer and Suich, Journal of Quality Technology 12 (1980).</remarks>
    public static double Derringer(double value, double limit, double target, double shape)
    {
        var share = (value - limit) / (target - limit);
        return share <= 0 ? 0 : share >= 1 ? 1 : LaneMath.Pow(share, shape);
    }

    private static double Sum(double[][] rows, Func<double[], double> term)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += term(row);
        }

        return sum;
    }

    private static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }

        return Math.Sqrt(sum);
    }
}
