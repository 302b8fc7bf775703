namespace ScenarioGrid.Frontiers;

/// <summary>The volume that a set of points dominates up to a reference point: one number for the quality of a
/// frontier.</summary>
/// <remarks>
/// Exact. Two objectives by one sweep, three by sweeping slices of the third over the two-dimensional staircase,
/// more by the exclusive volumes of While, Bradstreet and Barone, "A fast way of calculating exact hypervolumes"
/// (IEEE TEC 16, 2012). A point that is not better than the reference on every objective contributes nothing.
/// </remarks>
public static class Hypervolume
{
    /// <summary>Largest number of objectives.</summary>
    public const int ObjectivesMax = 6;

    /// <summary>Volume dominated by the points, in the product of the units of the objectives.</summary>
    /// <param name="points">One row per point.</param>
    /// <param name="reference">The point up to which volume counts, worse than any of interest; finite.</param>
    /// <param name="directions">Direction of each objective, 1 to 6 of them.</param>
    public static double Of(
        IReadOnlyList<double[]> points, double[] reference, IReadOnlyList<Direction> directions)
    {
        var (rows, corner) = Prepare(points, reference, directions);
        return Volume(rows, corner);
    }

    /// <summary>What the volume loses when one point is taken away, for each point.</summary>
    /// <param name="points">One row per point.</param>
    /// <param name="reference">The point up to which volume counts.</param>
    /// <param name="directions">Direction of each objective.</param>
    /// <param name="ignoreDominated">Take dominated points away first: then they cannot stand in for a lost
    /// point.</param>
    public static double[] Contributions(
        IReadOnlyList<double[]> points, double[] reference, IReadOnlyList<Direction> directions,
        bool ignoreDominated = false)
    {
        var (rows, corner) = Prepare(points, reference, directions);
        var counted = ignoreDominated
            ? Dominance.NonDominated(rows, keepDuplicates: true)
            : Enumerable.Repeat(true, rows.Length).ToArray();
        var present = Enumerable.Range(0, rows.Length).Where(i => counted[i]).ToArray();
        var all = Volume([.. present.Select(i => rows[i])], corner);
        var contributions = new double[rows.Length];
        foreach (var i in present)
        {
            contributions[i] = all - Volume([.. present.Where(k => k != i).Select(k => rows[k])], corner);
        }

        return contributions;
    }

    private static (double[][] Rows, double[] Corner) Prepare(
        IReadOnlyList<double[]> points, double[] reference, IReadOnlyList<Direction> directions)
    {
        if (directions.Count is < 1 or > ObjectivesMax || !Array.TrueForAll(reference, double.IsFinite))
        {
            throw new ArgumentException(
                $"a hypervolume needs 1 to {ObjectivesMax} objectives and a finite reference", nameof(reference));
        }

        return (Rows.Minimised(points, directions), Rows.Minimised(reference, directions, -1));
    }

    private static double Volume(double[][] rows, double[] corner)
    {
        var inside = Array.FindAll(rows, r => Inside(r, corner));
        var kept = Dominance.NonDominated(inside, keepDuplicates: false);
        return Exact([.. inside.Where((_, i) => kept[i])], corner);
    }

    private static bool Inside(double[] row, double[] corner)
    {
        for (var j = 0; j < row.Length; j++)
        {
            if (!(row[j] < corner[j]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Volume of rows that do not dominate each other and lie inside the corner.</summary>
    private static double Exact(double[][] rows, double[] corner) => (rows.Length, corner.Length) switch
    {
        (0, _) => 0,
        (1, _) => Box(rows[0], corner),
        (_, 1) => corner[0] - rows.Min(r => r[0]),
        (_, 2) => Plane(rows, corner),
        (_, 3) => Space(rows, corner),
        _ => Exclusive(rows, corner),
    };

    private static double Box(double[] row, double[] corner)
    {
        var volume = 1.0;
        for (var j = 0; j < row.Length; j++)
        {
            volume *= corner[j] - row[j];
        }

        return volume;
    }

    private static double Plane(double[][] rows, double[] corner)
    {
        var (area, height) = (0.0, corner[1]);
        foreach (var i in Rows.Order(rows))
        {
            var row = rows[i];
            if (row[1] < height)
            {
                area += (corner[0] - row[0]) * (height - row[1]);
                height = row[1];
            }
        }

        return area;
    }

    /// <summary>Adds slices from the best third value to the corner; the area of each is that of the rows above
    /// it.</summary>
    private static double Space(double[][] rows, double[] corner)
    {
        var order = Enumerable.Range(0, rows.Length).ToArray();
        Array.Sort(order, (a, b) => rows[a][2] != rows[b][2]
            ? rows[a][2].CompareTo(rows[b][2]) : Rows.Compare(rows[a], rows[b]));
        var stairs = new List<(double X, double Y)>();
        var (volume, area) = (0.0, 0.0);
        for (var i = 0; i < order.Length; i++)
        {
            var row = rows[order[i]];
            area += Cover(stairs, row[0], row[1], corner);
            var next = i + 1 < order.Length ? rows[order[i + 1]][2] : corner[2];
            volume += area * (next - row[2]);
        }

        return volume;
    }

    /// <summary>Adds a step to the staircase (x up, y down) and returns the area that this adds.</summary>
    private static double Cover(List<(double X, double Y)> stairs, double x, double y, double[] corner)
    {
        var at = 0;
        for (var end = stairs.Count; at < end;)
        {
            var middle = at + (end - at) / 2;
            (at, end) = stairs[middle].X <= x ? (middle + 1, end) : (at, middle);
        }

        if (at > 0 && stairs[at - 1].Y <= y)
        {
            return 0;
        }

        // Walk the steps to the right that the new one covers; each gives the strip between its neighbour and its
        // height.
        var from = at > 0 && stairs[at - 1].X == x ? at - 1 : at;
        var (added, left, height) = (0.0, x, at > 0 ? stairs[at - 1].Y : corner[1]);
        var to = at;
        for (; to < stairs.Count && height > y; to++)
        {
            var step = stairs[to];
            added += (step.X - left) * (height - y);
            (left, height) = (step.X, step.Y);
            if (step.Y < y)
            {
                break;
            }
        }

        if (height > y)
        {
            added += (corner[0] - left) * (height - y);
        }

        stairs.RemoveRange(from, to - from);
        stairs.Insert(from, (x, y));
        return added;
    }

    private static double Exclusive(double[][] rows, double[] corner)
    {
        // Worst last objective first makes the limited sets small.
        var order = Rows.Order([.. rows.Select(r => Enumerable.Reverse(r).ToArray())]);
        var volume = 0.0;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var row = rows[order[i]];
            var limited = new double[i][];
            for (var k = 0; k < i; k++)
            {
                var other = rows[order[k]];
                limited[k] = new double[row.Length];
                for (var j = 0; j < row.Length; j++)
                {
                    limited[k][j] = Math.Max(row[j], other[j]);
                }
            }

            volume += Box(row, corner) - Volume(limited, corner);
        }

        return volume;
    }
}
