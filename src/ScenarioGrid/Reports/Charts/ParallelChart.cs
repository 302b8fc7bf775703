namespace ScenarioGrid.Reports.Charts;

/// <summary>Every cell as a line through its settings and objectives.</summary>
public static class ParallelChart
{
    private const int AxisWidth = 128, NameLength = 20;

    /// <summary>The chart; null with fewer than two cells or two columns.</summary>
    public static Chart? Of(ReportData data, CellTable cells)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(cells);
        var columns = cells.Settings.Count + cells.Objectives.Count;
        if (columns < 2 || cells.Rows.Count < 2)
        {
            return null;
        }

        var axes = cells.Settings.Select((s, i) => Axis(cells, CellTable.SettingAt + i, s.Name, s.Unit, s.Labels, true))
            .Concat(cells.Objectives.Select((o, i) => Axis(cells, cells.ObjectiveAt(i), o.Name, o.Unit, null, false)));
        return new Chart
        {
            Id = "parallel",
            Title = "Settings and outcomes together",
            About = "Each line is a cell: its settings on the left axes, the estimates of its objectives on the right."
                + " Point at a line, at a point of the frontier chart or at a row of a table to see the same cell"
                + " everywhere.",
            Option = new
            {
                animation = false,
                textStyle = Parts.TextStyle,
                tooltip = Parts.TooltipOf("cell"),
                legend = Parts.Legend("dominated", "frontier", data.ChoiceName),
                parallel = new { left = 70, right = 70, top = 92, bottom = 16 },
                parallelAxis = axes.ToArray(),
                series = new[]
                {
                    Lines("dominated", "dominated", Parts.Color("faint"), 1, 0.35),
                    Lines("frontier", "frontier", Parts.Color("accent"), 1.6, 0.8),
                    Lines("recommended", data.ChoiceName, Parts.Color("choice"), 3.5, 1),
                },
            },
            Table = "cells",
            Notes = cells.Omitted is null ? [] : [cells.Omitted],
            Height = 400,
            WidthMin = 140 + AxisWidth * (columns - 1),
        };
    }

    private static Dictionary<string, object?> Axis(
        CellTable cells, int column, string name, string unit, IReadOnlyList<string>? labels, bool isSetting)
    {
        var axis = labels is null ? Parts.ValueAxis(null) : Parts.CategoryAxis(null, labels);
        axis["dim"] = column;
        axis["name"] = TwoLines(name, unit);
        axis["nameLocation"] = "end";
        axis["nameGap"] = 12;
        axis["nameTextStyle"] = new
        {
            color = Parts.Color(isSetting ? "muted" : "ink"), fontSize = 11, lineHeight = 14,
        };
        axis["nameTruncate"] = null;
        axis["boundaryGap"] = labels is { Count: 1 };
        axis["axisLine"] = new { lineStyle = new { color = Parts.Color("line") } };
        axis["axisLabel"] = new
        {
            color = Parts.Color("ink"), fontSize = 11, hideOverlap = true,
            width = AxisWidth - 50, overflow = "truncate",
            textBorderColor = Parts.Color("panel"), textBorderWidth = 3,
            formatter = labels is null ? Parts.Number : null,
        };
        axis["z"] = 6;
        if (labels is null)
        {
            // ECharts scales a parallel axis to one of the series only, so the ends are given.
            double[] values = [.. cells.Rows.Select(r => r[column]).OfType<double>().DefaultIfEmpty(0)];
            (axis["min"], axis["max"], axis["interval"]) = Parts.Nice(values.Min(), values.Max());
        }

        return axis;
    }

    /// <summary>"twap" above "window (min)": instance above the rest, so that neighbouring names keep apart.</summary>
    private static string TwoLines(string name, string unit)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var parts = dot > 0 ? new[] { name[..dot], name[(dot + 1)..] } : [name];
        return string.Join('\n', parts.Select(p => p.Length > NameLength ? p[..(NameLength - 1)] + "\u2026" : p))
            + (unit.Length > 0 ? $"\n({unit})" : "\n ");
    }

    private static object Lines(string standing, string name, object color, double width, double opacity) => new
    {
        type = "parallel",
        name,
        progressive = 0,
        cells = true,
        data = Parts.Rows(standing),
        smooth = false,
        lineStyle = new { color, width, opacity },
        itemStyle = new { color },
        inactiveOpacity = 0.05,
        activeOpacity = 1,
        emphasis = new { lineStyle = new { color = Parts.Color("lit"), width = 3, opacity = 1 } },
    };
}
