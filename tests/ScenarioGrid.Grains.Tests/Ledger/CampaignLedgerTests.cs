namespace ScenarioGrid.Grains.Tests.Ledger;

public sealed class CampaignLedgerTests
{
    private readonly LedgerFixture _grid = new();

    [Fact]
    public async Task The_same_is_accepted_once_however_many_hand_it_in()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
            _grid.Campaigns.Accept(LedgerFixture.Submission("text"), "name", 10, "ann", "1"))));
        Assert.Single(answers.Select(a => a.Campaign).Distinct());
        Assert.Single(answers, a => a.IsNew);
        Assert.Single(await _grid.Campaigns.List(isActive: true));
    }

    [Fact]
    public async Task Of_different_texts_under_one_id_one_is_accepted_and_the_others_are_refused()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                await _grid.Campaigns.Accept(LedgerFixture.Submission($"text {n}", "job"), "name", 10, "ann", "1");
                return "";
            }
            catch (GridException e)
            {
                return e.Code;
            }
        })));
        Assert.Equal(7, answers.Count(a => a == "CONFLICT"));
        Assert.Single(answers, a => a.Length == 0);
    }

    [Fact]
    public async Task A_given_number_avoids_an_id_that_somebody_chose()
    {
        await _grid.Accept(10, "name-01");
        var answer = await _grid.Campaigns.Accept(LedgerFixture.Submission("other"), "name", 20, "ann", "1");
        Assert.Equal(("name-02", 10L), (answer.Campaign, (await _grid.Campaigns.Find("name-01"))!.Cells));
    }

    [Fact]
    public async Task A_cancelled_campaign_handed_in_again_is_a_new_one_and_removing_the_old_one_leaves_it_known()
    {
        var old = await _grid.Campaigns.Accept(LedgerFixture.Submission("text"), "name", 10, "ann", "1");
        await _grid.Campaigns.Cancel(old.Campaign, "why");
        var next = await _grid.Campaigns.Accept(LedgerFixture.Submission("text"), "name", 10, "ann", "1");
        Assert.True(next.IsNew);
        Assert.NotEqual(old.Campaign, next.Campaign);
        await _grid.Campaigns.Remove(old.Campaign);
        var again = await _grid.Campaigns.Accept(LedgerFixture.Submission("text"), "name", 10, "ann", "1");
        Assert.Equal((next.Campaign, false), (again.Campaign, again.IsNew));
    }

    [Fact]
    public async Task More_work_than_the_limits_is_refused()
    {
        var limited = new CampaignLedger(_grid.Store, new AdmissionLimits(CampaignsPerOwner: 2, CellsWaiting: 100));
        await limited.Accept(LedgerFixture.Submission("a"), "a", 40, "ann", "1");
        await limited.Accept(LedgerFixture.Submission("b"), "b", 40, "ann", "1");
        foreach (var (owner, cells) in new[] { ("ann", 1L), ("bob", 21L) })
        {
            Assert.Equal("BUSY", (await Assert.ThrowsAsync<GridException>(
                () => limited.Accept(LedgerFixture.Submission("c"), "c", cells, owner, "1"))).Code);
        }

        Assert.True((await limited.Accept(LedgerFixture.Submission("c"), "c", 20, "bob", "1")).IsNew);
    }

    [Fact]
    public async Task A_race_of_cancel_and_end_gives_one_state_that_stays()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = $"job{round}";
            var campaign = await _grid.Accept(3, id, id);
            await _grid.Compute(campaign);
            await Task.WhenAll(
                Task.Run(() => _grid.Campaigns.Cancel(id, "why")), Task.Run(() => _grid.Audit(campaign)));
            var ended = (await _grid.Campaigns.Find(id))!;
            Assert.True(ended.State == CampaignState.Completed ? ended.Reason is null : ended.ResultHash is null);
            Assert.Equal(ended, await _grid.Campaigns.Cancel(id, "later"));
            Assert.Null(await _grid.Audit(campaign));
        }
    }

    [Fact]
    public async Task What_is_removed_leaves_nothing_behind_whatever_late_workers_do()
    {
        var campaign = await _grid.Accept(600);
        var late = new ShardLedger(_grid.Store, campaign, 1);
        var lease = (await LedgerFixture.Take(late, "late", most: 2))!;
        await _grid.Compute(campaign);
        await _grid.Campaigns.Cancel("job", "why");
        await _grid.Campaigns.Remove("job");
        var batch = new ResultBatch([LedgerFixture.Result(lease.Cells[0]).ToBytes()], 1);
        Assert.False((await late.Commit(lease.Token, batch)).IsLive);
        Assert.False(await late.Fail(lease.Token, lease.Cells[0], "late"));
        Assert.False(await late.Release(lease.Token));
        Assert.Null(await LedgerFixture.Take(late));
        Assert.Equal(-1, await _grid.Store.Take(LedgerKeys.Cursor("job"), 3, LedgerKeys.Open("job"),
            new StoreEffect.Require(LedgerKeys.Life("job"), campaign.Life())));
        await AssertEmpty("job", campaign);
    }

    [Fact]
    public async Task Late_workers_of_a_removed_campaign_change_nothing_in_another_of_its_id()
    {
        var first = await _grid.Accept(10);
        var late = new ShardLedger(_grid.Store, first, 0);
        var lease = (await LedgerFixture.Take(late))!;
        await _grid.Campaigns.Cancel("job", "why");
        await _grid.Campaigns.Remove("job");
        var second = await _grid.Accept(10, text: "another text");
        Assert.Null(await LedgerFixture.Take(late, "other"));
        Assert.Equal(1, (await late.Commit(
            lease.Token, new ResultBatch([LedgerFixture.Result(0).ToBytes()], 1))).Stale);
        Assert.True((await new ShardLedger(_grid.Store, second, 0).Look()).IsFresh);
    }

    [Fact]
    public async Task Only_what_has_ended_is_removed_or_retried()
    {
        await _grid.Accept(10);
        Assert.Equal("NOT_ENDED",
            (await Assert.ThrowsAsync<GridException>(() => _grid.Campaigns.Remove("job"))).Code);
        Assert.Equal("NOT_ENDED",
            (await Assert.ThrowsAsync<GridException>(() => _grid.Campaigns.Retry("job"))).Code);
        await _grid.Campaigns.Remove("nobody");
    }

    private async Task AssertEmpty(string id, CampaignRecord campaign)
    {
        string[] records = [LedgerKeys.Campaign(id), LedgerKeys.Submission(id), LedgerKeys.Life(id),
            LedgerKeys.Accepted(campaign.Content), .. Enumerable.Range(0, 3).Select(s => LedgerKeys.Shard(id, s))];
        Assert.All(await _grid.Store.Read(records), r => Assert.Equal(default, r));
        Assert.Empty(await _grid.Store.Counters(LedgerKeys.Counters(id)));
        Assert.Empty(await _grid.Store.Members(LedgerKeys.Open(id)));
        Assert.Empty(await _grid.Store.Members(LedgerKeys.Campaigns));
        Assert.Empty(await _grid.Store.Members(LedgerKeys.Active));
        Assert.Empty(await _grid.Store.Entries(LedgerKeys.Log(id), 0, 10));
        for (var shard = 0; shard < 3; shard++)
        {
            Assert.Empty(await _grid.Store.Entries(LedgerKeys.Results(id, shard), 0, 10));
        }

        Assert.Equal(0, await _grid.Store.Take(LedgerKeys.Cursor(id), 1, "probe"));
    }
}
