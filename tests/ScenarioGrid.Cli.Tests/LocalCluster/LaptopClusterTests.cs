using System.Text.Json;

namespace ScenarioGrid.Cli.Tests.LocalCluster;

/// <summary>A cluster on this machine, with real processes.</summary>
[Collection(SmallRun.Collection)]
public class LaptopClusterTests(SmallRun run)
{
    private static readonly string[] s_work = ["--paths", "256"];

    [SkippableFact]
    public async Task The_walk_of_the_readme_survives_the_death_of_a_silo()
    {
        Skip.IfNot(HasRedis, "redis-server is not installed");
        using var folder = new TempFolder();
        var state = folder["state"];
        try
        {
            var up = await Run(folder, "cluster", "up", "--silos", "2", "--dir", state);
            Assert.Equal(3, up.Expect(Exit.Ok).OutLines.Length);
            var address = ClusterState.Read(state)!.Address!.Text;
            string[] there = ["--cluster", address, "--runs", folder["there"]];
            (await Run(folder, ["submit", SmallRun.File, "--no-wait", .. there, .. s_work])).Expect(Exit.Ok);

            ClusterState.Read(state)!.Silos[0].Process.Signal(ProcessStamp.Kill);
            (await Run(folder, "wait", "small-01", "--timeout", "80s", "--cluster", address)).Expect(Exit.Ok);
            var shown = (await Run(folder, ["show", "small-01", .. there])).Expect(Exit.Ok);
            var here = (await Run(folder, ["run", SmallRun.File, "--runs", folder["here"], .. s_work])).Expect(Exit.Ok);
            Assert.Equal(here.OutLines, shown.OutLines);

            // The way inside the trust zone sees the same campaign, and survives on the silo that is left.
            var inside = (await Inside(folder, state, "watch", "small-01")).Expect(Exit.Ok);
            Assert.StartsWith("small-01 completed", inside.Out, StringComparison.Ordinal);
            (await Inside(folder, state, "watch", "nothing")).Expect(Exit.NotFound);

            // What is gone is started anew, and the campaign is still known.
            (await Run(folder, "cluster", "up", "--silos", "2", "--dir", state)).Expect(Exit.Ok);
            var status = (await Run(folder, "cluster", "status", "--dir", state, "-o", "json")).Expect(Exit.Ok);
            using var json = JsonDocument.Parse(status.Out);
            Assert.Equal(2, json.RootElement.GetProperty("silos").EnumerateArray()
                .Count(s => s.GetProperty("state").GetString() == "working"));
            var list = await Run(folder, "list", "--cluster", ClusterState.Read(state)!.Address!.Text);
            Assert.Contains("small-01", list.Expect(Exit.Ok).Out, StringComparison.Ordinal);
        }
        finally
        {
            await End(folder, state);
        }
    }

    [Fact]
    public async Task Down_without_a_cluster_ends_with_4()
    {
        using var folder = new TempFolder();
        (await ConsoleRun.Of("cluster", "down", "--dir", folder["none"])).Expect(Exit.NotFound);
    }

    [Fact]
    public async Task A_state_of_dead_processes_ends_no_other_and_is_forgotten()
    {
        using var folder = new TempFolder();
        var mine = ProcessStamp.Of(Environment.ProcessId)! with { Started = "before" };
        new ClusterState
        {
            ClusterId = "laptop",
            Store = new LocalStore(mine, 1, "redis-server"),
            Silos = [new LocalSilo(1, mine, 2, 3, new Uri("http://127.0.0.1:4"), "log")],
        }.Save(folder.Path);
        Assert.Null(ClusterState.Read(folder.Path)!.Address);
        (await ConsoleRun.Of("cluster", "status", "--dir", folder.Path)).Expect(Exit.Unreachable);

        var down = (await ConsoleRun.Of("cluster", "down", "--dir", folder.Path)).Expect(Exit.Ok);
        Assert.Contains("was gone already", down.Error, StringComparison.Ordinal);
        Assert.Null(ClusterState.Read(folder.Path));
    }

    [Fact]
    public async Task A_damaged_state_is_said_and_not_guessed()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["cluster.json"], "{\"schema\": 1, \"sto");
        var ended = (await ConsoleRun.Of("cluster", "down", "--dir", folder.Path)).Expect(Exit.Usage);
        Assert.Contains("is damaged", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_that_needs_a_cluster_says_how_to_get_one()
    {
        using var folder = new TempFolder();
        var ended = (await Run(folder, "watch", "small-01")).Expect(Exit.Usage);
        Assert.Contains("scenariogrid cluster up", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.NotEmpty(run.Run);
    }

    private static bool HasRedis => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(f => File.Exists(Path.Combine(f, "redis-server")));

    private static async Task<Ended> Run(TempFolder folder, params string[] args)
    {
        using var child = Child.In(folder.Path, args);
        return await child.End();
    }

    /// <summary>Asks by Orleans' own protocol.</summary>
    private static async Task<Ended> Inside(TempFolder folder, string state, params string[] args)
    {
        var store = ClusterState.Read(state)!.Store;
        var variables = new Dictionary<string, string>
        {
            ["SCENARIOGRID_REDIS_PASSWORD_FILE"] = Path.Combine(state, "store.password"),
        };
        using var child = Child.With(variables,
            [.. args, "--cluster", FormattableString.Invariant($"redis://127.0.0.1:{store.Port}/laptop")]);
        return await child.End();
    }

    /// <summary>Ends what was started, by its id, and shows what the silos said when something was left.</summary>
    private static async Task End(TempFolder folder, string state)
    {
        var started = ClusterState.Read(state);
        (await Run(folder, "cluster", "down", "--dir", state)).Expect(Exit.Ok);
        Assert.False(started!.Store.Process.IsAlive);
        Assert.DoesNotContain(started.Silos, s => s.Process.IsAlive);
    }
}
