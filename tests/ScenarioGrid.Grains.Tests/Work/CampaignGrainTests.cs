using ScenarioGrid.Bench;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains.Tests.Work;

/// <summary>What a campaign on the grid promises, on one silo.</summary>
public sealed class CampaignGrainTests : IAsyncLifetime
{
    private static readonly string Text = ReferenceCampaign.Text(paths: 16, skipIdle: false)
        .Replace("horizon: 600000s", "horizon: 6000s", StringComparison.Ordinal)
        + "\nsweep:\n  vaults.copy: {from: 1, to: 600, steps: 600}\n";

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start(1);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Every_cell_comes_back_once_over_several_shards()
    {
        var (status, results) = await Run("all", Text, []);
        Assert.Equal((CampaignState.Completed, 600, 600, 0), (status.State, status.Cells, status.Done, status.Failed));
        Assert.Equal(Enumerable.Range(0, 600).Select(c => (long)c), results.Select(r => r.Cell).Order());
    }

    [Fact]
    public async Task A_second_equal_submission_changes_nothing_and_another_text_is_refused()
    {
        await Run("twice", Text, []);
        var campaign = _cluster.Grains.GetGrain<ICampaignGrain>("twice");
        Assert.Equal(600, (await campaign.Submit(new CampaignSubmission(Text, 64, false))).Done);
        var conflict = await Assert.ThrowsAsync<GridException>(
            () => campaign.Submit(new CampaignSubmission(Text + "# more\n", 64, false)));
        Assert.Equal("CONFLICT", conflict.Code);
    }

    [Fact]
    public async Task An_invalid_text_is_refused_with_its_first_problem()
    {
        var campaign = _cluster.Grains.GetGrain<ICampaignGrain>("invalid");
        var refused = await Assert.ThrowsAsync<GridException>(
            () => campaign.Submit(new CampaignSubmission(
                Text.Replace("seed:", "sead:", StringComparison.Ordinal), 64, false)));
        Assert.Equal("INVALID", refused.Code);
        Assert.Contains("UNKNOWN_KEY: 'sead' (did you mean 'seed'?)", refused.Message, StringComparison.Ordinal);
        Assert.Equal("UNKNOWN_CAMPAIGN", (await Assert.ThrowsAsync<GridException>(campaign.Status)).Code);
    }

    [Fact]
    public async Task Results_of_an_earlier_run_are_not_computed_again()
    {
        var (_, all) = await Run("first", Text, []);
        var known = all.Where(r => r.Cell % 3 != 0).ToList();
        var (status, results) = await Run("second", Text, known);
        Assert.Equal(600, status.Done);
        Assert.Equal(CellResult.Hash(all.OrderBy(r => r.Cell)), CellResult.Hash(results.OrderBy(r => r.Cell)));
        Assert.Equal(200L * 16 * 10, status.PathTicks);
    }

    [Fact]
    public async Task A_cancelled_campaign_keeps_its_results_and_hands_out_nothing_more()
    {
        var campaign = _cluster.Grains.GetGrain<ICampaignGrain>("cancelled");
        await campaign.Submit(new CampaignSubmission(Text, 64, false));
        await campaign.Start();
        await campaign.Cancel("enough");
        await campaign.Cancel("again");
        var status = await campaign.Status();
        Assert.Equal((CampaignState.Cancelled, "enough"), (status.State, status.Reason));
        Assert.Null(await campaign.Lease("w", 1));
    }

    [Fact]
    public async Task A_cell_that_breaks_is_named_and_the_others_complete()
    {
        var text = Text.Replace("steps: 600", "steps: 8", StringComparison.Ordinal)
            .Replace("    pool:", "    bomb: {kind: test-bomb, cell: 3}\n    pool:", StringComparison.Ordinal)
            .Replace("vaults.copy: {from: 1, to: 600, steps: 8}",
                "bomb.level: [1, 2, 3, 4, 5]", StringComparison.Ordinal);
        var (status, results) = await Run("poison", text, []);
        Assert.Equal((5, 5, 1), (status.Cells, status.Done, status.Failed));
        var failed = Assert.Single(results, r => r.Error is not null);
        Assert.Equal(2, failed.Cell);
        Assert.Equal("numeric-fault: bomb.value at path 5, tick 7: value NaN", failed.Error);
    }

    [Fact]
    public async Task A_component_that_throws_fails_its_cell_and_not_the_campaign()
    {
        var text = Text.Replace("steps: 600", "steps: 8", StringComparison.Ordinal)
            .Replace(
                "    pool:", "    bomb: {kind: test-bomb, cell: 3, throws: true}\n    pool:", StringComparison.Ordinal)
            .Replace("vaults.copy: {from: 1, to: 600, steps: 8}", "bomb.level: [1, 2, 3]", StringComparison.Ordinal);
        var (status, results) = await Run("throws", text, []);
        Assert.Equal((3, 3, 1), (status.Cells, status.Done, status.Failed));
        Assert.Equal("internal-fault: InvalidOperationException: bomb",
            Assert.Single(results, r => r.Error is not null).Error);
    }

    [Theory]
    [InlineData("true", "InvalidOperationException: bomb")]
    [InlineData("false", "numeric-fault: bomb.value at path 5")]
    public async Task A_part_that_breaks_fails_its_cell_and_not_the_campaign(string throws, string error)
    {
        var text = Text.Replace("steps: 600", "steps: 8", StringComparison.Ordinal)
            .Replace("    pool:", $"    bomb: {{kind: test-bomb, cell: 3, throws: {throws}}}\n    pool:",
                StringComparison.Ordinal)
            .Replace("vaults.copy: {from: 1, to: 600, steps: 8}", "bomb.level: [1, 2, 3]", StringComparison.Ordinal);
        var (status, results) = await Run("part-" + throws, text, [], isSpread: true);
        Assert.Equal((3, 3, 1), (status.Cells, status.Done, status.Failed));
        Assert.Contains(error, Assert.Single(results, r => r.Error is not null).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_token_stores_nothing_unless_the_results_are_there_already()
    {
        var (_, all) = await Run("stale", Text, []);
        var shard = _cluster.Grains.GetGrain<IShardGrain>("stale/0");
        var equal = new ResultBatch([all.First(r => r.Cell == 0).ToBytes()], 0);
        var other = new ResultBatch([new CellResult(0, [], "other").ToBytes()], 0);
        Assert.Equal(CommitAnswer.Duplicate, await shard.Commit(-1, equal));
        Assert.Equal(CommitAnswer.Refused, await shard.Commit(-1, other));
        Assert.Equal(256, (await shard.Results(0)).Results.Length);
    }

    [Fact]
    public async Task Instance_grains_show_what_they_hold_and_fence_late_borrowers()
    {
        var venue = _cluster.Grains.GetGrain<IInstanceGrain>(GrainId.Create("venues", "fence/pool"));
        await _cluster.Grains.GetGrain<ICampaignGrain>("fence").Submit(new CampaignSubmission(Text, 64, false));
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

    private async Task<(CampaignStatus Status, List<CellResult> Results)> Run(
        string id, string text, IReadOnlyList<CellResult> known, bool isSpread = false)
    {
        var client = new CampaignClient(_cluster.Grains, id);
        await client.Submit(new CampaignSubmission(text, 64, isSpread), known);
        var results = new List<CellResult>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var status = await client.Collect(results.AddRange, _ => { }, stop.Token);
        return (status, results);
    }
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
