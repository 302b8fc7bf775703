using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Reports.Sections;

/// <summary>Tables of cells: the worst, the failed, and all.</summary>
internal static class CellSections
{
    private const int WorstMax = 10, FailedMax = 50, RowsMax = 2000;

    public static void Worst(ReportData data, ChartSet charts, Html html) =>
        html.Section("worst", "Worst and failed cells", () =>
        {
            var (rule, worst) = Ranked(data);
            if (data.Cells.Count > 1 && rule.Length > 0)
            {
                html.Add($"<p class=\"note\">{rule}</p>");
                CellTable(data, html, worst.Take(WorstMax), false);
            }

            var failed = data.Frontier.Failed;
            if (failed.Count == 0)
            {
                html.Add($"<p>\u2713 No cell failed.</p>");
                return;
            }

            var trace = PageSections.Code($"scenariogrid trace {data.Outcome.Provenance.Run} --cell N");
            html.Add($"<h4>Failed</h4>");
            html.Add($"<p class=\"note\">A failed cell has no numbers; {trace} replays it tick by tick.</p>");
            html.Table(["cell", "settings", "what broke"], failed.Take(FailedMax).Select(f => new Row(
                [f.Cell, data.Settings(data.Outcome.Grid.Settings(f.Cell)), f.Error!],
                PageSections.CellRow(f.Cell))), 0);
            if (failed.Count > FailedMax)
            {
                html.Add($"<p class=\"note\">Showing {FailedMax} of {failed.Count}; cells.csv has all.</p>");
            }
        });

    public static void Data(ReportData data, ChartSet charts, Html html) =>
        html.Section("data", "All cells", () =>
        {
            var (shown, all) = (Math.Min(RowsMax, data.Cells.Count), data.Cells.Count);
            html.Add($"<details><summary>Show {shown:N0} of {all:N0} measured cells</summary>");
            CellTable(data, html, data.Cells.Take(RowsMax), false);
            html.Add($"</details>");
            if (all > shown)
            {
                html.Add($"<p class=\"note\">{all - shown:N0} cells are not shown.</p>");
            }

            html.Add($"<p class=\"note\">Every measure and statistic of every cell:");
            html.Add($"cells.csv and the Parquet files of the run.</p>");
        });

    /// <summary>Settings, objectives with intervals, and verdicts of some cells.</summary>
    public static void CellTable(ReportData data, Html html, IEnumerable<MeasuredCell> cells, bool isFocusable)
    {
        var campaign = data.Campaign;
        var settings = data.Axes.Select(a => a.Name).ToArray();
        var objectives = data.Frontier.Objectives.Select(o => o.Measure).ToArray();
        string[] thresholds = campaign.Thresholds.Count == 0 ? [] : ["thresholds"];
        var first = 2 + settings.Length;
        string[] membership = campaign.Objectives.Count == 0 ? [] : ["on the frontier"];
        html.Table(
            ["cell", "standing", .. settings, .. objectives, .. thresholds, .. membership],
            cells.Select(c => new Row(
            [
                c.Index, PageSections.Standing(data, c.Index), .. c.Settings.Select((v, i) => (object)data.Label(i, v)),
                .. c.Objectives.Select((e, i) => (object)Estimated(data, e, i)),
                .. thresholds.Select(_ => (object)Verdict(c)),
                .. membership.Select(_ => (object)DisplayUnit.Text(data.Membership(c.Index), Fraction.Info)),
            ], PageSections.CellRow(c.Index, isFocusable))),
            [0, .. Enumerable.Range(first, objectives.Length), first + objectives.Length + thresholds.Length]);
    }

    /// <summary>The estimate with its interval below.</summary>
    private static Markup Estimated(ReportData data, Estimate estimate, int objective)
    {
        var spec = data.Campaign.Objectives[objective];
        var interval = ReportData.Interval(estimate, data.UnitOf(spec.Measure, spec.Statistic));
        return new Markup(
            $"{Html.Encode(data.ObjectiveText(objective, estimate.Value))}<small>{Html.Encode(interval)}</small>");
    }

    private static Markup Verdict(MeasuredCell cell)
    {
        var passed = cell.Thresholds.Count(t => t.Verdict == Frontiers.Verdict.Pass);
        var verdict = cell.Passes ? Frontiers.Verdict.Pass
            : cell.Thresholds.Any(t => t.Verdict == Frontiers.Verdict.Fail) ? Frontiers.Verdict.Fail
            : Frontiers.Verdict.Undecided;
        var words = cell.Passes
            ? ReportData.Words(verdict)
            : FormattableString.Invariant($"{ReportData.Words(verdict)[0]} {passed} of {cell.Thresholds.Length} pass");
        return PageSections.Badge(words, verdict.ToString().ToLowerInvariant());
    }

    private static (string Rule, IEnumerable<MeasuredCell>) Ranked(ReportData data)
    {
        if (data.Campaign.Thresholds.Count > 0)
        {
            return ("The cells that miss their thresholds by most, relative to the limits.",
                data.Cells.OrderByDescending(c => c.Thresholds.Sum(t => t.ValueMiss)).ThenBy(c => c.Index));
        }

        if (data.Campaign.Objectives.Count == 0)
        {
            return ("", data.Cells);
        }

        var sign = data.Campaign.Objectives[0].Maximise ? -1 : 1;
        return ($"The worst cells by {data.Frontier.Objectives[0].Measure}.",
            data.Cells.OrderByDescending(c => sign * c.Objectives[0].Value).ThenBy(c => c.Index));
    }
}
