namespace ScenarioGrid.Reports.Charts;

/// <summary>What stands in for the heat map: a line over one setting, or coloured points for sampled designs.</summary>
public static class ResponseChart
{
    /// <summary>The chart; null where a heat map is drawn or nothing is swept.</summary>
    public static Chart? Of(ReportData data, CellTable cells)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(cells);
        if (data.Axes.Count == 0 || cells.Rows.Count < 2 || data.Judged is null)
        {
            return null;
        }

        return !data.Outcome.Grid.IsFullGrid ? Points(data, cells)
            : data.Axes.Count == 1 ? Line(data)
            : null;
    }

    private static Chart Line(ReportData data)
    {
        var slice = new Slice(data, data.Judged!.Index);
        var responses = Response.Of(data);
        var axis = Parts.CategoryAxis(Parts.Short(data.Axes[0].Name), slice.Labels(0), isLower: true);
        axis["boundaryGap"] = true;
        return new Chart
        {
            Id = "response",
            Title = "Over the setting",
            About = "One statistic at each level of the setting, with its 95 % confidence interval as a band.",
            Option = new
            {
                animation = false,
                textStyle = Parts.TextStyle,
                tooltip = Parts.TooltipOf("category", "axis"),
                grid = Parts.Grid(top: 20),
                xAxis = axis,
                yAxis = Parts.ValueAxis(null),
                series = new object[]
                {
                    new
                    {
                        type = "custom", name = "95 % interval", renderItem = Parts.Render("band"), silent = true,
                        encode = new { x = 0, y = new[] { 1, 2 } },
                        itemStyle = new { color = Parts.Color("accent"), opacity = 0.2 },
                    },
                    new
                    {
                        type = "line", name = "estimate", symbolSize = 8, symbol = "circle",
                        itemStyle = new { color = Parts.Color("accent") },
                        lineStyle = new { color = Parts.Color("accent"), width = 2 },
                        markLine = Chosen(data, slice),
                    },
                },
            },
            Pickers = [new Picker("Measure", [.. responses.Select(r => Parts.Short(r.Name))])],
            Patches = responses.Select((r, i) => (Key: $"{i}", Patch: LinePatch(data, slice, r)))
                .ToDictionary(p => p.Key, p => p.Patch),
            Table = "columns",
            Head = ["level", "low", "high", "estimate"],
            Height = 360,
        };
    }

    private static object Chosen(ReportData data, Slice slice) => new
    {
        silent = true,
        symbol = "none",
        lineStyle = new { color = Parts.Color("choice"), type = "dashed" },
        label = new { color = Parts.Color("choice"), formatter = "\u25c6" },
        data = data.Recommendation is null
            ? []
            : new object[] { new { xAxis = Array.IndexOf(slice.Levels(0), slice.Level(0)) } },
    };

    private static object LinePatch(ReportData data, Slice slice, Response response)
    {
        var estimates = slice.Levels(0).Select(l =>
            data.EstimateOf(slice.At(data.Judged!.Index, 0, l), response.Measure, response.Statistic)).ToList();
        var unit = DisplayUnit.Of(response.Unit, estimates.Select(e => e?.Value ?? 0));
        double? Show(double? value) => value is { } v ? unit.Show(v) : null;
        return new
        {
            yAxis = new { name = unit.Label(Parts.Short(response.Name)) },
            series = new object[]
            {
                new { data = estimates.Select((e, i) => new[] { i, Show(e?.Low), Show(e?.High) }).ToArray() },
                new { data = estimates.Select((e, i) => new[] { i, Show(e?.Value) }).ToArray() },
            },
        };
    }

    private static Chart Points(ReportData data, CellTable cells)
    {
        var names = cells.Settings.Select(s => Parts.Short(s.Name)).ToList();
        var isSingle = names.Count == 1;
        var patches = new Dictionary<string, object>();
        for (var o = 0; o < cells.Objectives.Count; o++)
        {
            for (var x = 0; x < names.Count; x++)
            {
                for (var y = 0; y < names.Count; y++)
                {
                    if (isSingle || x != y)
                    {
                        var key = isSingle ? $"{x}|{o}" : $"{x}|{y}|{o}";
                        patches[key] = PointPatch(data, cells, x, isSingle ? -1 : y, o);
                    }
                }
            }
        }

        var objectives = new Picker("Objective", [.. cells.Objectives.Select(o => $"{o.Axis}: {Parts.Short(o.Name)}")]);
        return new Chart
        {
            Id = "response",
            Title = isSingle ? "Over the setting" : "Over two settings",
            About = "Each point is a cell of the sampled design; the colour is the estimate of an objective. All"
                + " settings vary at once.",
            Option = PointBase(isSingle),
            Pickers = isSingle
                ? [new Picker("Across", names), objectives]
                : [new Picker("Across", names), new Picker("Up", names, 1), objectives],
            Patches = patches,
            Table = "cells",
            Notes = cells.Omitted is null ? [] : [cells.Omitted],
            Height = 460,
        };
    }

    private static object PointBase(bool isSingle) => new
    {
        animation = false,
        textStyle = Parts.TextStyle,
        tooltip = Parts.TooltipOf("cell"),
        grid = Parts.Grid(top: 12, bottom: 64),
        dataset = new object[]
        {
            new { source = Parts.Rows("all"), sourceHeader = false },
            new { source = Parts.Rows("recommended"), sourceHeader = false },
        },
        visualMap = Parts.ColorScale,
        series = new object[]
        {
            new
            {
                type = "scatter", datasetIndex = 0, cells = true, progressive = 0, symbolSize = isSingle ? 9 : 10,
                itemStyle = new { borderColor = Parts.Color("line"), borderWidth = 0.5 },
                emphasis = new { scale = 1.6, itemStyle = new { borderColor = Parts.Color("ink"), borderWidth = 2 } },
            },
            new
            {
                type = "scatter", datasetIndex = 1, symbol = "diamond", symbolSize = 20, silent = true,
                itemStyle = Parts.ChoiceStyle,
            },
        },
    };

    private static object PointPatch(ReportData data, CellTable cells, int x, int y, int objective)
    {
        var column = cells.ObjectiveAt(objective);
        double[] values = [.. cells.Rows.Select(r => r[column] ?? double.NaN).Where(double.IsFinite).DefaultIfEmpty(0)];
        var (low, high) = (values.Min(), values.Max());
        var unit = data.ObjectiveUnits[objective];
        var encode = new { x = CellTable.SettingAt + x, y = y < 0 ? column : CellTable.SettingAt + y };
        return new
        {
            xAxis = Axis(cells.Settings[x], true),
            yAxis = y < 0
                ? Parts.ValueAxis(unit.Label(Parts.Short(cells.Objectives[objective].Name)))
                : Axis(cells.Settings[y], false),
            visualMap = new
            {
                dimension = column, min = low, max = high > low ? high : low + 1,
                text = new[] { high, low }.Select(v => $"{Campaigns.QuantityFormat.Number(v)} {unit.Name}").ToArray(),
            },
            series = new[] { new { encode }, new { encode } },
        };
    }

    private static Dictionary<string, object?> Axis(SettingColumn column, bool isLower) => column.Labels is { } labels
        ? Parts.CategoryAxis(Parts.Short(column.Name), labels, isLower: isLower)
        : Parts.ValueAxis(new DisplayUnit(1, column.Unit).Label(Parts.Short(column.Name)), isLower: isLower);
}
