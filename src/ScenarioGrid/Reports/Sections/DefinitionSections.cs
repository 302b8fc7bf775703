using System.Globalization;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Reports.Sections;

/// <summary>What every number means, what was assumed, and where the numbers come from.</summary>
internal static class DefinitionSections
{
    public static void Definitions(ReportData data, ChartSet charts, Html html) =>
        html.Section("definitions", "Definitions", () =>
        {
            html.Add($"<p class=\"note\">A measure is one number per path;");
            html.Add($"a statistic makes one number of all paths.</p>");
            html.Table(["statistic", "definition"], data.Campaign.Statistics
                .Select(s => new Row([PageSections.Code(s), Statistics.Find(s)?.Definition ?? ""])));
            html.Add($"<h4>Measures</h4>");
            html.Table(["measure", "unit", "over time", "meaning"], data.Campaign.Measures.Select(m => new Row(
            [
                PageSections.Code(m.Name), UnitName(m.Port.Unit), OverTime(m.Port.Over),
                Documents.Summary(m.Port.Property),
            ])));
        });

    public static void Assumptions(ReportData data, ChartSet charts, Html html) =>
        html.Section("assumptions", "Assumptions and limits", () =>
        {
            var campaign = data.Campaign;
            var tick = DisplayUnit.Text(campaign.TickSeconds, Second.Info);
            string[] limits =
            [
                string.Create(CultureInfo.InvariantCulture, $"{campaign.Paths:N0} Monte Carlo paths per cell, ")
                    + string.Create(CultureInfo.InvariantCulture, $"{campaign.Ticks:N0} ticks of {tick}. ")
                    + "What happens inside a tick is not resolved.",
                "Every cell sees the same random numbers, so differences between cells are paired and more exact than"
                    + " their intervals suggest.",
                "Intervals are 95 %, two-sided, for sampling error only: they do not cover an error of the model.",
                "An instance sees this tick's outputs of earlier stages and last tick's outputs of its own and later"
                    + " stages.",
                "Probability of being on the frontier: share of draws of all estimates from their standard errors in"
                    + " which no cell dominates.",
                data.Outcome.Grid.IsFullGrid
                    ? "Effects divide the variance over the cells of the full grid exactly, each cell with equal"
                        + " weight. They speak of the swept ranges only."
                    : "The design is sampled: effects are estimated from bins, and interactions are not separated.",
            ];
            html.Add($"<ul>");
            foreach (var limit in limits)
            {
                html.Add($"<li>{limit}</li>");
            }

            html.Add($"</ul><h4>Models</h4>");
            var kinds = campaign.Instances.Select(i => i.Kind).Concat(campaign.Shocks.Select(s => s.Kind));
            foreach (var kind in kinds.DistinctBy(k => k.Name))
            {
                Model(kind, html);
            }
        });

    public static void Provenance(ReportData data, ChartSet charts, Html html) =>
        html.Section("provenance", "Provenance", () =>
        {
            var run = data.Outcome.Provenance;
            html.Add($"<dl class=\"facts-list\">");
            (string Name, object Value)[] facts =
            [
                ("run", run.Run), ("engine", $"ScenarioGrid {run.Engine}"), ("seed", data.Campaign.Seed),
                ("input hash", PageSections.Code(run.InputHash)), ("result hash", PageSections.Code(run.ResultHash)),
                ("machine", run.Machine), ("paths per cell", HtmlReport.Grouped(data.Campaign.Paths)),
                ("cells", HtmlReport.Grouped(data.Outcome.Grid.Count)),
                ("results", HtmlReport.Grouped(data.Outcome.Results.Count)),
                ("failed", data.Frontier.Failed.Count),
            ];
            foreach (var (name, value) in facts)
            {
                html.Add($"<dt>{name}</dt><dd>{value}</dd>");
            }

            html.Add($"</dl><p class=\"note\">The same input hash, seed and engine give the same result hash");
            html.Add($"on any machine and any number of silos.</p>");
            html.Add($"<details><summary>Campaign file as run</summary><pre>{data.Campaign.Text}</pre></details>");
        });

    private static void Model(ComponentKind kind, Html html)
    {
        var remarks = Documents.Remarks(kind.Type);
        html.Add($"<details><summary>{kind.Name}</summary><p>{Documents.Summary(kind.Type)}</p>");
        if (remarks.Length > 0)
        {
            html.Add($"<div class=\"prose\">{remarks}</div>");
        }

        html.Add($"</details>");
    }

    /// <summary>The symbol, or the name of a unit without one: "fraction".</summary>
    private static string UnitName(UnitInfo unit) =>
        unit.Symbol.Length > 0 ? unit.Symbol : unit.Name[(unit.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string OverTime(Over over) => over switch
    {
        Over.Final => "value at the end",
        Over.Mean => "mean over the ticks",
        Over.Max => "largest of any tick",
        Over.Min => "smallest of any tick",
        Over.Total => "sum over the ticks",
        _ => "",
    };
}
