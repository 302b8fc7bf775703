using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Reports.Sections;

/// <summary>The sections of the page in their order.</summary>
internal static class PageSections
{
    public static IReadOnlyList<Action<ReportData, ChartSet, Html>> All { get; } =
    [
        VerdictSections.Verdict, VerdictSections.Thresholds, ChoiceSections.Frontier, ChoiceSections.Recommendation,
        ChartSections.Response, ChartSections.OverTime, ChartSections.Effects, ChartSections.Together,
        CellSections.Worst, SystemSections.Parameters, SystemSections.Stress,
        DefinitionSections.Definitions, DefinitionSections.Assumptions, DefinitionSections.Provenance,
        CellSections.Data,
    ];

    /// <summary>Targets of the navigation.</summary>
    public static IReadOnlyList<(string Id, string Title)> Links { get; } =
    [
        ("verdict", "Verdict"), ("frontier", "Frontier"), ("recommendation", "Recommendation"),
        ("response", "Settings"),
        ("over-time", "Over time"), ("effects", "Effects"), ("worst", "Worst cells"), ("parameters", "Parameters"),
        ("stress", "Stress"), ("definitions", "Definitions"), ("provenance", "Provenance"), ("data", "Data"),
    ];

    /// <summary>A chart with its heading, notes and the table behind it.</summary>
    public static void Figure(Chart chart, Html html)
    {
        html.Add($"<figure data-chart=\"{chart.Id}\"><figcaption><h3>{chart.Title}</h3>");
        html.Add($"<div class=\"pickers\"></div></figcaption>");
        html.Add($"<p class=\"about\">{chart.About}</p>");
        var label = $"{chart.Title}. {chart.About}";
        html.Add($"<div class=\"scroll\"><div class=\"plot\" role=\"img\" aria-label=\"{label}\"></div></div>");
        if (chart.Notes.Count > 0)
        {
            html.Add($"<ul class=\"marks\">");
            foreach (var note in chart.Notes)
            {
                html.Add($"<li>{note}</li>");
            }

            html.Add($"</ul>");
        }

        html.Add($"<details><summary>Show as table</summary><div class=\"table-box\"></div></details></figure>");
    }

    /// <summary>A standing or verdict as a badge.</summary>
    public static Markup Badge(string text, string kind) =>
        new($"<span class=\"badge {kind}\">{Html.Encode(text)}</span>");

    public static Markup Badge(Frontiers.Verdict verdict) =>
        Badge(ReportData.Words(verdict), verdict.ToString().ToLowerInvariant());

    public static Markup Standing(ReportData data, long cell)
    {
        var words = data.StandingOf(cell);
        return Badge(data.Recommendation?.Cell.Index == cell ? $"\u25c6 {words}" : words,
            data.Recommendation?.Cell.Index == cell ? "choice" : "plain");
    }

    /// <summary>A dotted name in code type, which may break after its dots.</summary>
    public static Markup Code(string text) =>
        new($"<code>{Html.Breakable(text).Text}</code>");

    /// <summary>Attributes of a row that lights up with its cell on the charts; it may take the keyboard.</summary>
    public static string CellRow(long cell, bool isFocusable = false) =>
        FormattableString.Invariant($" data-cell=\"{cell}\"{(isFocusable ? " tabindex=\"0\"" : "")}");
}
