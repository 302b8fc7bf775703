using System.Text.Json.Nodes;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

public class JsonReportTests
{
    [Fact]
    public void Cells_carry_parameters_estimates_verdicts_and_standing()
    {
        var outcome = SampleOutcome.TwoAxes();
        var root = Json(outcome);
        Assert.Equal(JsonReport.SchemaVersion, (int)root["schemaVersion"]!);
        Assert.Equal(outcome.Campaign.Seed, (ulong)root["seed"]!);
        Assert.Equal(outcome.Provenance.ResultHash, (string)root["provenance"]!["resultHash"]!);
        var cells = root["cells"]!.AsArray();
        Assert.Equal(54, cells.Count);
        foreach (var (expected, i) in outcome.Frontier.Cells.Select((c, i) => (c, i)))
        {
            var cell = cells[i]!;
            Assert.Equal(expected.Index, (long)cell["cell"]!);
            Assert.Equal(expected.Settings[0], (double)cell["parameters"]!["vaults.window"]!);
            Assert.Equal(expected.Objectives[0].Value, (double)cell["objectives"]![0]!["value"]!);
            Assert.Equal(expected.Objectives[0].High, (double)cell["objectives"]![0]!["high"]!);
            Assert.Equal(expected.Passes, (bool)cell["passes"]!);
            Assert.Equal(outcome.Frontier.IsOnFrontier[i], (bool)cell["onFrontier"]!);
        }

        var chosen = Assert.Single(cells, c => (bool)c!["isRecommended"]!);
        Assert.Equal((long)root["recommendation"]!["cell"]!, (long)chosen!["cell"]!);
    }

    [Fact]
    public void Failed_cells_give_their_reason_and_no_numbers()
    {
        var failed = Json(SampleOutcome.Failing())["cells"]!.AsArray().Where(c => c!["error"] is not null).ToList();
        Assert.Equal(8, failed.Count);
        Assert.All(failed, c => Assert.Contains("path 17 at tick 204", (string)c!["error"]!, StringComparison.Ordinal));
        Assert.All(failed, c => Assert.Null(c!["objectives"]));
    }

    [Fact]
    public void Choices_are_written_by_name()
    {
        var cell = Json(SampleOutcome.FourAxes())["cells"]![1]!["parameters"]!;
        Assert.Equal(("english", "on"), ((string)cell["vaults.sale"]!, (string)cell["vaults.breaker"]!));
    }

    private static JsonNode Json(RunOutcome outcome) =>
        JsonNode.Parse(Samples.Bytes(ReportFormats.Find("json"), outcome))!;
}
