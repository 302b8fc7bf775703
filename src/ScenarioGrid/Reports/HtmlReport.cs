using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScenarioGrid.Reports.Charts;
using ScenarioGrid.Reports.Sections;

namespace ScenarioGrid.Reports;

/// <summary>One page that asks the network for nothing: charts, tables and definitions in one file.</summary>
/// <remarks>
/// The content security policy allows exactly the two scripts and the style sheet inside the file, by their hashes, so
/// that no text of a campaign can run whatever it is.
/// </remarks>
[ReportFormat("html")]
public sealed class HtmlReport : ReportFormat
{
    public override string FileName => "report.html";

    public override void Write(RunOutcome outcome, Stream to)
    {
        var data = new ReportData(outcome);
        var charts = ChartSet.Of(data);
        var html = new Html();
        var (style, library, script) = (Asset("report.css"), Asset("echarts.js"), Asset("report.js"));
        html.Raw("<!DOCTYPE html>\n");
        html.Add($"<html lang=\"en\"><head><meta charset=\"utf-8\" />");
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy(style, library, script)}\" />");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />");
        html.Add($"<meta name=\"generator\" content=\"ScenarioGrid {outcome.Provenance.Engine}\" />");
        html.Add($"<title>{data.Campaign.Name}: ScenarioGrid report</title>");
        html.Add($"<style>{new Markup(style)}</style></head><body>");
        var body = new Html();
        foreach (var section in PageSections.All)
        {
            section(data, charts, body);
        }

        WriteHead(data, html, body.ToString());
        html.Add($"<main>").Raw(body.ToString()).Add($"</main>");
        html.Add($"<footer>ScenarioGrid {outcome.Provenance.Engine}.");
        html.Add($"Charts by Apache ECharts 6 (Apache License 2.0).</footer>");
        html.Add($"<script type=\"application/json\" id=\"report-data\">{new Markup(ChartJson.Of(charts))}</script>");
        html.Add($"<script>{new Markup(library)}</script><script>{new Markup(script)}</script></body></html>");
        to.Write(Encoding.UTF8.GetBytes(html.ToString()));
    }

    private static void WriteHead(ReportData data, Html html, string body)
    {
        var campaign = data.Campaign;
        var count = data.Outcome.Grid.Count;
        var horizon = DisplayUnit.Text(campaign.Ticks * campaign.TickSeconds, Models.Kernel.Second.Info);
        html.Add($"<header><div><h1>{campaign.Name}</h1>");
        if (campaign.About.Length > 0)
        {
            html.Add($"<p>{campaign.About}</p>");
        }

        html.Add($"<p class=\"facts\">{count:N0} cell{(count == 1 ? "" : "s")} \u00d7 {campaign.Paths:N0} paths");
        html.Add($"over {horizon}, seed {campaign.Seed}, run {data.Outcome.Provenance.Run}</p></div>");
        html.Add($"<button id=\"theme\" type=\"button\">Theme</button></header>");
        html.Add($"<nav aria-label=\"Sections\"><div>");
        bool IsThere(string id) => body.Contains($"<section id=\"{id}\"", StringComparison.Ordinal);
        foreach (var (id, title) in PageSections.Links.Where(l => IsThere(l.Id)))
        {
            html.Add($"<a href=\"#{id}\">{title}</a>");
        }

        html.Add($"</div></nav>");
        html.Add($"<noscript><p class=\"note\">Charts need scripts; every number is in the tables.</p></noscript>");
    }

    /// <summary>12,345.</summary>
    internal static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Policy(string style, params string[] scripts) =>
        $"default-src 'none'; script-src {string.Join(' ', scripts.Select(Hash))}; style-src {Hash(style)}; "
        + "img-src data:; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    /// <summary>An embedded file with line feeds only: browsers turn others into these before they hash.</summary>
    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"ScenarioGrid.Reports.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
