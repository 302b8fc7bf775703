using System.Text.Json;
using ScenarioGrid.Cli.Tests.Cluster;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli.Tests.Commands;

/// <summary>Verbs on campaigns of a cluster: what they print, and how they end.</summary>
[Collection(SmallRun.Collection)]
public class RemoteCommandTests(SmallRun run)
{
    [Fact]
    public async Task Watch_tells_how_a_campaign_ended()
    {
        await using var cluster = await Finished();
        var ended = (await Ask(cluster, "watch", "small-01")).Expect(Exit.Ok);
        Assert.StartsWith("small-01 completed in 60 s: 12/12 cells, 0 failed, sha256 ", Assert.Single(ended.OutLines),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_begins_where_the_campaign_is_and_goes_on_to_its_end()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        var campaign = FakeCampaign.Running(small.Submission);
        campaign.Bring(small.Results.Take(6));
        cluster.Front.Campaigns["small-01"] = campaign;
        var looks = 0;
        cluster.Front.Before = call =>
        {
            if (call == "Status" && ++looks == 3)
            {
                campaign.Bring(small.Results.Skip(6));
                campaign.Complete(small.Results);
            }

            return Task.CompletedTask;
        };
        var ended = (await Ask(cluster, "watch", "small-01")).Expect(Exit.Ok);
        Assert.Equal("cells 6/12: 50 %  1 silo", ended.ErrorLines[0]);
        Assert.Single(ended.OutLines);
    }

    [Fact]
    public async Task Ctrl_C_ends_watching_and_says_how_to_go_on()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Campaigns["small-01"] = FakeCampaign.Running(small.Submission);
        using var child = Child.Start("watch", "small-01", "--cluster", cluster.Address);
        await child.Says("cells 0/12");
        child.Signal("INT");
        Assert.Contains("small-01 goes on; see it with: scenariogrid watch small-01",
            (await child.End()).Expect(Exit.Interrupted).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_prints_a_line_for_each_campaign_and_ends_with_the_worst()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await Finished();
        cluster.Front.Campaigns["other"] = FakeCampaign.Completed(
            small.Submission with { Id = "other" }, small.WithFailed(2));
        (await Ask(cluster, "wait", "small-01")).Expect(Exit.Ok);
        var ended = (await Ask(cluster, "wait", "small-01", "oth", "--timeout", "1m")).Expect(Exit.Failed);
        Assert.Equal(2, ended.OutLines.Length);
        Assert.Contains("other completed in 60 s: 12/12 cells, 1 failed", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_ends_with_124_when_the_time_is_over()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Campaigns["small-01"] = FakeCampaign.Running(small.Submission);
        var ended = (await Ask(cluster, "wait", "small-01", "--timeout", "0.2s")).Expect(Exit.TimedOut);
        Assert.Equal("not ended within 0.2s; waiting changed nothing", Assert.Single(ended.ErrorLines));
        (await Ask(cluster, "wait", "small-01", "--timeout", "soon")).Expect(Exit.Usage);
    }

    [Fact]
    public async Task Wait_outlives_the_death_of_a_front()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        await using var other = await FakeCluster.Start(cluster.Front);
        var campaign = FakeCampaign.Running(small.Submission);
        cluster.Front.Campaigns["small-01"] = campaign;
        var seen = new TaskCompletionSource();
        cluster.Front.Before = _ =>
        {
            seen.TrySetResult();
            return Task.CompletedTask;
        };
        var waiting = ConsoleRun.Of("wait", "small-01", "--cluster", $"{cluster.Address},{other.Address}");
        await seen.Task;
        await cluster.Die();
        campaign.Bring(small.Results);
        campaign.Complete(small.Results);
        Assert.Single((await waiting).Expect(Exit.Ok).OutLines);
    }

    [Fact]
    public async Task Logs_are_lines_with_time()
    {
        await using var cluster = await Finished();
        string[] lines = ["1970-01-01T00:00:01.000Z  accepted", "1970-01-01T00:01:01.500Z  completed"];
        Assert.Equal(lines, (await Ask(cluster, "logs", "small-01")).Expect(Exit.Ok).OutLines);
        Assert.Equal(lines, (await Ask(cluster, "logs", "small-01", "--follow")).Expect(Exit.Ok).OutLines);
    }

    [Fact]
    public async Task Cancel_carries_its_reason()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        cluster.Front.Campaigns["small-01"] = FakeCampaign.Running(small.Submission);
        var ended = (await Ask(cluster, "cancel", "small-01", "--reason", "wrong seed & more")).Expect(Exit.Ok);
        Assert.Equal("small-01 cancelled: 0/12 cells, 0 failed: wrong seed & more", Assert.Single(ended.OutLines));
    }

