using ScenarioGrid.Bench;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains.Tests.Work;

/// <summary>What a campaign on the grid promises, on one silo.</summary>
public sealed class CampaignFrontTests : IAsyncLifetime
{
    private static readonly string Text = ReferenceCampaign.Text(paths: 16, skipIdle: false)
        .Replace("horizon: 600000s", "horizon: 6000s", StringComparison.Ordinal)
        + "\nsweep:\n  vaults.copy: {from: 1, to: 600, steps: 600}\n";

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start(1);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Every_cell_comes_back_once_over_several_shards_and_the_audit_gives_their_hash()
    {
        var (status, results) = await Run("all", Text);
        Assert.Equal((CampaignState.Completed, 600, 600, 0), (status.State, status.Cells, status.Done, status.Failed));
        Assert.Equal(Enumerable.Range(0, 600).Select(c => (long)c), results.Select(r => r.Cell).Order());
        Assert.Equal(CellResult.Hash(results.OrderBy(r => r.Cell)), status.ResultHash);
        Assert.Equal(600L * 16 * 10, status.PathTicks);
    }

    [Fact]
    public async Task The_same_submission_is_the_same_campaign_and_another_text_under_its_id_is_refused()
    {
        var first = await _cluster.Front.Submit(new CampaignSubmission(Text, 64), Caller.Local);
        var second = await _cluster.Front.Submit(new CampaignSubmission(Text, 64), Caller.Local);
        Assert.Equal((first.Campaign, true, false), (second.Campaign, first.IsNew, second.IsNew));
        var other = await _cluster.Front.Submit(new CampaignSubmission(Text, 128), Caller.Local);
        Assert.NotEqual(first.Campaign, other.Campaign);
        await Refused("CONFLICT", () => _cluster.Front.Submit(
            new CampaignSubmission(Text + "# more\n", 64, Id: first.Campaign), Caller.Local));
    }

    [Fact]
    public async Task An_invalid_text_is_refused_with_its_first_problem()
    {
        var refused = await Refused("INVALID", () => _cluster.Front.Submit(
            new CampaignSubmission(Text.Replace("seed:", "sead:", StringComparison.Ordinal), 64, Id: "invalid"),
            Caller.Local));
        Assert.Contains("UNKNOWN_KEY: 'sead' (did you mean 'seed'?)", refused.Message, StringComparison.Ordinal);
        await Refused("UNKNOWN_CAMPAIGN", () => _cluster.Front.Status("invalid", Caller.Local));
    }

    [Fact]
    public async Task Results_of_an_earlier_run_are_not_computed_again()
    {
        var (_, all) = await Run("first", Text);
        foreach (var shard in all.Where(r => r.Cell % 3 != 0).GroupBy(r => (int)(r.Cell / Shard.Cells)))
        {
            await new ShardLedger(_cluster.Store, "second", shard.Key, Shard.CellsOf(shard.Key, 600))
                .Commit(0, new ResultBatch([.. shard.Select(r => r.ToBytes())], 0));
        }

        var (status, results) = await Run("second", Text);
        Assert.Equal((600, 200L * 16 * 10), (status.Done, status.PathTicks));
        Assert.Equal(CellResult.Hash(all.OrderBy(r => r.Cell)), CellResult.Hash(results.OrderBy(r => r.Cell)));
    }

    [Fact]
    public async Task A_cancelled_campaign_keeps_its_reason_and_its_results_and_can_be_removed()
    {
        var front = _cluster.Front;
        await front.Submit(new CampaignSubmission(Text.Replace("6000s", "600000s", StringComparison.Ordinal), 64,
            Id: "cancelled"), Caller.Local);
        await front.Cancel("cancelled", "enough", Caller.Local);
        var status = await front.Cancel("cancelled", "again", Caller.Local);
        Assert.Equal((CampaignState.Cancelled, "enough"), (status.State, status.Reason));
        Assert.Contains((await front.Log("cancelled", 0, Caller.Local)).Lines,
            l => l.Text == "cancelled: enough");
        await front.Remove("cancelled", Caller.Local);
        await Refused("UNKNOWN_CAMPAIGN", () => front.Submission("cancelled", new Caller("other", Role.Viewer)));
    }

    [Fact]
    public async Task A_campaign_of_another_owner_does_not_exist_and_a_viewer_changes_nothing()
    {
        var (ann, bob) = (new Caller("ann", Role.Submitter), new Caller("bob", Role.Submitter));
        var front = _cluster.Front;
        await front.Submit(new CampaignSubmission(Text, 64, Id: "anns"), ann);
        Assert.Equal("ann", (await front.Status("anns", ann)).Owner);
        Assert.Equal("ann", (await front.Status("anns", Caller.Local)).Owner);
        Assert.Empty(await front.List(bob));
        await Refused("UNKNOWN_CAMPAIGN", () => front.Status("anns", bob));
        await Refused("UNKNOWN_CAMPAIGN", () => front.Cancel("anns", "mine", bob));
        await Refused("FORBIDDEN", () => front.Cancel("anns", "no", new Caller("ann", Role.Viewer)));
        await Refused("FORBIDDEN", () => front.Submit(
            new CampaignSubmission(Text, 64), new Caller("ann", Role.Viewer)));
        await Refused("FORBIDDEN", () => front.Cluster(ann));
    }

