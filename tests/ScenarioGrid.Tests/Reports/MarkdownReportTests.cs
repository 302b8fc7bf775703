using System.Text;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

public class MarkdownReportTests
{
    [Fact]
    public void Summary_names_verdict_thresholds_choice_and_hashes()
    {
        var outcome = SampleOutcome.TwoAxes();
        var text = Text(outcome);
        Assert.StartsWith("## oracle-window\n", text, StringComparison.Ordinal);
        Assert.Contains("**\u2713 Pass: ", text, StringComparison.Ordinal);
        Assert.Contains("| vaults.badDebt.p99 &lt; 2.5M USD | ", text, StringComparison.Ordinal);
        Assert.Contains(outcome.Provenance.ResultHash[..12], text, StringComparison.Ordinal);
        Assert.All(outcome.Frontier.Recommendation!.RunnersUp,
            r => Assert.Contains($"Cell {r.Cell.Index} (", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_no_markup()
    {
        var text = Text(SampleOutcome.Hostile("<b>[x](y)|`"));
        Assert.StartsWith("## &lt;b&gt;\\[x\\](y)\\|\\`\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_campaign_says_so_first()
    {
        Assert.Contains("**\u2717 Fail: no cell of 46 keeps both thresholds on its confidence bound.**",
            Text(SampleOutcome.Failing()), StringComparison.Ordinal);
    }

    private static string Text(RunOutcome outcome) =>
        Encoding.UTF8.GetString(Samples.Bytes(ReportFormats.Find("md"), outcome));
}
