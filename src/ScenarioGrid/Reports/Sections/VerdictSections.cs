using ScenarioGrid.Frontiers;
using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Reports.Sections;

/// <summary>Did it pass, what is recommended, and each threshold.</summary>
internal static class VerdictSections
{
    public static void Verdict(ReportData data, ChartSet charts, Html html)
    {
        var kind = Verdicts.Passed(data) switch { true => " pass", false => " fail", null => "" };
        html.Add($"<section id=\"verdict\" class=\"verdict{kind}\">");
        html.Add($"<h2>{Verdicts.Line(data)}</h2><p>{Verdicts.Sentence(data)}</p>");
        if (data.Recommendation is { } choice)
        {
            html.Add($"<div class=\"tiles\">");
            foreach (var (objective, i) in data.Campaign.Objectives.Select((o, i) => (o, i)))
            {
                var estimate = choice.Cell.Objectives[i];
                var unit = data.UnitOf(objective.Measure, objective.Statistic);
                html.Add($"<div class=\"tile\"><span>{objective.Axis}</span>");
                html.Add($"<b>{DisplayUnit.Text(estimate.Value, unit)}</b>");
                html.Add($"<span>{objective.Text(data.Campaign)}</span>");
                html.Add($"<span>95 %: {ReportData.Interval(estimate, unit)}</span></div>");
            }

            html.Add($"</div>");
        }

        if (data.Frontier.Failed.Count > 0)
        {
            var (failed, all) = (data.Frontier.Failed.Count, data.Outcome.Results.Count);
            html.Add($"<p>\u2717 {failed} of {all} cells failed and are left out:");
            html.Add($"<a href=\"#worst\">see why</a>.</p>");
        }

        html.Add($"</section>");
    }

    public static void Thresholds(ReportData data, ChartSet charts, Html html)
    {
        if (data.Judged is null || data.Campaign.Thresholds.Count == 0)
        {
            return;
        }

        html.Section("thresholds", "Thresholds", () =>
        {
            html.Add($"<p class=\"note\">In cell {data.Judged.Index}: {data.Settings(data.Judged.Settings)}.");
            html.Add($"A threshold passes only when its whole 95 % confidence interval is on the right side.</p>");
            html.Table(["threshold", "value", "95 % confidence interval", "verdict", "cells that pass"],
                Verdicts.Thresholds(data).Select(t => new Row(
                [
                    PageSections.Code(t.Text), t.Value, t.Interval, PageSections.Badge(t.Verdict),
                    $"{t.Passing} of {data.Cells.Count}",
                ])), 1, 2, 4);
            if (Verdicts.Thresholds(data).Any(t => t.Verdict == Frontiers.Verdict.Undecided))
            {
                html.Add($"<p class=\"note\">Undecided means that the interval contains the limit:");
                html.Add($"more paths would decide it.</p>");
            }
        });
    }
}
