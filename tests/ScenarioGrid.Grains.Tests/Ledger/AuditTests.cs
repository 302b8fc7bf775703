using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains.Tests.Ledger;

public sealed class AuditTests
{
    private readonly LedgerFixture _grid = new();

    [Fact]
    public async Task A_whole_campaign_completes_under_the_hash_of_its_results()
    {
        var campaign = await _grid.Accept(300);
        await _grid.Compute(campaign, fails: c => c == 7);
        var ended = (await _grid.Audit(campaign))!;
        Assert.Equal(CampaignState.Completed, ended.State);
        Assert.Equal(
            CellResult.Hash(Enumerable.Range(0, 300).Select(c => LedgerFixture.Result(c, c == 7))), ended.ResultHash);
        Assert.Empty(await _grid.Store.Members(LedgerKeys.Active));
        Assert.Null(await _grid.Audit(campaign));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Results_that_are_missing_or_damaged_are_computed_again(bool isDamaged)
    {
        var campaign = await _grid.Accept(300);
        await _grid.Compute(campaign);
        var hash = (await Hash(campaign));
        await _grid.Store.Apply(new StoreChange("other", 0, [], isDamaged
            ? [new StoreEffect.Delete(LedgerKeys.Results("job", 1)),
                new StoreEffect.Append(LedgerKeys.Results("job", 1), [1, 2, 3])]
            : [new StoreEffect.Delete(LedgerKeys.Results("job", 1))]));
        var running = (await _grid.Audit(campaign))!;
        Assert.Equal((CampaignState.Running, 256L, 44L),
            (running.State, await _grid.Count(Counter.Done), await _grid.Count(Counter.Reopened)));
        Assert.Equal(["1"], await _grid.Store.Members(LedgerKeys.Open("job")));
        await _grid.Compute(campaign);
        Assert.Equal(hash, (await _grid.Audit(running))!.ResultHash);
        Assert.Equal(300, await _grid.Count(Counter.Done));
    }

    [Fact]
    public async Task A_shard_that_the_store_forgot_is_found_by_whoever_looks_for_work()
    {
        var campaign = await _grid.Accept(300);
        await _grid.Compute(campaign);
        await _grid.Store.Apply(new StoreChange("other", 0, [], new StoreEffect.Delete(LedgerKeys.Shard("job", 0)),
            new StoreEffect.Delete(LedgerKeys.Results("job", 0))));
        Assert.Equal(CampaignState.Running, (await _grid.Audit(campaign))!.State);
        Assert.Equal(["0"], await _grid.Store.Members(LedgerKeys.Open("job")));
        Assert.Equal(44, await _grid.Count(Counter.Done));
        await _grid.Compute(campaign);
        Assert.Equal(CampaignState.Completed, (await _grid.Audit(campaign))!.State);
    }

    [Fact]
    public async Task Counters_that_are_wrong_are_put_right()
    {
        var campaign = await _grid.Accept(10);
        await _grid.Compute(campaign, fails: c => c < 2);
        await _grid.Store.Apply(new StoreChange("other", 0, [],
            new StoreEffect.Add(LedgerKeys.Counters("job"), Counter.Done, 5),
            new StoreEffect.Add(LedgerKeys.Counters("job"), Counter.Failed, -1)));
        Assert.Equal(CampaignState.Completed, (await _grid.Audit(campaign))!.State);
        Assert.Equal((10L, 2L), (await _grid.Count(Counter.Done), await _grid.Count(Counter.Failed)));
    }

    [Fact]
    public async Task Another_silo_takes_over_only_when_the_auditor_is_gone()
    {
        var campaign = await _grid.Accept(10);
        await _grid.Compute(campaign);
        await _grid.Campaigns.Change("job",
            (r, _) => (r with { State = CampaignState.Auditing, Auditor = "dead" }, []));
        Assert.Null(await _grid.Audit(campaign, "s2", isGone: false));
        Assert.Equal(CampaignState.Completed, (await _grid.Audit(campaign, "s2", isGone: true))!.State);
    }

    [Fact]
    public async Task Another_campaign_of_the_same_id_is_left_alone()
    {
        var first = await _grid.Accept(10);
        await _grid.Campaigns.Cancel("job", "why");
        await _grid.Campaigns.Remove("job");
        var second = await _grid.Accept(10, text: "another text");
        await _grid.Compute(second);
        Assert.Null(await _grid.Audit(first));
        Assert.Equal(CampaignState.Running, (await _grid.Campaigns.Find("job"))!.State);
    }

    [Fact]
    public async Task An_auditor_that_was_taken_for_gone_opens_nothing_any_more()
    {
        var campaign = await _grid.Accept(10);
        await _grid.Compute(campaign, fails: c => c == 3);
        var claim = (await _grid.Campaigns.Change("job",
            (r, _) => (r with { State = CampaignState.Auditing, Auditor = "zombie" }, [])))!;
        await _grid.Audit(campaign, "s2", isGone: true);
        var shard = new ShardLedger(_grid.Store, campaign, 0);
        Assert.Equal(0, await shard.Reopen(r => [.. r.Failed.Places], null, claim));
        Assert.True((await shard.Look()).IsComplete);
    }

    [Fact]
    public async Task A_retry_opens_the_failed_cells_and_no_other()
    {
        var campaign = await _grid.Accept(300);
        await _grid.Compute(campaign, fails: c => c is 3 or 299);
        await _grid.Audit(campaign);
        var retried = (await _grid.Campaigns.Retry("job"))!;
        Assert.True(retried is { State: CampaignState.Running, IsRetrying: true });
        Assert.True((await _grid.Audit(retried)) is { State: CampaignState.Running, IsRetrying: false });
        Assert.Equal((298L, 0L), (await _grid.Count(Counter.Done), await _grid.Count(Counter.Failed)));
        Assert.Equal(["0", "1"], (await _grid.Store.Members(LedgerKeys.Open("job"))).Order());
        await _grid.Compute(campaign);
        Assert.Equal(CellResult.Hash(Enumerable.Range(0, 300).Select(c => LedgerFixture.Result(c))),
            (await _grid.Audit(retried))!.ResultHash);
    }

    private static Task<string> Hash(CampaignRecord campaign) => Task.FromResult(
        CellResult.Hash(Enumerable.Range(0, (int)campaign.Cells).Select(c => LedgerFixture.Result(c))));
}