    [Fact]
    public async Task Failed_cells_are_tried_again_and_nothing_else_is()
    {
        var (before, _) = await Run("again", Bomb("false", "[1, 2, 3]"));
        Assert.Equal(1, before.Failed);
        await _cluster.Front.Retry("again", Caller.Local);
        var (after, results) = await Run("again", Bomb("false", "[1, 2, 3]"));
        Assert.Equal((3, 1, before.PathTicks), (after.Done, after.Failed, after.PathTicks));
        Assert.Equal(4, results.Count);
    }

    [Fact]
    public async Task A_cell_that_breaks_is_named_and_the_others_complete()
    {
        var text = Bomb("false", "[1, 2, 3, 4, 5]");
        var (status, results) = await Run("poison", text);
        Assert.Equal((5, 5, 1), (status.Cells, status.Done, status.Failed));
        var failed = Assert.Single(results, r => r.Error is not null);
        Assert.Equal(2, failed.Cell);
        Assert.Equal("numeric-fault: bomb.value at path 5, tick 7: value NaN", failed.Error);
    }

    [Fact]
    public async Task A_component_that_throws_fails_its_cell_and_not_the_campaign()
    {
        var text = Bomb("true", "[1, 2, 3]");
        var (status, results) = await Run("throws", text);
        Assert.Equal((3, 3, 1), (status.Cells, status.Done, status.Failed));
        Assert.Equal("internal-fault: InvalidOperationException: bomb",
            Assert.Single(results, r => r.Error is not null).Error);
    }

    [Theory]
    [InlineData("true", "InvalidOperationException: bomb")]
    [InlineData("false", "numeric-fault: bomb.value at path 5")]
    public async Task A_part_that_breaks_fails_its_cell_and_not_the_campaign(string throws, string error)
    {
        var text = Bomb(throws, "[1, 2, 3]");
        var (status, results) = await Run("part-" + throws, text, isSpread: true);
        Assert.Equal((3, 3, 1), (status.Cells, status.Done, status.Failed));
        Assert.Contains(error, Assert.Single(results, r => r.Error is not null).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_grains_show_what_they_hold_and_fence_late_borrowers()
    {
        var venue = _cluster.Grains.GetGrain<IInstanceGrain>(GrainId.Create("venues", "fence/pool"));
        await _cluster.Front.Submit(new CampaignSubmission(Text, 64, Id: "fence"), Caller.Local);
        var index = new ScenarioPlan(ReferenceCampaign.Read(Text)).Campaign.Instances.ToList()
            .FindIndex(i => i.Name == "pool");
        var refused = await Assert.ThrowsAsync<GridException>(async () => await venue.Lend(7, "fence", index));
        Assert.Equal("LOAN_LEFT_SILO", refused.Code);
        var view = await venue.View();
        Assert.Equal(("reference-pool", true, 7), (view.Kind, view.IsLent, view.Fence));
        Assert.Equal("BUSY", (await Assert.ThrowsAsync<GridException>(async () => await venue.Checkpoint())).Code);
        Assert.Equal("FENCED", (await Assert.ThrowsAsync<GridException>(
            async () => await venue.Lend(7, "fence", index))).Code);
        await venue.Return(7, 0, 0, 0);
        for (var look = 0; look < 1000 && (await venue.View()).IsLent; look++)
        {
            // Giving back is one-way: the next looks may overtake it.
        }

        Assert.Empty(await venue.Checkpoint());
    }

    private static string Bomb(string throws, string levels) => Text
        .Replace("steps: 600", "steps: 8", StringComparison.Ordinal)
        .Replace("    pool:", $"    bomb: {{kind: test-bomb, cell: 3, throws: {throws}}}\n    pool:",
            StringComparison.Ordinal)
        .Replace("vaults.copy: {from: 1, to: 600, steps: 8}", $"bomb.level: {levels}", StringComparison.Ordinal);

    private static async Task<GridException> Refused<T>(string code, Func<Task<T>> ask)
    {
        var refused = await Assert.ThrowsAsync<GridException>(ask);
        Assert.Equal(code, refused.Code);
        return refused;
    }

    private Task<(CampaignStatus Status, List<CellResult> Results)> Run(
        string id, string text, bool isSpread = false) =>
        _cluster.Run(new CampaignSubmission(text, 64, isSpread, Id: id));
}

/// <summary>Breaks on one path at one tick in one cell.</summary>
[Component("test-bomb", Family = "Bonds")]
public sealed class TestBomb(TestBomb.Parameters p) : Component
{
    public sealed record Parameters
    {
        /// <summary>Level of the cell.</summary>
        [Bounds(0, 100)]
        public Quantity<Number> Level { get; init; } = new(1);

        /// <summary>Level at which it breaks.</summary>
        [Bounds(0, 100)]
        public Quantity<Number> Cell { get; init; } = new(3);

        /// <summary>Throws instead of writing what is no number.</summary>
        public bool Throws { get; init; }
    }

    public Lane<Number> Value { get; } = Lane.Output<Number>(0, Over.Final);

    public override void Step(in Tick tick)
    {
        for (var path = 0; path < tick.Paths; path++)
        {
            var breaks = p.Level == p.Cell && tick.Index >= 7 && tick.FirstPath + path == 5;
            if (breaks && p.Throws)
            {
                throw new InvalidOperationException("bomb");
            }

            Value.Span[path] = breaks ? double.NaN : p.Level.Value;
        }
    }
}
