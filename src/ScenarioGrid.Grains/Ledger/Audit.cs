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
    /// <param name="id">The campaign.</param>
    /// <param name="silo">Who audits.</param>
    /// <param name="isGone">Says whether another auditor's silo is gone.</param>
    /// <returns>The record after it; null when another silo audits, or there is nothing to audit.</returns>
    public async Task<CampaignRecord?> Run(string id, string silo, Func<string, bool> isGone)
    {
        var claimed = await campaigns.Change(id, (record, _) => MayClaim(record, silo, isGone)
            ? (record with { State = CampaignState.Auditing, Auditor = silo }, [])
            : (record, []));
        if (claimed is not { State: CampaignState.Auditing } || claimed.Auditor != silo)
        {
            return null;
        }

        using var hash = new ResultHash();
        var (done, failed, reopened) = (0L, 0L, 0);
        for (var number = 0; number < Shard.Of(claimed.Cells); number++)
        {
            var shard = new ShardLedger(store, id, number, Shard.CellsOf(number, claimed.Cells));
            var results = await ResultsOf(shard);
            var record = await shard.Look();
            var missing = Missing(record, results);
            if (missing.Count > 0)
            {
                reopened += await shard.Reopen(now => Missing(now, results), Counter.Reopened);
                record = await shard.Look();
            }

            done += record.Done.Count;
            failed += record.Failed.Count;
            foreach (var place in record.Done.Places)
            {
                hash.Add(results[place]!);
            }
        }

        var counted = await campaigns.Counters(id);
        StoreEffect[] correction =
        [
            new StoreEffect.Add(LedgerKeys.Counters(id), Counter.Done, done - counted.GetValueOrDefault(Counter.Done)),
            new StoreEffect.Add(
                LedgerKeys.Counters(id), Counter.Failed, failed - counted.GetValueOrDefault(Counter.Failed)),
        ];
        return await campaigns.Change(id, (record, now) => record.State != CampaignState.Auditing
            || record.Auditor != silo ? (record, [])
            : done == record.Cells
                ? (record with
                {
                    State = CampaignState.Completed, Auditor = null, EndedMs = now, ResultHash = hash.ToString(),
                },
                [.. correction, new StoreEffect.Exclude(LedgerKeys.Active, id),
                    CampaignLedger.LogEffect(id, now, $"completed: {done} cells, {failed} failed, sha256 {hash}")])
                : (record with { State = CampaignState.Running, Auditor = null },
                [.. correction,
                    CampaignLedger.LogEffect(id, now, $"audit: {reopened} results are missing; computed again")]));
    }

    private static bool MayClaim(CampaignRecord record, string silo, Func<string, bool> isGone) =>
        record.State == CampaignState.Running
        || (record.State == CampaignState.Auditing
            && (record.Auditor is null || record.Auditor == silo || isGone(record.Auditor)));

    /// <summary>Places whose result is not what the ledger says, or is not there.</summary>
    private static List<int> Missing(ShardRecord record, CellResult?[] results) => [.. Enumerable.Range(0, record.Count)
        .Where(p => !record.Done.Contains(p)
            ? record.Leases.All(l => !l.Cells.Contains(p))
            : results[p] is not { } r || PackedResults.HashOf(r.CanonicalBytes()) != record.HashOf(p))];

    private static async Task<CellResult?[]> ResultsOf(ShardLedger shard)
    {
        var results = new CellResult?[Shard.Cells];
        for (var from = 0L; ;)
        {
            var entries = await shard.Results(from, EntriesAtOnce);
            foreach (var result in entries.SelectMany(PackedResults.Read))
            {
                results[result.Cell - Shard.First(shard.Number)] = result;
            }

            from += entries.Length;
            if (entries.Length < EntriesAtOnce)
            {
                return results;
            }
        }
    }
}