    [Fact]
    public async Task Retried_cells_replace_their_failures_in_the_run_folder()
    {
        var small = await SmallCampaign.Of(run);
        await using var cluster = await FakeCluster.Start();
        var campaign = FakeCampaign.Completed(small.Submission, small.WithFailed(3, 8));
        cluster.Front.Campaigns["small-01"] = campaign;
        using var folder = new TempFolder();
        string[] show = ["show", "small-01", "--runs", folder.Path];
        Assert.Contains("cell 8 failed", (await Ask(cluster, show)).Expect(Exit.Ok).Out, StringComparison.Ordinal);

        Assert.Equal("small-01: 2 cells are computed again",
            Assert.Single((await Ask(cluster, "retry", "small-01")).Expect(Exit.Ok).OutLines));
        campaign.Bring(small.Results.Where(r => r.Cell is 3 or 8));
        campaign.Complete(small.Results);
        Assert.Equal(run.Ended.OutLines[1..], (await Ask(cluster, show)).Expect(Exit.Ok).OutLines[1..]);
        var part = Path.Combine("cells", "part-0.parquet");
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(run.Run, part)),
            await File.ReadAllBytesAsync(Path.Combine(folder["small-01"], part)));
    }

    [Fact]
    public async Task Results_that_are_here_are_not_fetched_again()
    {
        await using var cluster = await Finished();
        using var folder = new TempFolder();
        (await Ask(cluster, "show", "small-01", "--runs", folder.Path)).Expect(Exit.Ok);
        cluster.Front.Calls.Clear();
        (await Ask(cluster, "export", "small-01", "--runs", folder.Path)).Expect(Exit.Ok);
        Assert.DoesNotContain("Results", cluster.Front.Calls);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("verify", "--cells", "3")]
    [InlineData("report", "--format", "md", "--out", "-")]
    [InlineData("query", "select count(*) as n from cells")]
    [InlineData("trace", "--cell", "2", "--path", "1", "--ticks", "0..1")]
    public async Task Result_verbs_say_of_a_campaign_what_they_say_of_a_run(string verb, params string[] rest)
    {
        await using var cluster = await Finished("done");
        using var folder = new TempFolder();
        var here = (await ConsoleRun.Of([verb, "done", .. rest, "--runs", run.Root])).Expect(Exit.Ok);
        var there = (await Ask(cluster, [verb, "done", .. rest, "--runs", folder.Path])).Expect(Exit.Ok);
        Assert.Equal(here.Out, there.Out);
    }

    [Fact]
    public async Task List_shows_the_campaigns_of_a_cluster()
    {
        await using var cluster = await Finished();
        var ended = (await Ask(cluster, "list", "-o", "csv")).Expect(Exit.Ok);
        Assert.Equal(["campaign,owner,state,cells,done,failed,priority,submitted",
            "small-01,ada,completed,12,12,0,normal,1970-01-01T00:00:01Z"], ended.OutLines);
    }

    [Fact]
    public async Task Rm_with_a_cluster_removes_there_and_asks_nobody_who_cannot_answer()
    {
        await using var cluster = await Finished();
        using (var child = Child.Shell($"$SG rm small-01 --cluster {cluster.Address} < /dev/null"))
        {
            Assert.Contains("add --yes", (await child.End()).Expect(Exit.Usage).Error, StringComparison.Ordinal);
        }

        (await Ask(cluster, "rm", "small-01", "--yes")).Expect(Exit.Ok);
        Assert.Empty(cluster.Front.Campaigns);
    }

    [Fact]
    public async Task Rm_removes_a_run_folder_and_nothing_that_is_none()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["thesis"]);
        await File.WriteAllTextAsync(Path.Combine(folder["thesis"], "chapter1.txt"), "years of work");
        (await ConsoleRun.Of("rm", "thesis", "--runs", folder.Path, "--yes")).Expect(Exit.Usage);
        Assert.True(Directory.Exists(folder["thesis"]));

        (await ConsoleRun.Of("run", SmallRun.File, "--runs", folder.Path, "--id", "few", "--cells", "twap.window=5m"))
            .Expect(Exit.Ok);
        (await ConsoleRun.Of("rm", "few", "--runs", folder.Path, "--yes")).Expect(Exit.Ok);
        Assert.False(Directory.Exists(folder["few"]));
    }

    [Fact]
    public async Task Cluster_status_shows_silos_and_what_waits()
    {
        await using var cluster = await Finished();
        var table = (await Ask(cluster, "cluster", "status")).Expect(Exit.Ok);
        Assert.Equal("1 of 2 silos work, 1 campaigns run, 42 cells wait; busiest over mean silo 1.00",
            table.OutLines[0]);
        Assert.Contains("2.0M", table.OutLines[2], StringComparison.Ordinal);
        var document = (await Ask(cluster, "cluster", "status", "-o", "json")).Expect(Exit.Ok);
        using var json = JsonDocument.Parse(document.Out);
        Assert.Equal(42, json.RootElement.GetProperty("cellsWaiting").GetInt64());
        var silo = json.RootElement.GetProperty("silos")[1];
        Assert.Equal(("b", "silent"), (silo.GetProperty("silo").GetString(), silo.GetProperty("state").GetString()));
        Assert.Equal((1, 2), (silo.GetProperty("busy").GetInt32(), silo.GetProperty("slots").GetInt32()));
    }

    [Fact]
    public async Task A_campaign_that_is_not_there_ends_with_4_and_a_suggestion()
    {
        await using var cluster = await Finished();
        var ended = (await Ask(cluster, "watch", "smal-01")).Expect(Exit.NotFound);
        Assert.Equal($"there is no campaign 'smal-01' at {cluster.Address} (did you mean 'small-01'?)",
            Assert.Single(ended.ErrorLines));
    }

    [Theory]
    [InlineData("INVALID", Exit.Usage)]
    [InlineData("CONFLICT", Exit.Usage)]
    [InlineData("NOT_ENDED", Exit.Usage)]
    [InlineData("FORBIDDEN", Exit.NotAllowed)]
    [InlineData("BUSY", Exit.Busy)]
    [InlineData("STORE_LOST", Exit.Failed)]
    public async Task A_refusal_has_its_exit_code_and_its_line(string code, int exit)
    {
        await using var cluster = await Finished();
        cluster.Front.Before = call => call == "Submit"
            ? throw new GridException(code, "a test says so")
            : Task.CompletedTask;
        var ended = (await Ask(cluster, "submit", SmallRun.File, "--no-wait")).Expect(exit);
        Assert.Equal($"{code}: a test says so", ended.ErrorLines[^1]);
        Assert.Empty(ended.Out);
    }

    [Fact]
    public async Task A_store_that_is_down_for_a_moment_is_only_a_pause()
    {
        await using var cluster = await Finished();
        var refusals = 3;
        cluster.Front.Before = _ => refusals-- > 0
            ? throw new GridException("STORE_DOWN", "the store does not answer")
            : Task.CompletedTask;
        (await Ask(cluster, "wait", "small-01")).Expect(Exit.Ok);
        Assert.True(refusals < 0);
    }

    private async Task<FakeCluster> Finished(string id = "small-01")
    {
        var small = await SmallCampaign.Of(run);
        var cluster = await FakeCluster.Start();
        cluster.Front.Campaigns[id] = FakeCampaign.Completed(small.Submission with { Id = id }, small.Results);
        return cluster;
    }

    private static Task<Ended> Ask(FakeCluster cluster, params string[] args) =>
        ConsoleRun.Of([.. args, "--cluster", cluster.Address]);
}
