namespace ScenarioGrid.Frontiers;

/// <summary>What one swept parameter does to one objective.</summary>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Share">Share of the variance over the cells that the parameter explains by itself, 0 to 1.</param>
/// <param name="TotalShare">The same with all its interactions; not-a-number for a sampled design.</param>
/// <param name="Levels">Mean objective per level (or per bin, at the mean setting of the bin), ascending.</param>
public sealed record AxisEffect(
    string Parameter, double Share, double TotalShare, IReadOnlyList<(double Setting, double Mean)> Levels);

/// <summary>What two parameters do together beyond what each does by itself.</summary>
public sealed record Interaction(string First, string Second, double Share);

/// <summary>How the variance of an objective over the cells divides among the swept parameters.</summary>
/// <remarks>
/// <para>On a full grid, exactly (functional analysis of variance with equal weight per cell), with V the
/// variance:</para>
/// <code>
/// first order  S_i  = Var(mean given x_i) / V
/// pair         S_ij = Var(mean given x_i, x_j - mean given x_i - mean given x_j + mean) / V
/// total        T_i  = 1 - Var(mean given all but x_i) / V
/// </code>
/// <para>
/// On a sampled design (Sobol, Latin hypercube) the settings are cut into bins of equal count and the first order is
/// estimated from the means of the bins, less what noise of the bins alone would give (omega squared); pairs and totals
/// are not estimated. <see cref="IsExact"/> tells which it is. Sources: Sobol (1993); Saltelli et al., "Global
/// Sensitivity Analysis: The Primer" (2008), 1.2 and 4.
/// </para>
/// </remarks>
/// <param name="IsExact">True for a full grid, false for a binned estimate.</param>
/// <param name="Mean">Mean of the objective over the cells.</param>
/// <param name="Variance">Variance over the cells (divisor n).</param>
/// <param name="Axes">One effect per parameter.</param>
/// <param name="Interactions">One per pair of parameters on a full grid; empty for a sampled design.</param>
public sealed record Sensitivity(
    bool IsExact, double Mean, double Variance,
    IReadOnlyList<AxisEffect> Axes, IReadOnlyList<Interaction> Interactions)
{
    private const int BinsMax = 32;

    /// <summary>Divides the variance of one objective.</summary>
    /// <param name="settings">One row per cell, one column per parameter.</param>
    /// <param name="values">The objective in each cell; finite.</param>
    /// <param name="parameters">Names of the parameters.</param>
    /// <exception cref="ArgumentException">Shapes differ, there is no cell, or a value is not finite.</exception>
    public static Sensitivity Of(
        IReadOnlyList<double[]> settings, IReadOnlyList<double> values, IReadOnlyList<string> parameters)
    {
        if (settings.Count == 0 || settings.Count != values.Count
            || settings.Any(s => s.Length != parameters.Count) || values.Any(v => !double.IsFinite(v)))
        {
            throw new ArgumentException(
                "every cell needs one setting per parameter and a finite value", nameof(values));
        }

        var mean = values.Aggregate(0.0, (sum, v) => sum + v) / values.Count;
        var variance = values.Aggregate(0.0, (sum, v) => sum + (v - mean) * (v - mean)) / values.Count;
        var design = new Design(settings, values, mean, variance);
        var axes = parameters.Select((name, axis) =>
            design.IsGrid ? design.Exact(name, axis) : design.Binned(name, axis));
        return new Sensitivity(
            design.IsGrid, mean, variance, [.. axes], design.IsGrid ? design.Interactions(parameters) : []);
    }

    private sealed class Design
    {
        private readonly IReadOnlyList<double[]> _settings;
        private readonly double[] _deviations;
        private readonly double _mean, _variance;
        private readonly double[][] _levels;
        private readonly int[][] _levelOf;

        public Design(IReadOnlyList<double[]> settings, IReadOnlyList<double> values, double mean, double variance)
        {
            (_settings, _mean, _variance) = (settings, mean, variance);
            _deviations = [.. values.Select(v => v - mean)];
            var axes = settings[0].Length;
            _levels =
                [.. Enumerable.Range(0, axes).Select(a => settings.Select(s => s[a]).Distinct().Order().ToArray())];
            _levelOf = [.. settings.Select(s => s.Select((v, a) => Array.BinarySearch(_levels[a], v)).ToArray())];
            var product = _levels.Aggregate(1.0, (p, l) => p * l.Length);
            IsGrid = product == settings.Count
                && Groups(Enumerable.Range(0, axes).ToArray()).Count == settings.Count;
        }

        public bool IsGrid { get; }

        public AxisEffect Exact(string name, int axis)
        {
            var means = Means([axis]);
            var others = Enumerable.Range(0, _levels.Length).Where(a => a != axis).ToArray();
            return new AxisEffect(name, Share(Spread(means)), Math.Max(0, Share(_variance - Spread(Means(others)))),
                [.. _levels[axis].Select((setting, level) => (setting, _mean + means[level]))]);
        }

        public Interaction[] Interactions(IReadOnlyList<string> parameters) =>
        [
            .. from i in Enumerable.Range(0, _levels.Length)
               from j in Enumerable.Range(i + 1, _levels.Length - i - 1)
               select new Interaction(parameters[i], parameters[j], Share(Pair(i, j))),
        ];

        public AxisEffect Binned(string name, int axis)
        {
            var n = _deviations.Length;
            var order = Enumerable.Range(0, n).OrderBy(c => _settings[c][axis]).ThenBy(c => c).ToArray();
            var bins = Bins(order, axis);
            var levels = new List<(double, double)>();
            var between = 0.0;
            foreach (var (begin, end) in bins)
            {
                var (setting, sum) = (0.0, 0.0);
                for (var i = begin; i < end; i++)
                {
                    setting += _settings[order[i]][axis];
                    sum += _deviations[order[i]];
                }

                var count = end - begin;
                between += sum * sum / count;
                levels.Add((setting / count, _mean + sum / count));
            }

            // Noise inside bins lifts the sum between them by (bins - 1) times the mean square inside.
            var total = _variance * n;
            var inside = n > bins.Count ? (total - between) / (n - bins.Count) : 0;
            var share = total > 0 ? Math.Clamp((between - (bins.Count - 1) * inside) / total, 0, 1) : 0;
            return new AxisEffect(name, share, double.NaN, levels);
        }

        /// <summary>Ranges of equal count; one range per level where the levels are few; equal settings stay
        /// together.</summary>
        private List<(int Begin, int End)> Bins(int[] order, int axis)
        {
            var n = order.Length;
            var most = Math.Clamp((int)Math.Sqrt(n / 2.0), 1, BinsMax);
            var bins = new List<(int, int)>();
            var target = _levels[axis].Length <= most ? 1 : (n + most - 1) / most;
            for (var begin = 0; begin < n;)
            {
                var end = Math.Min(n, begin + target);
                while (end < n && _settings[order[end]][axis] == _settings[order[end - 1]][axis])
                {
                    end++;
                }

                bins.Add((begin, end));
                begin = end;
            }

            return bins;
        }

        private double Pair(int i, int j)
        {
            var (rows, columns, cells) = (Means([i]), Means([j]), Means([i, j]));
            var sum = 0.0;
            for (var a = 0; a < rows.Count; a++)
            {
                for (var b = 0; b < columns.Count; b++)
                {
                    var joint = cells[a + b * rows.Count] - rows[a] - columns[b];
                    sum += joint * joint;
                }
            }

            return sum / (rows.Count * columns.Count);
        }

        private double Share(double part) => _variance > 0 ? part / _variance : 0;

        /// <summary>Mean square of deviations; on a grid every group has the same size.</summary>
        private static double Spread(SortedDictionary<long, double> means)
        {
            var sum = 0.0;
            foreach (var mean in means.Values)
            {
                sum += mean * mean;
            }

            return sum / means.Count;
        }

        /// <summary>Mean deviation of each combination of levels of the given axes, first axis fastest.</summary>
        private SortedDictionary<long, double> Means(int[] axes)
        {
            var means = new SortedDictionary<long, double>();
            foreach (var (group, cells) in Groups(axes))
            {
                var sum = 0.0;
                foreach (var cell in cells)
                {
                    sum += _deviations[cell];
                }

                means[group] = sum / cells.Count;
            }

            return means;
        }

        private Dictionary<long, List<int>> Groups(int[] axes)
        {
            var groups = new Dictionary<long, List<int>>();
            for (var cell = 0; cell < _levelOf.Length; cell++)
            {
                long group = 0;
                for (var k = axes.Length - 1; k >= 0; k--)
                {
                    group = group * _levels[axes[k]].Length + _levelOf[cell][axes[k]];
                }

                if (!groups.TryGetValue(group, out var cells))
                {
                    groups[group] = cells = [];
                }

                cells.Add(cell);
            }

            return groups;
        }
    }
}
