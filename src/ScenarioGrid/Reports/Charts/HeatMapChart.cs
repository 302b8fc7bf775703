namespace ScenarioGrid.Reports.Charts;

/// <summary>One statistic over two settings, the others as in the recommended cell.</summary>
public static class HeatMapChart
{
    /// <summary>Numbers that the choices of a heat map may hold together; further measures are left out.</summary>
    private const int NumbersMax = 100_000;

    /// <summary>Squares up to which each shows its number.</summary>
    private const int LabelsMax = 160;

    /// <summary>Squares up to which there are gaps between them.</summary>
    private const int GapsMax = 600;

    /// <summary>The chart; null unless at least two axes span a full grid.</summary>
    public static Chart? Of(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.Outcome.Grid.IsFullGrid || data.Axes.Count < 2 || data.Judged is null)
        {
            return null;
        }

        var slice = new Slice(data, data.Judged.Index);
        var pairs = Pairs(data, slice);
        var all = Response.Of(data);
        var squares = pairs.Sum(p => slice.Levels(p.X).Length * slice.Levels(p.Y).Length);
        var shown = all.Take(Math.Max(1, NumbersMax / squares)).ToList();
        var patches = new Dictionary<string, object>();
        for (var p = 0; p < pairs.Count; p++)
        {
            for (var r = 0; r < shown.Count; r++)
            {
                patches[$"{p}|{r}"] = Patch(data, slice, pairs[p], shown[r]);
            }
        }

        return new Chart
        {
            Id = "heat",
            Title = "Over two settings",
            About = "One statistic over two settings; all other settings as in the "
                + (data.Recommendation is null ? "cell judged." : "cell chosen, which is marked by a diamond."),
            Option = Base(),
            Pickers =
            [
                new Picker("Settings", [.. pairs.Select(p => PairName(data, p))]),
                new Picker("Measure", [.. shown.Select(r => Parts.Short(r.Name))]),
            ],
            Patches = patches,
            Table = "grid",
            Notes = shown.Count == all.Count ? [] : [FormattableString.Invariant(
                $"{all.Count - shown.Count} of {all.Count} measures are not shown here; cells.csv has them.")],
            Height = 460,
        };
    }

    /// <summary>All pairs, the axis with more levels across.</summary>
    private static List<(int X, int Y)> Pairs(ReportData data, Slice slice) =>
    [
        .. from i in Enumerable.Range(0, data.Axes.Count)
           from j in Enumerable.Range(i + 1, data.Axes.Count - i - 1)
           select slice.Levels(i).Length >= slice.Levels(j).Length ? (i, j) : (j, i),
    ];

    private static string PairName(ReportData data, (int X, int Y) pair) =>
        $"{Parts.Short(data.Axes[pair.X].Name)} \u00d7 {Parts.Short(data.Axes[pair.Y].Name)}";

    private static object Base() => new
    {
        animation = false,
        textStyle = Parts.TextStyle,
        tooltip = Parts.TooltipOf("grid"),
        grid = Parts.Grid(top: 12, bottom: 64),
        xAxis = Parts.CategoryAxis(null, [], isLower: true),
        yAxis = Parts.CategoryAxis(null, []),
        visualMap = Parts.ColorScale,
        series = new object[]
        {
            new
            {
                type = "heatmap",
                progressive = 0,
                emphasis = new { itemStyle = new { borderColor = Parts.Color("ink"), borderWidth = 2 } },
            },
            new
            {
                type = "scatter",
                symbol = "diamond",
                symbolSize = 12,
                symbolOffset = new[] { "0", "-110%" },
                silent = true,
                itemStyle = Parts.ChoiceStyle,
                tooltip = new { show = false },
                z = 5,
            },
        },
    };

    private static object Patch(ReportData data, Slice slice, (int X, int Y) pair, Response response)
    {
        var (xs, ys) = (slice.Levels(pair.X), slice.Levels(pair.Y));
        long CellAt(int x, int y) => slice.At(slice.At(data.Judged!.Index, pair.X, xs[x]), pair.Y, ys[y]);
        double Value(int x, int y) =>
            data.EstimateOf(CellAt(x, y), response.Measure, response.Statistic)?.Value ?? double.NaN;
        var places = Enumerable.Range(0, xs.Length)
            .SelectMany(x => Enumerable.Range(0, ys.Length).Select(y => (x, y))).ToList();
        var values = places.Select(p => Value(p.x, p.y)).ToList();
        var unit = DisplayUnit.Of(response.Unit, values);
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        var (low, high) = (unit.Show(finite.Min())!.Value, unit.Show(finite.Max())!.Value);
        double Share(double? v) => high > low ? (v!.Value - low) / (high - low) : 0;
        var isLabelled = places.Count <= LabelsMax;
        return new
        {
            xAxis = new { name = Parts.Short(data.Axes[pair.X].Name), data = slice.Labels(pair.X) },
            yAxis = new { name = Parts.Short(data.Axes[pair.Y].Name), data = slice.Labels(pair.Y) },
            visualMap = new
            {
                min = low,
                max = high > low ? high : low + 1,
                text = new[] { $"{Short(high)} {unit.Name}", $"{Short(low)} {unit.Name}" },
            },
            series = new object[]
            {
                new
                {
                    name = unit.Label(response.Name),
                    itemStyle = new
                    {
                        borderColor = Parts.Color("panel"), borderWidth = places.Count <= GapsMax ? 1 : 0,
                    },
                    label = new { show = isLabelled, formatter = Parts.NumberOf(3), fontSize = 11 },
                    data = places.Zip(values, (p, v) => Square(p.x, p.y, unit.Show(v), isLabelled, Share)).ToArray(),
                },
                new { data = Chosen(data, slice, pair, xs, ys) },
            },
        };
    }

    private static object Square(int x, int y, double? value, bool isLabelled, Func<double?, double> share) =>
        new
        {
            value = new double?[] { x, y, value },
            label = isLabelled && value is not null ? new { color = Viridis.TextOn(share(value)) } : null,
        };

    private static int[][] Chosen(ReportData data, Slice slice, (int X, int Y) pair, int[] xs, int[] ys) =>
        data.Recommendation is null
        ? []
        : [[Array.IndexOf(xs, slice.Level(pair.X)), Array.IndexOf(ys, slice.Level(pair.Y))]];

    private static string Short(double value) => Campaigns.QuantityFormat.Number(value);
}
