using System.Text.Json;
using ScenarioGrid.Cli.Tests.Cluster;
using ScenarioGrid.Grains;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Tests.Commands;

[Collection(SmallRun.Collection)]
public class SubmitCommandTests(SmallRun run)
{
    [Fact]
    public async Task Submit_without_waiting_prints_the_id_alone()
    {
        await using var cluster = await FakeCluster.Start();
        var ended = (await Submit(cluster, "--no-wait", "--priority", "high", "--block", "128")).Expect(Exit.Ok);
        Assert.Equal(["small-01"], ended.OutLines);
        Assert.StartsWith("small-01: 12 cells x 64 paths x 240 ticks", ended.Error, StringComparison.Ordinal);
        var submission = cluster.Front["small-01"].Submission;
        Assert.Equal((128, Priority.High, false), (submission.BlockPaths, submission.Priority, submission.Spread));
        Assert.Equal(await File.ReadAllTextAsync(SmallRun.File), submission.Text);
    }

    [Fact]
    public async Task Programs_read_the_answer_as_one_document()
    {
        await using var cluster = await FakeCluster.Start();
        await Submit(cluster, "--no-wait", "--id", "mine");
        var ended = (await Submit(cluster, "--no-wait", "--id", "mine", "-o", "json")).Expect(Exit.Ok);
        using var json = JsonDocument.Parse(ended.Out);
        Assert.Equal("mine", json.RootElement.GetProperty("campaign").GetString());
        Assert.False(json.RootElement.GetProperty("isNew").GetBoolean());
        Assert.Equal(12, json.RootElement.GetProperty("cells").GetInt64());
    }

    [Fact]
    public async Task A_submitted_campaign_leaves_the_cells_and_the_output_of_a_local_run()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Accepts = s => FakeCampaign.Completed(s, small.Results);
        using var folder = new TempFolder();
        var ended = (await Submit(cluster, "--runs", folder.Path)).Expect(Exit.Ok);

