using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Reports.Sections;

/// <summary>Sections that are mostly charts; where a chart is missing they say why.</summary>
internal static class ChartSections
{
    public static void Response(ReportData data, ChartSet charts, Html html) =>
        html.Section("response", "Over the settings", () =>
        {
            if ((charts.Find("heat") ?? charts.Find("response")) is not { } chart)
            {
                html.Add($"<p>Nothing is swept, so there is nothing to map.</p>");
                return;
            }

            PageSections.Figure(chart, html);
            if (chart.Id == "heat" && data.Axes.Count > 2)
            {
                html.Add($"<p class=\"note\">Cell {data.Judged!.Index} has {data.Settings(data.Judged.Settings)}.");
                html.Add($"Only the two settings of the map move; the others stay at these values.</p>");
            }

            if (!data.Outcome.Grid.IsFullGrid)
            {
                html.Add($"<p class=\"note\">The design is sampled, so no two settings span a full map;");
                html.Add($"every point has its own settings on all other axes too.</p>");
            }
        });

    public static void OverTime(ReportData data, ChartSet charts, Html html) =>
        html.Section("over-time", "Over time", () =>
        {
            var fans = charts.Charts.Where(c => c.Id.StartsWith("fan-", StringComparison.Ordinal)).ToList();
            if (fans.Count == 0)
            {
                html.Add($"<p>No series over time were kept in this run.</p>");
                return;
            }

            Group(fans, html);
        });

    public static void Effects(ReportData data, ChartSet charts, Html html) =>
        html.Section("effects", "What each setting does", () =>
        {
            var effects = new[] { charts.Find("shares"), charts.Find("levels") }.OfType<Chart>().ToList();
            if (effects.Count == 0)
            {
                html.Add($"<p>Effects need at least two cells, a swept setting,");
                html.Add($"and objectives that are finite in every cell.</p>");
                return;
            }

            Group(effects, html);
            if (data.Frontier.Effects.Any(e => e is null))
            {
                html.Add($"<p class=\"note\">An objective that is infinite in some cell is left out.</p>");
            }
        });

    public static void Together(ReportData data, ChartSet charts, Html html)
    {
        if (charts.Find("parallel") is { } chart)
        {
            html.Section("together", "All settings and outcomes", () => PageSections.Figure(chart, html));
        }
    }

    private static void Group(List<Chart> charts, Html html)
    {
        html.Add($"<div class=\"{(charts.Count > 1 ? "pair" : "single")}\">");
        charts.ForEach(c => PageSections.Figure(c, html));
        html.Add($"</div>");
    }
}
