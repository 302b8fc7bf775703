using ScenarioGrid.Frontiers;

namespace ScenarioGrid.Reports.Charts;

/// <summary>What each swept setting does to each objective: shares of variance, and the mean at each level.</summary>
public static class EffectCharts
{
    /// <summary>Both charts; none where nothing was swept or no objective is finite everywhere.</summary>
    public static IEnumerable<Chart> Of(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var effects = data.Frontier.Effects.Select((e, i) => (Effect: e, Objective: i))
            .Where(e => e.Effect is { Axes.Count: > 0 }).Select(e => (Effect: e.Effect!, e.Objective)).ToList();
        if (effects.Count == 0 || data.Cells.Count < 2)
        {
            return [];
        }

        var objectives = effects.Select(e => data.Frontier.Objectives[e.Objective])
            .Select(o => $"{o.Axis}: {Parts.Short(o.Measure)}").ToList();
        return [Shares(effects, objectives), Levels(data, effects, objectives)];
    }

    private static Chart Shares(List<(Sensitivity Effect, int Objective)> effects, List<string> objectives)
    {
        var isExact = effects[0].Effect.IsExact;
        var axis = Parts.ValueAxis("share of variance (%)", scale: false, isLower: true);
        (axis["max"], axis["min"]) = (100, 0);
        return new Chart
        {
            Id = "shares",
            Title = "Which setting matters",
            About = "Share of the variance of an objective over the cells that a setting explains by itself"
                + (isExact
                    ? " (first order) and with all its interactions (total)."
                    : " (first order); estimated from bins, interactions are not separated."),
            Option = new
            {
                animation = false,
                textStyle = Parts.TextStyle,
                tooltip = Parts.TooltipOf("category", "axis"),
                legend = Parts.Legend(isExact ? ["first order", "total"] : ["first order"]),
                grid = Parts.Grid(top: 40),
                xAxis = axis,
                yAxis = Upright(effects[0].Effect),
                series = isExact
                    ? new[] { Bars("first order", "accent"), Bars("total", "accent2") }
                    : [Bars("first order", "accent")],
            },
            Pickers = [new Picker("Objective", objectives)],
            Patches = effects.Select((e, i) => (Key: $"{i}", Patch: (object)new
            {
                series = new[] { Series(e.Effect, a => a.Share), Series(e.Effect, a => a.TotalShare) }
                    .Take(isExact ? 2 : 1).ToArray(),
            })).ToDictionary(p => p.Key, p => p.Patch),
            Table = "columns",
            Head = isExact ? ["setting", "first order (%)", "total (%)"] : ["setting", "first order (%)"],
            Height = 130 + 46 * effects[0].Effect.Axes.Count,
        };
    }

    private static Dictionary<string, object?> Upright(Sensitivity effect)
    {
        var axis = Parts.CategoryAxis(null, [.. effect.Axes.Select(a => Parts.Short(a.Parameter))], isUpright: true);
        axis["inverse"] = true;
        return axis;
    }

    private static object Series(Sensitivity effect, Func<AxisEffect, double> share) =>
        new { data = effect.Axes.Select(a => new DisplayUnit(0.01, "%").Show(share(a))).ToArray() };

    private static object Bars(string name, string color) => new
    {
        type = "bar",
        name,
        barMaxWidth = 14,
        barGap = "20%",
        itemStyle = new { color = Parts.Color(color), borderRadius = 2 },
    };

    private static Chart Levels(
        ReportData data, List<(Sensitivity Effect, int Objective)> effects, List<string> objectives)
    {
        var patches = new Dictionary<string, object>();
        foreach (var (effect, i) in effects.Select((e, i) => (e, i)))
        {
            var unit = data.ObjectiveUnits[effect.Objective];
            var measure = data.Frontier.Objectives[effect.Objective].Measure;
            foreach (var (axis, a) in effect.Effect.Axes.Select((x, a) => (x, a)))
            {
                patches[$"{i}|{a}"] = new
                {
                    xAxis = new
                    {
                        name = Parts.Short(axis.Parameter),
                        data = axis.Levels.Select(l => data.Label(a, l.Setting)).ToArray(),
                    },
                    yAxis = new { name = unit.Label("mean " + Parts.Short(measure)) },
                    series = new[] { new { data = axis.Levels.Select(l => unit.Show(l.Mean)).ToArray() } },
                };
            }
        }

        return new Chart
        {
            Id = "levels",
            Title = "What a setting does",
            About = "Mean of an objective over all cells at each level of a setting (over the cells of a bin, for"
                + " sampled designs).",
            Option = new
            {
                animation = false,
                textStyle = Parts.TextStyle,
                tooltip = Parts.TooltipOf("category", "axis"),
                grid = Parts.Grid(top: 20),
                xAxis = Parts.CategoryAxis(null, [], isLower: true),
                yAxis = Parts.ValueAxis(null),
                series = new object[]
                {
                    new
                    {
                        type = "line", name = "mean", symbol = "circle", symbolSize = 7, showAllSymbol = true,
                        itemStyle = new { color = Parts.Color("accent") },
                        lineStyle = new { color = Parts.Color("accent"), width = 2 },
                    },
                },
            },
            Pickers =
            [
                new Picker("Objective", objectives),
                new Picker("Setting", [.. data.Axes.Select(a => Parts.Short(a.Name))]),
            ],
            Patches = patches,
            Table = "columns",
            Head = ["level", "mean"],
            Height = Math.Max(340, 130 + 46 * data.Axes.Count),
        };
    }
}
