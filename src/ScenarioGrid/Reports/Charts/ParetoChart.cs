namespace ScenarioGrid.Reports.Charts;

/// <summary>Every cell as a point over two objectives; the frontier stands out, the choice is a diamond.</summary>
public static class ParetoChart
{
    /// <summary>Frontier cells up to which confidence intervals are drawn as crosses.</summary>
    private const int CrossesMax = 60;

    /// <summary>Largest over smallest value above which an axis is logarithmic.</summary>
    private const double LogRatio = 100;

    /// <summary>The chart; null with fewer than two cells or two objectives.</summary>
    public static Chart? Of(ReportData data, CellTable cells)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Objectives.Count < 2 || cells.Rows.Count < 2)
        {
            return null;
        }

        var withCrosses = cells.Rows.Count(r => r[1] > 0) <= CrossesMax;
        var names = cells.Objectives.Select(o => $"{o.Axis}: {Parts.Short(o.Name)}").ToList();
        var patches = new Dictionary<string, object>();
        foreach (var x in Enumerable.Range(0, names.Count))
        {
            foreach (var y in Enumerable.Range(0, names.Count).Where(y => y != x))
            {
                patches[$"{x}|{y}"] = Patch(data, cells, x, y, withCrosses);
            }
        }

        return new Chart
        {
            Id = "pareto",
            Title = "Frontier",
            About = "Each point is a cell: the estimate of one objective across and of another up. Frontier cells are"
                + " emphasised, dominated cells faint, the cell chosen is a diamond."
                + (withCrosses ? " Crosses are 95 % confidence intervals." : ""),
            Option = Base(data, withCrosses),
            Pickers = [new Picker("Across", names), new Picker("Up", names, 1)],
            Patches = patches,
            Table = "cells",
            Notes = cells.Omitted is null ? [] : [cells.Omitted],
            Height = 440,
        };
    }

    private static object Base(ReportData data, bool withCrosses) => new
    {
        animation = false,
        textStyle = Parts.TextStyle,
        tooltip = Parts.TooltipOf("cell"),
        legend = Parts.Legend("dominated", "frontier", data.ChoiceName),
        grid = Parts.Grid(top: 40),
        xAxis = Parts.ValueAxis(null, isLower: true),
        yAxis = Parts.ValueAxis(null),
        dataset = new object[]
        {
            new { source = Parts.Rows("dominated"), sourceHeader = false },
            new { source = Parts.Rows("frontier"), sourceHeader = false },
            new { source = Parts.Rows("recommended"), sourceHeader = false },
        },
        series = new object?[]
        {
            Points("dominated", 0, "circle", 7, Parts.Color("faint"), 0.55),
            Points("frontier", 1, "circle", 10, Parts.Color("accent"), 0.95),
            Points(data.ChoiceName, 2, "diamond", 20, Parts.Color("choice"), 1),
            withCrosses ? Cross(1, "accent") : null,
            withCrosses ? Cross(2, "choice") : null,
        }.Where(s => s is not null).ToArray(),
    };

    private static object Patch(ReportData data, CellTable cells, int x, int y, bool withCrosses)
    {
        object Points() => new { encode = new { x = cells.ObjectiveAt(x), y = cells.ObjectiveAt(y) } };
        object Cross() => new
        {
            encode = new { x = Triple(cells.ObjectiveAt(x)), y = Triple(cells.ObjectiveAt(y)) },
        };
        return new
        {
            xAxis = new { name = Name(data, cells, x), type = Scale(cells, x) },
            yAxis = new { name = Name(data, cells, y), type = Scale(cells, y) },
            series = withCrosses
                ? new[] { Points(), Points(), Points(), Cross(), Cross() }
                : [Points(), Points(), Points()],
        };
    }

    /// <summary>Logarithmic where every number is positive and the largest is a hundred times the smallest.</summary>
    private static string Scale(CellTable cells, int objective)
    {
        var at = cells.ObjectiveAt(objective);
        double[] values = [.. cells.Rows.SelectMany(r => r[at..(at + 3)]).OfType<double>().DefaultIfEmpty(0)];
        return values.Min() > 0 && values.Max() > LogRatio * values.Min() ? "log" : "value";
    }

    private static int[] Triple(int first) => [first, first + 1, first + 2];

    private static string Name(ReportData data, CellTable cells, int objective)
    {
        var column = cells.Objectives[objective];
        return data.ObjectiveUnits[objective].Label(Parts.Short(column.Name))
            + (Scale(cells, objective) == "log" ? ", log scale" : "")
            + (column.IsMaximised ? "  \u2191 better" : "  \u2193 better");
    }

    private static object Points(string name, int dataset, string symbol, int size, object color, double opacity) => new
    {
        type = "scatter",
        name,
        datasetIndex = dataset,
        cells = true,
        progressive = 0,
        symbol,
        symbolSize = size,
        z = 3 + dataset,
        itemStyle = new { color, opacity, borderColor = Parts.Color("panel"), borderWidth = dataset == 0 ? 0 : 1 },
        emphasis = new
        {
            scale = 1.5,
            itemStyle = new { color = Parts.Color("lit"), opacity = 1, borderColor = Parts.Color("ink") },
        },
    };

    private static object Cross(int dataset, string color) => new
    {
        type = "custom",
        datasetIndex = dataset,
        renderItem = Parts.Render("cross"),
        itemStyle = new { color = Parts.Color(color), opacity = 0.45 },
        silent = true,
        tooltip = new { show = false },
        z = 2,
    };
}
