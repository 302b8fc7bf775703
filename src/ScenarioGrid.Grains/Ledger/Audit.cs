using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>
/// The last look at a campaign: every cell's stored result against the hash in its shard's ledger. What the store lost
/// is computed again; only what was found whole is reported as completed, under one hash.
/// </summary>
public sealed class Audit(CampaignLedger campaigns, ILedgerStore store)
{
    private const int EntriesAtOnce = 64;

    /// <summary>Claims the audit of a campaign, makes it, and writes down what it found.</summary>
    /// <param name="meant">The campaign, as last seen; another one of the same id is left alone.</param>
    /// <param name="silo">Who audits.</param>
    /// <param name="isGone">Says whether another auditor's silo is gone.</param>
    /// <returns>The record after it; null when another silo audits, or there is nothing to audit.</returns>
    public async Task<CampaignRecord?> Run(CampaignRecord meant, string silo, Func<string, bool> isGone)
    {
        var claimed = await campaigns.Change(meant.Id, (record, _) =>
            record.Is(meant) && MayClaim(record, silo, isGone)
            ? (record with { State = CampaignState.Auditing, Auditor = silo }, [])
            : (record, []));
        if (claimed is null || !claimed.Is(meant) || !IsMine(claimed, silo))
        {
            return null;
        }

        return claimed.IsRetrying ? await Reopen(claimed, silo) : await Check(claimed, silo);
    }

    private static bool MayClaim(CampaignRecord record, string silo, Func<string, bool> isGone) =>
        record.State == CampaignState.Running
        || (record.State == CampaignState.Auditing
            && (record.Auditor is null || record.Auditor == silo || isGone(record.Auditor)));

    /// <summary>Opens the quarantined cells again.</summary>
    private async Task<CampaignRecord?> Reopen(CampaignRecord campaign, string silo)
    {
        var opened = 0;
        for (var number = 0; number < Shard.Of(campaign.Cells); number++)
        {
            opened += await new ShardLedger(store, campaign, number).Reopen(
                r => [.. r.Failed.Places], null, campaign);
        }

        return await campaigns.Change(campaign.Id, (record, now) => !IsMine(record, silo)
            ? (record, [])
            : (record with { State = CampaignState.Running, Auditor = null, IsRetrying = false },
                [CampaignLedger.LogEffect(record.Id, now, $"{opened} failed cells are computed again")]));
    }

    private async Task<CampaignRecord?> Check(CampaignRecord campaign, string silo)
    {
        using var hash = new ResultHash();
        var id = campaign.Id;
        var before = await campaigns.Counters(id);
        var (done, failed, reopened) = (0L, 0L, 0);
        for (var number = 0; number < Shard.Of(campaign.Cells); number++)
        {
            var shard = new ShardLedger(store, campaign, number);
            var record = await shard.Look();
            var results = await ResultsOf(shard, record.Count);
            var missing = record.Done.Places.Where(p => IsMissing(results[p], record.HashOf(p))).ToList();
            if (missing.Count > 0 || !record.IsComplete)
            {
                reopened += await shard.Reopen(
                    now => [.. missing.Where(p => now.Done.Contains(p) && IsMissing(results[p], now.HashOf(p)))],
                    Counter.Reopened, campaign);
            }

            done += record.Done.Count - missing.Count;
            failed += record.Failed.Count;
            foreach (var place in record.Done.Places.Except(missing))
            {
                hash.Add(results[place]!);
            }
        }

        var correction = await Correction(id, before, done, failed, reopened);
        return await campaigns.Change(id, (record, now) => !IsMine(record, silo)
            ? (record, [])
            : done == record.Cells
                ? (record with
                {
                    State = CampaignState.Completed, Auditor = null, EndedMs = now, ResultHash = hash.ToString(),
                },
                [.. correction, new StoreEffect.Exclude(LedgerKeys.Active, id),
                    CampaignLedger.LogEffect(id, now, $"completed: {done} cells, {failed} failed, sha256 {hash}")])
                : (record with { State = CampaignState.Running, Auditor = null },
                [.. correction, CampaignLedger.LogEffect(id, now,
                    $"audit: {record.Cells - done} cells have no sound result; they are computed again")]));
    }

    /// <summary>Puts counters right, if nobody counted while the shards were looked at.</summary>
    private async Task<StoreEffect[]> Correction(
        string id, Dictionary<string, long> before, long done, long failed, int reopened)
    {
        var counted = await campaigns.Counters(id);
        var isQuiet = reopened == 0 && new[] { Counter.Done, Counter.Failed }
            .All(c => before.GetValueOrDefault(c) == counted.GetValueOrDefault(c));
        return !isQuiet ? [] :
        [
            new StoreEffect.Add(LedgerKeys.Counters(id), Counter.Done, done - counted.GetValueOrDefault(Counter.Done)),
            new StoreEffect.Add(
                LedgerKeys.Counters(id), Counter.Failed, failed - counted.GetValueOrDefault(Counter.Failed)),
        ];
    }

    private static bool IsMine(CampaignRecord record, string silo) =>
        record.State == CampaignState.Auditing && record.Auditor == silo;

    /// <summary>True when a result is not what the ledger says, or is not there.</summary>
    private static bool IsMissing(CellResult? result, ulong hash) =>
        result is null || PackedResults.HashOf(result.CanonicalBytes()) != hash;

    /// <summary>Results of a shard by place; what is damaged counts as not there.</summary>
    private static async Task<CellResult?[]> ResultsOf(ShardLedger shard, int count)
    {
        var results = new CellResult?[count];
        for (var from = 0L; ;)
        {
            var entries = await shard.Results(from, EntriesAtOnce);
            foreach (var result in entries.SelectMany(PackedResults.ReadSound))
            {
                var place = result.Cell - Shard.First(shard.Number);
                if (place >= 0 && place < count)
                {
                    results[place] = result;
                }
            }

            from += entries.Length;
            if (entries.Length < EntriesAtOnce)
            {
                return results;
            }
        }
    }
}
