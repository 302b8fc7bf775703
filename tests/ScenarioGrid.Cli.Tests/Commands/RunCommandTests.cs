using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Tests.Commands;

[Collection(SmallRun.Collection)]
public class RunCommandTests(SmallRun run)
{
    [Fact]
    public void A_run_leaves_results_checks_and_every_report() => Assert.Equal(
        ["campaign.yaml", "cells.csv", "checks.json", "manifest.json", "report.html", "report.json", "report.md"],
        Directory.GetFiles(run.Run).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_folder_that_exists_is_not_overwritten()
    {
        var ended = (await ConsoleRun.Of("run", SmallRun.File, "--runs", run.Root, "--id", "done"))
            .Expect(Exit.NotFound);
        Assert.Contains("exists; resume it with 'scenariogrid resume done'", Assert.Single(ended.ErrorLines),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("/etc/x")]
    [InlineData("-x y")]
    [InlineData("")]
    public async Task A_run_id_that_is_no_plain_name_is_refused(string id) => Assert.StartsWith("OUTPUT_NAME",
        (await ConsoleRun.Of("run", SmallRun.File, "--runs", run.Root, $"--id={id}")).Expect(Exit.Usage).Error,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_filter_runs_only_matching_cells_and_says_so_in_the_campaign()
    {
        using var folder = new TempFolder();
        string[] filters = ["--cells", "twap.window=1m,30m", "--cells", "pool.fee=60 bps"];
        (await ConsoleRun.Of(["run", SmallRun.File, "--runs", folder.Path, "--id", "few", .. filters])).Expect(Exit.Ok);
        Assert.Equal(2, RunManifest.Read(Path.Combine(folder["few"], "manifest.json")).Cells);
        Assert.Contains("twap.window: [1m, 30m]",
            await File.ReadAllTextAsync(Path.Combine(folder["few"], "campaign.yaml")), StringComparison.Ordinal);

        var few = (await ConsoleRun.Of("export", "few", "--runs", folder.Path)).Expect(Exit.Ok).OutLines;
        var all = (await ConsoleRun.Of("export", "done", "--runs", run.Root)).Expect(Exit.Ok).OutLines;
        Assert.Equal(WithoutCell(all[4]), WithoutCell(few[1]));
        Assert.Equal(WithoutCell(all[12]), WithoutCell(few[2]));
    }

    [Theory]
    [InlineData("twap.window=7m", "twap.window has no level '7m' (levels: 1m, 5m, 30m)")]
    [InlineData("twap.windw=5m", "'twap.windw' is not swept (did you mean 'twap.window'?)")]
    [InlineData("twap.window", "'twap.window' is no filter; write setting=level")]
    public async Task A_filter_that_fits_no_cell_is_refused(string filter, string why) => Assert.Contains(why,
        (await ConsoleRun.Of("run", SmallRun.File, "--runs", run.Root, "--cells", filter)).Expect(Exit.Usage).Error,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_threshold_that_no_cell_keeps_ends_with_99()
    {
        using var folder = new TempFolder();
        (await ConsoleRun.Of("run", SmallRun.File, "--runs", folder.Path, "--cells", "twap.window=5m",
            "--set", "thresholds=[pool.volume.mean > 1B USD]")).Expect(Exit.Threshold);
    }

    private static string WithoutCell(string row) => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..];
}
