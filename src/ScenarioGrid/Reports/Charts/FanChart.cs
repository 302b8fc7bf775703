using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Reports.Charts;

/// <summary>Quantiles over the paths of a measure over time in one cell, with the shocks marked.</summary>
public static class FanChart
{
    /// <summary>Onsets nearer than this share of the horizon have one label.</summary>
    private const double OnsetGap = 0.05;

    private static readonly (int Low, int High, string Name, double Opacity)[] Bands =
        [(0, 6, "1\u201399 %", 0.16), (1, 5, "5\u201395 %", 0.22), (2, 4, "25\u201375 %", 0.34)];

    /// <summary>One chart per cell that has series, in their order.</summary>
    public static IEnumerable<Chart> Of(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Outcome.Series.GroupBy(s => s.Cell).Select((group, i) => Cell(data, group.Key, [.. group], i));
    }

    private static Chart Cell(ReportData data, long cell, CellSeries[] series, int position)
    {
        var horizon = data.Campaign.Ticks * data.Campaign.TickSeconds;
        var time = DisplayUnit.Of(Second.Info, [horizon]);
        var isChosen = data.Recommendation?.Cell.Index == cell;
        return new Chart
        {
            Id = $"fan-{position}",
            Title = $"{(isChosen ? Capital(data.ChoiceName) : "For comparison")}: cell {cell}",
            About = $"{data.Settings(data.Outcome.Grid.Settings(cell))}. Quantiles over the paths at each time: median,"
                + " and the bands that hold the middle 50, 90 and 98 % of the paths.",
            Option = Base(data, time, horizon),
            Pickers = [new Picker("Measure", [.. series.Select(s => Parts.Short(s.Measure))])],
            Patches = series.Select((s, i) => (Key: $"{i}", Patch: Patch(data, s, time)))
                .ToDictionary(p => p.Key, p => p.Patch),
            Table = "columns",
            Head = [$"time ({time.Name})", "1 %", "99 %", "5 %", "95 %", "25 %", "75 %", "median"],
            Notes = [.. Onsets(data).Select(o => 
                $"{o.Number} {o.Name} at {QuantityFormat.Number(o.Seconds / time.Factor)} {time.Name}")],
            Height = 340,
        };
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static object Base(ReportData data, DisplayUnit time, double horizon)
    {
        var axis = Parts.ValueAxis($"time ({time.Name})", scale: false, isLower: true);
        axis["max"] = time.Show(horizon);
        axis["splitLine"] = new { show = false };
        axis["axisLine"] = new { lineStyle = new { color = Parts.Color("line") }, onZero = false };
        return new
        {
            animation = false,
            textStyle = Parts.TextStyle,
            tooltip = Parts.TooltipOf("fan", "axis"),
            legend = Parts.Legend(["median", .. Bands.Reverse().Select(b => b.Name)]),
            grid = Parts.Grid(top: 54),
            xAxis = axis,
            yAxis = Parts.ValueAxis(null),
            series = Bands.Select(b => Band(b.Name, b.Opacity)).Append(Median(data, time, horizon)).ToArray(),
        };
    }

    private static object Patch(ReportData data, CellSeries series, DisplayUnit time)
    {
        var measure = data.Campaign.IndexOfMeasure(series.Measure);
        // All cells share the scale of a measure, so that charts side by side can be compared.
        double[] all = [.. data.Outcome.Series.Where(s => s.Measure == series.Measure)
            .SelectMany(s => s.Quantiles).SelectMany(q => q).Where(double.IsFinite).DefaultIfEmpty(0)];
        var unit = DisplayUnit.Of(
            measure < 0 ? null : data.Campaign.Measures[measure].Port.Unit, all);
        double?[] At(int point, params int[] levels) =>
            [time.Show(series.Seconds[point]), .. levels.Select(l => unit.Show(series.Quantiles[l][point]))];
        var (low, high, step) = Parts.Nice(unit.Show(all.Min())!.Value, unit.Show(all.Max())!.Value);
        var points = Enumerable.Range(0, series.Seconds.Length).ToArray();
        var bands = Bands.Select(b => (object)new { data = points.Select(p => At(p, b.Low, b.High)).ToArray() });
        return new
        {
            yAxis = new { name = unit.Label(Parts.Short(series.Measure)), min = low, max = high, interval = step },
            series = bands.Append(new { data = points.Select(p => At(p, 3)).ToArray() }).ToArray(),
        };
    }

    private static object Band(string name, double opacity) => new
    {
        type = "custom",
        name,
        renderItem = Parts.Render("band"),
        itemStyle = new { color = Parts.Color("accent"), opacity },
        encode = new { x = 0, y = new[] { 1, 2 } },
        clip = true,
        silent = true,
        z = 2,
    };

    private static object Median(ReportData data, DisplayUnit time, double horizon) => new
    {
        type = "line",
        name = "median",
        showSymbol = false,
        itemStyle = new { color = Parts.Color("accent") },
        lineStyle = new { color = Parts.Color("accent"), width = 2 },
        z = 4,
        markLine = new
        {
            silent = true,
            symbol = "none",
            lineStyle = new { color = Parts.Color("choice"), type = "dashed", width = 1 },
            label = new { color = Parts.Color("choice"), fontSize = 12, fontWeight = "bold", distance = 4 },
            data = Marks(Onsets(data), time, horizon),
        },
    };

    /// <summary>One line per onset; labels of onsets too near each other become one: "2-4".</summary>
    private static object[] Marks(IReadOnlyList<Onset> onsets, DisplayUnit time, double horizon)
    {
        var marks = new List<object>();
        for (var i = 0; i < onsets.Count;)
        {
            var first = i;
            while (i < onsets.Count && onsets[i].Seconds - onsets[first].Seconds <= OnsetGap * horizon)
            {
                i++;
            }

            var label = i - first == 1
                ? $"{onsets[first].Number}"
                : $"{onsets[first].Number}\u2013{onsets[i - 1].Number}";
            var places = onsets.Skip(first).Take(i - first).Select(o => o.Seconds).Distinct();
            marks.AddRange(places.Select((p, k) => new
            {
                xAxis = time.Show(p),
                label = new { show = k == 0, formatter = label },
            }));
        }

        return [.. marks];
    }

    /// <summary>Shocks and attacks by onset, numbered; those after the horizon are left out.</summary>
    internal static IReadOnlyList<Onset> Onsets(ReportData data) =>
    [
        .. data.Campaign.Shocks.Select(s => s.Name)
            .Concat(data.Campaign.Instances.Where(i => i.Time is not null).Select(i => i.Name))
            .Select(name => (Name: name, Seconds: data.Stress.Of(name).Onset))
            .Where(o => o.Seconds <= data.Campaign.Ticks * data.Campaign.TickSeconds)
            .OrderBy(o => o.Seconds).ThenBy(o => o.Name, StringComparer.Ordinal)
            .Select((o, i) => new Onset(i + 1, o.Name, o.Seconds)),
    ];
}

/// <summary>A shock or attack on the time axis.</summary>
internal sealed record Onset(int Number, string Name, double Seconds);
