using System.Globalization;
using System.Text;

namespace ScenarioGrid.Reports;

/// <summary>A short summary for a forum post: verdict, thresholds, choice and where the numbers come from.</summary>
[ReportFormat("md")]
public sealed class MarkdownReport : ReportFormat
{
    public override string FileName => "summary.md";

    public override void Write(RunOutcome outcome, Stream to)
    {
        var data = new ReportData(outcome);
        using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"## {Plain(data.Campaign.Name)}\n");
        if (data.Campaign.About.Length > 0)
        {
            writer.WriteLine($"{Plain(data.Campaign.About)}\n");
        }

        writer.WriteLine($"**{Plain(Verdicts.Line(data))}** {Plain(Verdicts.Sentence(data))}\n");
        WriteThresholds(data, writer);
        WriteChoice(data, writer);
        var run = outcome.Provenance;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{data.Outcome.Results.Count} cells x {data.Campaign.Paths} paths, seed {data.Campaign.Seed}, "
            + $"run `{Code(run.Run)}`, engine {Plain(run.Engine)}, "
            + $"input `{Short(run.InputHash)}`, results `{Short(run.ResultHash)}`."));
    }

    private static void WriteThresholds(ReportData data, StreamWriter writer)
    {
        if (data.Judged is null || data.Campaign.Thresholds.Count == 0)
        {
            return;
        }

        writer.WriteLine("| threshold | value | 95 % interval | verdict |\n|---|--:|--:|---|");
        foreach (var line in Verdicts.Thresholds(data))
        {
            string[] cells = [line.Text, line.Value, line.Interval, ReportData.Words(line.Verdict)];
            writer.WriteLine($"| {string.Join(" | ", cells.Select(Plain))} |");
        }

        writer.WriteLine();
    }

    private static void WriteChoice(ReportData data, StreamWriter writer)
    {
        if (data.Recommendation is not { } choice)
        {
            return;
        }

        foreach (var reason in choice.Reasons)
        {
            writer.WriteLine($"- {Plain(reason.Sentence)}");
        }

        if (choice.RunnersUp.Count > 0)
        {
            writer.WriteLine("\nRunners-up:\n");
        }

        foreach (var other in choice.RunnersUp)
        {
            writer.WriteLine($"- {Plain(other.Sentence)}");
        }

        writer.WriteLine();
    }

    private static string Short(string hash) => Code(hash[..Math.Min(12, hash.Length)]);

    private static string Code(string text) => text.Replace('`', '\'');

    /// <summary>Text in which nothing is markup, neither Markdown's nor HTML's.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            plain.Append(letter switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\n' or '\r' or '\t' => " ",
                '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '|' or '~' or '!' => $"\\{letter}",
                _ => letter.ToString(),
            });
        }

        return plain.ToString();
    }
}
