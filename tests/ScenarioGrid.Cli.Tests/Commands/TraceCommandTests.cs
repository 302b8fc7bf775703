using System.Globalization;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Tests.Commands;

[Collection(SmallRun.Collection)]
public class TraceCommandTests(SmallRun run)
{
    [Fact]
    public async Task A_trace_has_one_row_per_tick_and_ends_with_the_measures_of_the_run()
    {
        var plan = Plan();
        var values = PathTrace.Values(plan, 5);
        var ended = (await ConsoleRun.Of(
            "trace", "done", "--runs", run.Root, "--cell", "5", "--path", "61", "-o", "csv")).Expect(Exit.Ok);

        Assert.Equal(1 + plan.Campaign.Ticks, ended.OutLines.Length);
        Assert.StartsWith("tick,seconds,eth.", ended.Out, StringComparison.Ordinal);
        for (var m = 0; m < values.Length; m++)
        {
            var said = ended.ErrorLines[m + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(plan.Campaign.Measures[m].Name, said[0]);
            Assert.Equal(values[m][61], double.Parse(said[1], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task The_paths_that_are_traced_are_those_that_the_run_was_made_of()
    {
        var plan = Plan();
        using var folder = await RunFolder.Open(run.Run, ComponentCatalog.Default);
        double[][] paths = [.. Enumerable.Range(0, plan.Campaign.Paths)
            .Select(p => PathTrace.Replay(plan, 7, p, (_, _, _) => { }))];
        double[][] values = [.. plan.Campaign.Measures.Select((_, m) => paths.Select(p => p[m]).ToArray())];

        var again = CellStatistics.Of(7, values, CellStatistics.Named(plan.Campaign.Statistics));
        Assert.Equal(folder.Results.Single(r => r.Cell == 7).ToBytes(), again.ToBytes());
        Assert.Equal(values, PathTrace.Values(plan, 7));
    }

    [Fact]
    public async Task The_worst_path_is_that_with_the_worst_value_of_the_first_objective()
    {
        var plan = Plan();
        var values = PathTrace.Values(plan, 8)[plan.Campaign.Objectives[0].Measure];
        var ended = (await ConsoleRun.Of("trace", SmallRun.File, "--cell", "8", "--ticks", "0..1")).Expect(Exit.Ok);
        var worst = Array.IndexOf(values, values.Max());
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture,
                $"worst of 64 paths by twap.lag: path {worst} with {values[worst]:R}"),
            ended.ErrorLines[0]);
    }

    [Fact]
    public async Task One_instance_and_some_ticks_can_be_chosen()
    {
        string[] args = ["trace", SmallRun.File, "--cell", "0", "--path", "0", "--instance", "twap", "--ticks",
            "10..12", "-o", "jsonl"];
        var rows = (await ConsoleRun.Of(args)).Expect(Exit.Ok).OutLines;
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("{\"tick\":10,\"seconds\":660,\"twap.", rows[0], StringComparison.Ordinal);
        Assert.DoesNotContain("eth.", rows[0], StringComparison.Ordinal);

        var inner = (await ConsoleRun.Of([.. args, "--state"])).Expect(Exit.Ok).OutLines;
        Assert.True(inner[0].Length > rows[0].Length, "inner state adds columns");
    }

    [Theory]
    [InlineData("there is no cell 12; cells are 0 to 11", Exit.NotFound, "--cell", "12")]
    [InlineData("there is no path '64'; paths are 0 to 63, or worst", Exit.NotFound, "--cell", "0", "--path", "64")]
    [InlineData("--ticks is '5..999'; write first..last within 0..239", Exit.Usage, "--cell", "0", "--ticks", "5..999")]
    [InlineData("there is no instance 'twp' (did you mean 'twap'?)", Exit.NotFound, "--cell", "0", "--instance", "twp")]
    public async Task What_is_not_there_is_named(string line, int exit, params string[] args) => Assert.Equal(line,
        Assert.Single((await ConsoleRun.Of(["trace", SmallRun.File, .. args])).Expect(exit).ErrorLines));

    private static ScenarioPlan Plan() => new(CampaignFile.Read(
        File.ReadAllText(SmallRun.File), ComponentCatalog.Default, new Problems())!);
}
