namespace ScenarioGrid.Frontiers;

/// <summary>Which way an objective is better.</summary>
public enum Direction
{
    /// <summary>Lower is better.</summary>
    Minimise,

    /// <summary>Higher is better.</summary>
    Maximise,
}

/// <summary>One objective of a campaign.</summary>
/// <param name="Axis">What it stands for: robustness, scalability, efficiency, or a word of the campaign's own.</param>
/// <param name="Measure">The measure and statistic behind it, such as <c>vaults.badDebt.es99</c>.</param>
/// <param name="Direction">Which way it is better.</param>
public sealed record Objective(string Axis, string Measure, Direction Direction);

/// <summary>Objective values as a frontier sees them: a row per cell, a column per objective, lower is
/// better.</summary>
internal static class Rows
{
    /// <summary>Copies the rows with maximised columns negated.</summary>
    /// <exception cref="ArgumentException">A row has another length, or a value is not a number.</exception>
    public static double[][] Minimised(IReadOnlyList<double[]> points, IReadOnlyList<Direction> directions)
    {
        var rows = new double[points.Count][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Minimised(points[i], directions, i);
        }

        return rows;
    }

    /// <summary>Copies one row with maximised columns negated.</summary>
    public static double[] Minimised(double[] point, IReadOnlyList<Direction> directions, int number)
    {
        if (point.Length != directions.Count)
        {
            throw new ArgumentException(
                $"row {number} has {point.Length} values for {directions.Count} objectives", nameof(point));
        }

        var row = new double[point.Length];
        for (var j = 0; j < row.Length; j++)
        {
            // Adding 0 turns -0 into 0, so that equal values compare equal in every sort.
            row[j] = (directions[j] == Direction.Minimise ? point[j] : -point[j]) + 0.0;
            if (double.IsNaN(row[j]))
            {
                throw new ArgumentException($"row {number}, objective {j} is not a number", nameof(point));
            }
        }

        return row;
    }

    /// <summary>Compares two rows column by column.</summary>
    public static int Compare(double[] a, double[] b)
    {
        for (var j = 0; j < a.Length; j++)
        {
            if (a[j] != b[j])
            {
                return a[j] < b[j] ? -1 : 1;
            }
        }

        return 0;
    }

    /// <summary>Row numbers in lexicographic order of the rows, equal rows by number.</summary>
    public static int[] Order(double[][] rows)
    {
        var order = new int[rows.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => Compare(rows[a], rows[b]) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    /// <summary>Rows mapped so that the best value of each column is 0 and the worst 1; a column without range is
    /// 0.</summary>
    /// <remarks>An infinite value counts as 1 if it is bad and 0 if it is good, and does not stretch the
    /// range.</remarks>
    public static double[][] Normalised(double[][] rows)
    {
        var normal = rows.Select(r => new double[r.Length]).ToArray();
        for (var j = 0; rows.Length > 0 && j < rows[0].Length; j++)
        {
            var (best, worst) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var row in rows.Where(r => double.IsFinite(r[j])))
            {
                best = Math.Min(best, row[j]);
                worst = Math.Max(worst, row[j]);
            }

            for (var i = 0; i < rows.Length; i++)
            {
                var value = rows[i][j];
                normal[i][j] = double.IsInfinity(value) ? (value > 0 ? 1 : 0)
                    : worst > best ? (value - best) / (worst - best) : 0;
            }
        }

        return normal;
    }
}
