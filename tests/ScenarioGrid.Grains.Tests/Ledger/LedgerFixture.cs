using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains.Tests.Ledger;

/// <summary>A store in memory with a campaign in it, and hands to work on it.</summary>
internal sealed class LedgerFixture
{
    public MemoryStore Store { get; } = new(TimeProvider.System);

    public CampaignLedger Campaigns => new(Store, new AdmissionLimits());

    public static CampaignSubmission Submission(string text, string? id = null) => new(text, 64, Id: id);

    public static CellResult Result(long cell, bool isFailed = false) => isFailed
        ? new CellResult(cell, [], "numeric-fault")
        : new CellResult(cell, [new Estimate(cell * 1.5, 0, 1, 0.25, 16)], null);

    public async Task<CampaignRecord> Accept(long cells, string id = "job", string text = "text")
    {
        await Campaigns.Accept(Submission(text, id), "name", cells, "ann", "1");
        return (await Campaigns.Find(id))!;
    }

    /// <summary>Leases and stores every open cell of a campaign.</summary>
    public async Task Compute(CampaignRecord campaign, Func<long, bool>? fails = null)
    {
        for (var number = 0; number < Shard.Of(campaign.Cells); number++)
        {
            await Store.Take(LedgerKeys.Cursor(campaign.Id), Shard.Of(campaign.Cells), LedgerKeys.Open(campaign.Id));
            var shard = new ShardLedger(Store, campaign, number);
            while (await Take(shard) is { } lease)
            {
                await shard.Commit(lease.Token, new ResultBatch(
                    [.. lease.Cells.Select(c => Result(c, fails?.Invoke(c) == true).ToBytes())], lease.Cells.Length));
            }
        }
    }

    public static Task<Lease?> Take(ShardLedger shard, string silo = "s1", int most = 256) =>
        shard.Take(new LeaseWish(silo, 0, most), 1_000, null, _ => -1, _ => false);

    public Task<CampaignRecord?> Audit(CampaignRecord campaign, string silo = "s1", bool isGone = false) =>
        new Audit(Campaigns, Store).Run(campaign, silo, _ => isGone);

    public async Task<long> Count(string counter, string id = "job") =>
        (await Campaigns.Counters(id)).GetValueOrDefault(counter);
}
