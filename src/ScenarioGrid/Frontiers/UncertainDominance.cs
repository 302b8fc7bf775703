namespace ScenarioGrid.Frontiers;

/// <summary>The frontier of measured cells: a cell leaves it only for a difference that noise does not
/// explain.</summary>
/// <remarks>
/// <para>Lower is better here. With the tolerance e_i(a, b) = 2 s.e. of f_i(a) - f_i(b), cell b beats cell a
/// when</para>
/// <code>
/// f_i(b) &lt;= f_i(a) + e_i(a, b)     for every objective i, and
/// f_j(b) &lt;  f_j(a) - e_j(a, b)     for at least one objective j
/// </code>
/// <para>
/// Cells that are equal within noise on every objective do not beat each other. The relation can run in circles: each
/// of three cells may gain on one objective beyond noise and lose on two within it. So a cell is removed only by a
/// cell that is itself kept and that stands earlier in one fixed order: the sum of the objectives without noise (each
/// over its range), then the sum of the noisy ones (each over its typical standard error), then the cell number. The
/// first cell of that order is always kept, no circle loses all its members, and every removed cell has a kept cell
/// that beats it. For one or two noisy objectives of even noise the beating cell always stands earlier, so the order
/// hides nothing; with more, a cell is kept in doubt. Without noise the result is the plain non-dominated set.
/// </para>
/// <para>
/// Errors of different cells are taken as independent, sqrt(s_a^2 + s_b^2), unless the caller knows the error of the
/// paired difference. Cells with common random numbers have a smaller one, so independence only keeps more cells.
/// A tree of bounding boxes finds the beating cell, so that 100,000 cells do not take n^2 comparisons.
/// </para>
/// </remarks>
public static class UncertainDominance
{
    /// <summary>Tolerance in standard errors of the difference.</summary>
    public const double ToleranceErrors = 2;

    /// <summary>Marks the cells that no other cell beats beyond noise.</summary>
    /// <param name="values">One row per cell, one column per objective.</param>
    /// <param name="errors">Standard errors, same shape, at least 0; infinite where nothing is known.</param>
    /// <param name="directions">Direction of each objective.</param>
    /// <param name="pairedError">
    /// Standard error of the difference of (cell, cell, objective), when known; at most the sum of the two errors.
    /// </param>
    /// <exception cref="ArgumentException">A shape differs, a value is not a number, or an error is
    /// negative.</exception>
    public static bool[] NonDominated(
        IReadOnlyList<double[]> values,
        IReadOnlyList<double[]> errors,
        IReadOnlyList<Direction> directions,
        Func<int, int, int, double>? pairedError = null)
    {
        var rows = Rows.Minimised(values, directions);
        if (errors.Count != rows.Length || errors.Any(e => e.Length != directions.Count || !e.All(v => v >= 0)))
        {
            throw new ArgumentException("every value needs a standard error of at least 0", nameof(errors));
        }

        var order = Order(rows, errors);
        var position = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            position[order[i]] = i;
        }

        var search = new Search(rows, errors, position, pairedError);
        foreach (var cell in order)
        {
            search.Kept[cell] = !search.Beaten(cell);
        }

        return search.Kept;
    }

    private static int[] Order(double[][] rows, IReadOnlyList<double[]> errors)
    {
        var (exact, noisy) = (new double[rows.Length], new double[rows.Length]);
        var normal = Rows.Normalised(rows);
        for (var j = 0; rows.Length > 0 && j < rows[0].Length; j++)
        {
            var squares = 0.0;
            foreach (var error in errors)
            {
                squares += double.IsFinite(error[j]) ? error[j] * error[j] : 0;
            }

            var scale = Math.Sqrt(squares / rows.Length);
            for (var i = 0; i < rows.Length; i++)
            {
                exact[i] += scale > 0 ? 0 : normal[i][j];
                noisy[i] += scale > 0 ? Math.Clamp(rows[i][j] / scale, -1e300, 1e300) : 0;
            }
        }

        var order = Enumerable.Range(0, rows.Length).ToArray();
        Array.Sort(order, (a, b) => exact[a] != exact[b] ? exact[a].CompareTo(exact[b])
            : noisy[a] != noisy[b] ? noisy[a].CompareTo(noisy[b])
            : Rows.Compare(rows[a], rows[b]) is var c && c != 0 ? c : a.CompareTo(b));
        return order;
    }

    private sealed class Search(
        double[][] rows, IReadOnlyList<double[]> errors, int[] position, Func<int, int, int, double>? paired)
    {
        private readonly BoxTree _tree = new(rows, errors, position);

        public bool[] Kept { get; } = new bool[rows.Length];

        public bool Beaten(int cell) => rows.Length > 0 && Beaten(cell, 0);

        private bool Beaten(int cell, int node)
        {
            ref readonly var box = ref _tree.Nodes[node];
            if (box.FirstPosition >= position[cell] || !MayBeat(box, cell))
            {
                return false;
            }

            if (box.Left != 0)
            {
                return Beaten(cell, box.Left) || Beaten(cell, box.Right);
            }

            for (var i = box.Begin; i < box.End; i++)
            {
                var other = _tree.Cells[i];
                if (Kept[other] && position[other] < position[cell] && Beats(other, cell))
                {
                    return true;
                }
            }

            return false;
        }

        private bool Beats(int b, int a)
        {
            var better = false;
            for (var j = 0; j < rows[a].Length; j++)
            {
                var tolerance = ToleranceErrors
                    * (paired is null ? Independent(errors[a][j], errors[b][j]) : paired(a, b, j));
                if (!(rows[b][j] <= rows[a][j] + tolerance))
                {
                    return false;
                }

                better |= rows[b][j] < rows[a][j] - tolerance;
            }

            return better;
        }

        /// <summary>False only if no cell in the box can beat the cell.</summary>
        private bool MayBeat(in BoxTree.Node box, int cell)
        {
            var better = false;
            for (var j = 0; j < rows[cell].Length; j++)
            {
                var error = errors[cell][j];
                var most = paired is null ? Independent(error, box.ErrorMax[j]) : error + box.ErrorMax[j];
                var least = paired is null ? Independent(error, box.ErrorMin[j]) : 0;
                if (box.Least[j] > rows[cell][j] + ToleranceErrors * most)
                {
                    return false;
                }

                better |= box.Least[j] < rows[cell][j] - ToleranceErrors * least;
            }

            return better;
        }

        private static double Independent(double a, double b) => Math.Sqrt(a * a + b * b);
    }
}