        Assert.Equal("small-01", ended.OutLines[0]);
        Assert.Equal(run.Ended.OutLines[1..], ended.OutLines[2..]);
        Assert.Contains("small-01 completed in 60 s: 12/12 cells, 0 failed", ended.Error, StringComparison.Ordinal);
        AssertSameCells(run.Run, folder["small-01"]);
        Assert.Equal(
            Directory.GetFiles(run.Run).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
            Directory.GetFiles(folder["small-01"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        var manifest = RunManifest.Read(Path.Combine(folder["small-01"], "manifest.json"));
        Assert.Equal(("completed", cluster.Address), (manifest.State, manifest.Cluster));
        Assert.Equal(RunManifest.Read(Path.Combine(run.Run, "manifest.json")).ResultHash, manifest.ResultHash);
    }

    [Fact]
    public async Task Failed_cells_end_with_1()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Accepts = s => FakeCampaign.Completed(s, small.WithFailed(3));
        using var folder = new TempFolder();
        var ended = (await Submit(cluster, "--runs", folder.Path)).Expect(Exit.Failed);
        Assert.Contains("cell 3 failed: NOT_FINITE: a test says so", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_threshold_ends_with_99()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Accepts = s => FakeCampaign.Completed(s, small.Results);
        using var folder = new TempFolder();
        (await Submit(cluster, "--runs", folder.Path, "--set", "thresholds=[pool.volume.mean > 1B USD]"))
            .Expect(Exit.Threshold);
    }

    [Fact]
    public async Task A_cancelled_campaign_ends_with_1_and_shows_what_there_is()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Accepts = s =>
        {
            var campaign = FakeCampaign.Running(s);
            campaign.Bring(small.Results.Take(5));
            campaign.Status = campaign.Status with { State = CampaignState.Cancelled, Reason = "enough" };
            return campaign;
        };
        using var folder = new TempFolder();
        var ended = (await Submit(cluster, "--runs", folder.Path)).Expect(Exit.Failed);
        Assert.Contains("small-01  5/12 cells", ended.Out, StringComparison.Ordinal);
        Assert.Contains("small-01 cancelled: 5/12 cells, 0 failed: enough", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_stops_watching_only()
    {
        await using var cluster = await FakeCluster.Start();
        using var folder = new TempFolder();
        using var child = Child.Start("submit", SmallRun.File, "--cluster", cluster.Address, "--runs", folder.Path);
        await child.Says("cells 0/12");
        child.Signal("INT");
        var ended = (await child.End()).Expect(Exit.Interrupted);
        Assert.Equal(["small-01"], ended.OutLines);
        Assert.Contains("small-01 goes on without being watched; see it with: scenariogrid watch small-01",
            ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Cancel", cluster.Front.Calls);
    }

    [Fact]
    public async Task A_killed_console_leaves_a_folder_that_show_completes_to_the_same_bytes()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        using var folder = new TempFolder();
        using (var child = Child.Start("submit", SmallRun.File, "--cluster", cluster.Address, "--runs", folder.Path))
        {
            await child.Says("cells 0/12");
            cluster.Front["small-01"].Bring(small.Results.Take(7).Reverse());
            await child.Says("cells 7/12");
            child.Signal("KILL");
            Assert.Equal(137, (await child.End()).Exit);
        }

        cluster.Front["small-01"].Bring(small.Results.Skip(7));
        cluster.Front["small-01"].Complete(small.Results);
        var shown = (await ConsoleRun.Of("show", "small-01", "-c", cluster.Address, "--runs", folder.Path))
            .Expect(Exit.Ok);
        Assert.Equal(run.Ended.OutLines[1..], shown.OutLines[1..]);
        AssertSameCells(run.Run, folder["small-01"]);
        Assert.False(Directory.Exists(Path.Combine(folder["small-01"], "journal")));
    }

    [Fact]
    public async Task A_full_disk_ends_with_74_and_show_goes_on_when_there_is_room()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Accepts = s => FakeCampaign.Completed(s, small.Results);
        using var folder = new TempFolder();
        using (var child = Child.Shell(
            "trap '' XFSZ; ulimit -f 100; export DOTNET_EnableWriteXorExecute=0; "
            + $"$SG submit {SmallRun.File} --cluster {cluster.Address} --runs {folder.Path}"))
        {
            var ended = (await child.End()).Expect(Exit.CannotWrite);
            Assert.Contains("small-01 goes on; free space, then: scenariogrid show small-01", ended.Error,
                StringComparison.Ordinal);
        }

        (await ConsoleRun.Of("show", "small-01", "-c", cluster.Address, "--runs", folder.Path)).Expect(Exit.Ok);
        AssertSameCells(run.Run, folder["small-01"]);
    }

    [Fact]
    public async Task A_folder_of_another_campaign_is_not_mixed_up()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Accepts = s => FakeCampaign.Completed(s, small.Results);
        using var folder = new TempFolder();
        (await Submit(cluster, "--runs", folder.Path)).Expect(Exit.Ok);
        cluster.Front.Campaigns.Clear();
        var ended = (await Submit(cluster, "--runs", folder.Path, "--seed", "8")).Expect(Exit.NotFound);
        Assert.Contains("is a run of another campaign file than small-01", ended.Error, StringComparison.Ordinal);
    }

    private static Task<Ended> Submit(FakeCluster cluster, params string[] options) =>
        ConsoleRun.Of(["submit", SmallRun.File, "--cluster", cluster.Address, .. options]);

    private static void AssertSameCells(string expected, string actual)
    {
        string[] files = [Path.Combine("cells", "part-0.parquet"), "campaign.yaml", "cells.csv", "checks.json"];
        Assert.All(files, f => Assert.Equal(
            File.ReadAllBytes(Path.Combine(expected, f)), File.ReadAllBytes(Path.Combine(actual, f))));
    }
}
