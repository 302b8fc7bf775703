namespace ScenarioGrid.Frontiers;

/// <summary>Which points no other point dominates.</summary>
/// <remarks>
/// A point dominates another when it is at least as good on every objective and better on at least one. In the
/// lexicographic order only an earlier point can dominate a later one, so one sweep suffices: with a running minimum
/// for two objectives and a prefix-minimum tree over the second for three (Kung, Luccio and Preparata, JACM 22, 1975).
/// For more, a tree of bounding boxes finds a dominating point if there is one.
/// </remarks>
public static class Dominance
{
    /// <summary>Marks the points that no other point dominates.</summary>
    /// <param name="points">One row per point, one column per objective.</param>
    /// <param name="directions">Direction of each objective.</param>
    /// <param name="keepDuplicates">Keep every copy of a non-dominated point; else only the first.</param>
    /// <returns>One flag per point, in the order of the points.</returns>
    /// <exception cref="ArgumentException">A row has another length, or a value is not a number.</exception>
    public static bool[] NonDominated(
        IReadOnlyList<double[]> points, IReadOnlyList<Direction> directions, bool keepDuplicates = true) =>
        NonDominated(Rows.Minimised(points, directions), keepDuplicates);

    /// <summary>True when the first point is at least as good on every objective and better on one.</summary>
    public static bool Dominates(double[] first, double[] second, IReadOnlyList<Direction> directions) =>
        Dominates(Rows.Minimised(first, directions, 0), Rows.Minimised(second, directions, 1));

    /// <summary>The same for rows in which lower is better.</summary>
    internal static bool[] NonDominated(double[][] rows, bool keepDuplicates)
    {
        var kept = new bool[rows.Length];
        if (rows.Length == 0)
        {
            return kept;
        }

        ISweep sweep = rows[0].Length switch
        {
            <= 2 => new PlaneSweep(),
            3 => new SpaceSweep(rows),
            _ => new TreeSweep(rows),
        };
        var order = Rows.Order(rows);
        for (var i = 0; i < order.Length;)
        {
            // Equal rows stand together; they do not dominate each other, so one answer holds for all of them.
            var row = rows[order[i]];
            var free = !sweep.Dominated(row);
            if (free)
            {
                sweep.Add(row);
            }

            var group = i;
            for (; i < order.Length && Rows.Compare(rows[order[i]], row) == 0; i++)
            {
                kept[order[i]] = free && (keepDuplicates || i == group);
            }
        }

        return kept;
    }

    internal static bool Dominates(double[] a, double[] b)
    {
        var better = false;
        for (var j = 0; j < a.Length; j++)
        {
            if (a[j] > b[j])
            {
                return false;
            }

            better |= a[j] < b[j];
        }

        return better;
    }

    /// <summary>What the distinct rows passed so far dominate.</summary>
    private interface ISweep
    {
        bool Dominated(double[] row);

        void Add(double[] row);
    }

    /// <summary>One or two objectives: an earlier row dominates when its last value is not above.</summary>
    private sealed class PlaneSweep : ISweep
    {
        private double _least;
        private bool _any;

        public bool Dominated(double[] row) => _any && _least <= row[^1] || _any && row.Length == 1;

        public void Add(double[] row) => (_least, _any) = (_any ? Math.Min(_least, row[^1]) : row[^1], true);
    }

    /// <summary>Three objectives: the least third value among rows whose second is not above, by a Fenwick
    /// tree.</summary>
    private sealed class SpaceSweep : ISweep
    {
        private readonly double[] _seconds;
        private readonly double[] _least;
        private readonly bool[] _any;

        public SpaceSweep(double[][] rows)
        {
            _seconds = [.. rows.Select(r => r[1]).Distinct().Order()];
            _least = new double[_seconds.Length + 1];
            _any = new bool[_seconds.Length + 1];
        }

        public bool Dominated(double[] row)
        {
            for (var i = Array.BinarySearch(_seconds, row[1]) + 1; i > 0; i -= i & -i)
            {
                if (_any[i] && _least[i] <= row[2])
                {
                    return true;
                }
            }

            return false;
        }

        public void Add(double[] row)
        {
            for (var i = Array.BinarySearch(_seconds, row[1]) + 1; i < _least.Length; i += i & -i)
            {
                (_least[i], _any[i]) = (_any[i] ? Math.Min(_least[i], row[2]) : row[2], true);
            }
        }
    }

    /// <summary>Four objectives and more: a search for any row in the box below, by a tree of bounding boxes.</summary>
    private sealed class TreeSweep(double[][] rows) : ISweep
    {
        private readonly BoxTree _tree = new(rows);

        public bool Dominated(double[] row) => Dominated(row, 0);

        // Dominance is transitive, so that a row which is itself dominated is as good a witness as any.
        public void Add(double[] row)
        {
        }

        private bool Dominated(double[] row, int node)
        {
            ref readonly var box = ref _tree.Nodes[node];
            for (var j = 0; j < row.Length; j++)
            {
                if (box.Least[j] > row[j])
                {
                    return false;
                }
            }

            if (box.Left != 0)
            {
                return Dominated(row, box.Left) || Dominated(row, box.Right);
            }

            for (var i = box.Begin; i < box.End; i++)
            {
                if (Dominates(rows[_tree.Cells[i]], row))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
