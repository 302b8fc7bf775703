using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Reports.Sections;

/// <summary>The efficient cells, the one to choose, and what the others would change.</summary>
internal static class ChoiceSections
{
    /// <summary>Frontier cells listed below the chart.</summary>
    private const int RowsMax = 100;

    public static void Frontier(ReportData data, ChartSet charts, Html html) =>
        html.Section("frontier", "Efficient settings", () =>
        {
            if (data.Recommendation is null)
            {
                html.Add($"<p>Without objectives and measured cells there is no frontier.</p>");
                return;
            }

            var count = data.Frontier.IsOnFrontier.Count(f => f);
            html.Add($"<p>{count} of {data.Cells.Count} measured cells {(count == 1 ? "is" : "are")} on the frontier:");
            html.Add($"no other cell is better beyond noise on one objective and no worse on the rest.</p>");
            if (charts.Find("pareto") is { } chart)
            {
                PageSections.Figure(chart, html);
            }
            else
            {
                html.Add($"<p class=\"note\">A frontier chart needs at least two cells and two objectives.</p>");
            }

            var cells = data.Cells.Where(c => data.IsOnFrontier(c.Index))
                .OrderByDescending(c => c.Index == data.Recommendation.Cell.Index)
                .ThenByDescending(c => data.Membership(c.Index)).ThenBy(c => c.Index).ToList();
            html.Add($"<h4>Frontier cells</h4>");
            CellSections.CellTable(data, html, cells.Take(RowsMax), true);
            if (cells.Count > RowsMax)
            {
                html.Add($"<p class=\"note\">Showing {RowsMax} of {cells.Count}, the most probable first;");
                html.Add($"cells.csv has all.</p>");
            }
        });

    public static void Recommendation(ReportData data, ChartSet charts, Html html)
    {
        if (data.Recommendation is not { } choice)
        {
            return;
        }

        var title = choice.Passes ? "Recommended balance, and why" : "Nearest to passing, and why";
        html.Section("recommendation", title, () =>
        {
            html.Add($"<ul>");
            foreach (var reason in choice.Reasons)
            {
                html.Add($"<li>{reason.Sentence}</li>");
            }

            html.Add($"</ul>");
            if (choice.RunnersUp.Count == 0)
            {
                html.Add($"<p class=\"note\">There is no runner-up: no other cell is a candidate.</p>");
                return;
            }

            string[] objectives = [.. data.Frontier.Objectives.Select(o => $"{o.Axis}: {o.Measure}")];
            var settings = data.Axes.Select(a => a.Name).ToArray();
            html.Add($"<h4>The choice and its runners-up</h4>");
            html.Table(["cell", "", .. settings, .. objectives],
                choice.RunnersUp.Select((r, i) => Other(data, r, i)).Prepend(Chosen(data, choice)),
                [0, .. Enumerable.Range(2 + settings.Length, objectives.Length)]);
            html.Add($"<h4>What another choice would change</h4><ul>");
            foreach (var other in choice.RunnersUp)
            {
                html.Add($"<li>{other.Sentence}</li>");
            }

            html.Add($"</ul>");
        });
    }

    private static Row Chosen(ReportData data, Recommendation choice) => new(
    [
        choice.Cell.Index, PageSections.Standing(data, choice.Cell.Index), .. Settings(data, choice.Cell),
        .. choice.Cell.Objectives.Select((e, i) => data.ObjectiveText(i, e.Value)),
    ], PageSections.CellRow(choice.Cell.Index, true));

    private static Row Other(ReportData data, RunnerUp other, int place) => new(
    [
        other.Cell.Index, PageSections.Badge($"runner-up {place + 1}", "plain"), .. Settings(data, other.Cell),
        .. other.Cell.Objectives.Select((e, i) => (object)Changed(data, e, other.Changes[i], i)),
    ], PageSections.CellRow(other.Cell.Index, true));

    private static IEnumerable<object> Settings(ReportData data, MeasuredCell cell) =>
        cell.Settings.Select((v, i) => (object)data.Label(i, v));

    private static Markup Changed(ReportData data, Estimate estimate, ObjectiveChange change, int objective)
    {
        var (kind, words) = change.Change switch
        {
            Change.Better => ("better", "better"),
            Change.Worse => ("worse", "worse"),
            _ => ("same", "within noise"),
        };
        var value = Html.Encode(data.ObjectiveText(objective, estimate.Value));
        return new Markup($"{value}<br /><span class=\"{kind}\">{words}</span>");
    }
}
