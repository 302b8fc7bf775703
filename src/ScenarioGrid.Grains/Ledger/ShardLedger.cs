using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>One shard's ledger in the store, as one silo works with it: read, change, write if nobody else
/// did.</summary>
/// <remarks>
/// The record of the last look is kept, so that a silo that has a shard to itself needs one store operation per change.
/// Safe to use from several workers at once: the store decides.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="campaign">Id of the campaign.</param>
/// <param name="shard">Number of the shard.</param>
/// <param name="cells">Cells of the shard.</param>
/// <param name="life">The campaign that is meant, should another have its id by now (<see
/// cref="CampaignRecord.Life"/>): nothing changes in one that was removed. Null for a shard that is filled before its
/// campaign is accepted.</param>
public sealed class ShardLedger(ILedgerStore store, string campaign, int shard, int cells, byte[]? life = null)
{
    private const int TriesMost = 1000;

    private volatile Seen? _seen;

    /// <summary>A shard of a campaign.</summary>
    public ShardLedger(ILedgerStore store, CampaignRecord campaign, int shard)
        : this(store, campaign.Id, shard, Shard.CellsOf(shard, campaign.Cells), campaign.Life())
    {
    }

    /// <summary>Number of the shard.</summary>
    public int Number => shard;

    private string Key => LedgerKeys.Shard(campaign, shard);

    /// <summary>The record as it is in the store now.</summary>
    public async Task<ShardRecord> Look() => Record(await Refresh());

    /// <summary>Leases cells: free ones, else those of a lost holder, else those of a late one.</summary>
    /// <param name="wish">Who wants how many.</param>
    /// <param name="nowMs">The store's clock.</param>
    /// <param name="holder">Says what is known of a lease's holder; null to hand out free cells only.</param>
    /// <param name="executing">The cell that a lease's worker last said it computes, by its place, or -1.</param>
    /// <param name="lives">Says whether a silo that was silent once has spoken since.</param>
    public Task<Lease?> Take(
        LeaseWish wish, long nowMs, Func<ShardLease, Holder>? holder, Func<ShardLease, int> executing,
        Func<string, bool> lives) =>
        Change<Lease?>(nowMs, (record, effects) =>
        {
            if (holder is not null)
            {
                Reclaim(record, effects, holder, executing, lives);
            }

            var lease = record.Take(wish, nowMs) ?? (holder is null ? null : record.Hedge(wish, nowMs, holder));
            if (lease is null)
            {
                // Results of an earlier run may have completed the shard before it was begun.
                effects.Close(record);
                return null;
            }

            effects.Count(Counter.Leases, 1);
            if (lease.IsHedge)
            {
                effects.Count(Counter.Hedges, 1);
                effects.Log($"late: {lease.Cells.Count} cells are given to {lease.Silo} as well");
            }

            return new Lease(campaign, shard, lease.Token, lease.Attempt,
                [.. lease.Cells.Places.Select(p => Shard.First(shard) + p)], lease.IsHedge);
        }, whenGone: null);

    /// <summary>Stores results of a lease, each cell once.</summary>
    /// <param name="token">The worker's token; 0 for results of an earlier run.</param>
    /// <param name="batch">Canonical results.</param>
    /// <param name="nowMs">The store's clock; 0 leaves no line in the campaign's log.</param>
    public Task<CommitSummary> Commit(long token, ResultBatch batch, long nowMs = 0)
    {
        var results = batch.Results.Select(bytes => CellResult.Read(bytes)).ToList();
        var refused = new CommitSummary(0, 0, results.Count, 0, IsLive: false, IsComplete: false);

        // A shard that the store lost knows no token: nothing of it is changed.
        return Change(nowMs, (record, effects) => token != 0 && record.IsFresh
            ? refused
            : Commit(record, effects, token, batch.PathTicks, results), whenGone: refused);
    }

    /// <summary>Gives a lease back; its open cells are free again, without blame.</summary>
    /// <returns>True when the lease was live.</returns>
    public Task<bool> Release(long token) => Change(0, (record, _) =>
    {
        var isLive = record.IsLive(token);
        record.Release(token);
        return isLive;
    }, whenGone: false);

    /// <summary>Gives a lease back because the engine failed on a cell; the third time the cell is
    /// quarantined.</summary>
    /// <param name="token">The worker's token.</param>
    /// <param name="cell">The cell, or -1 when it is not known.</param>
    /// <param name="error">What happened.</param>
    /// <param name="nowMs">The store's clock; 0 leaves no line in the campaign's log.</param>
    /// <returns>True when the cell was quarantined.</returns>
    public Task<bool> Fail(long token, long cell, string error, long nowMs = 0) => Change(nowMs, (record, effects) =>
    {
        var place = cell < 0 ? -1 : (int)(cell - Shard.First(shard));
        var isPoison = record.Fail(token, place);
        Quarantine(record, effects, isPoison ? [place] : [], error);
        return isPoison;
    }, whenGone: false);

    /// <summary>Opens cells again, and has the shard found by whoever looks for work.</summary>
    /// <param name="which">Chooses places from the record as it is.</param>
    /// <param name="counter">Counter of the reason, or null.</param>
    /// <param name="claim">The campaign as the auditor claimed it: nothing is opened once it is another's or
    /// ended.</param>
    /// <returns>How many were opened.</returns>
    public Task<int> Reopen(
        Func<ShardRecord, IReadOnlyCollection<int>> which, string? counter, CampaignRecord claim) =>
        Change(0, (record, effects) =>
        {
            var places = which(record);
            effects.Count(Counter.Done, -places.Count(record.Done.Contains));
            effects.Count(Counter.Failed, -places.Count(record.Failed.Contains));
            if (counter is not null)
            {
                effects.Count(counter, places.Count);
            }

            record.Reopen(places);
            effects.Open(record);
            return places.Count;
        }, whenGone: 0, new StoreEffect.Require(LedgerKeys.Campaign(campaign), claim.ToBytes()));

    /// <summary>Packed results from a position on.</summary>
    public Task<byte[][]> Results(long from, int most) =>
        store.Entries(LedgerKeys.Results(campaign, shard), from, most);

    private static CommitSummary Commit(
        ShardRecord record, ShardEffects effects, long token, long pathTicks, List<CellResult> results)
    {
        var (stored, repeated, stale, conflicts) = (new List<CellResult>(), 0, 0, 0);
        foreach (var result in results)
        {
            var answer = record.Commit(token, PlaceOf(result), HashOf(result), result.Error is not null);
            stored.AddRange(answer == CellAnswer.Stored ? [result] : []);
            repeated += answer == CellAnswer.Repeated ? 1 : 0;
            stale += answer == CellAnswer.Stale ? 1 : 0;
            if (answer == CellAnswer.Conflict)
            {
                effects.KeepConflict(result);
                conflicts++;
            }
        }

        effects.Keep(record, stored, pathTicks);
        effects.Count(Counter.Repeated, repeated);
        effects.Count(Counter.StaleCommits, stale + (token != 0 && stored.Count == 0 ? repeated : 0));
        return new CommitSummary(
            stored.Count, repeated, stale, conflicts, token == 0 || record.IsLive(token), record.IsComplete);
    }

    /// <summary>Voids the leases that nobody works on.</summary>
    private void Reclaim(
        ShardRecord record, ShardEffects effects, Func<ShardLease, Holder> holder, Func<ShardLease, int> executing,
        Func<string, bool> lives)
    {
        var lost = record.Leases.Where(l => holder(l) is Holder.Lost or Holder.Idle).ToList();
        effects.Count(Counter.Lost, lost.Count);
        lost.ForEach(l => effects.Log($"lost: {l.Cells.Count} cells of {l.Silo} are free again"));
        Quarantine(record, effects, record.Reclaim(holder, executing, lives),
            $"SILO_DEATH: {ShardRecord.DeathsMost} silos died while they computed it");
    }

    /// <summary>Closes cells with an error as their result.</summary>
    private void Quarantine(ShardRecord record, ShardEffects effects, IReadOnlyList<int> places, string error)
    {
        var results = places.Select(p => new CellResult(Shard.First(shard) + p, [], error)).ToList();
        results.ForEach(r => record.Quarantine(PlaceOf(r), HashOf(r)));
        effects.Keep(record, results, 0);
    }

    private static int PlaceOf(CellResult result) => (int)(result.Cell % Shard.Cells);

    private static ulong HashOf(CellResult result) => PackedResults.HashOf(result.CanonicalBytes());

    /// <summary>Changes the record; when another was faster, looks again and decides anew.</summary>
    /// <param name="nowMs">The store's clock; 0 leaves no line in the campaign's log.</param>
    /// <param name="change">Changes the record, says what happens with it, and what is answered.</param>
    /// <param name="whenGone">Answer when the campaign was removed, or what is required holds no more.</param>
    /// <param name="only">What the change requires, or null.</param>
    private async Task<T> Change<T>(
        long nowMs, Func<ShardRecord, ShardEffects, T> change, T whenGone, StoreEffect.Require? only = null)
    {
        for (var tries = 0; tries < TriesMost; tries++)
        {
            var cached = _seen;
            var seen = cached ?? await Refresh();
            if (!seen.IsAlive)
            {
                return whenGone;
            }

            var record = Record(seen);
            var before = seen.Bytes ?? record.ToBytes();
            var effects = new ShardEffects(campaign, shard, nowMs);
            var answer = change(record, effects);
            var after = record.ToBytes();
            if (effects.All.Count == 0 && after.AsSpan().SequenceEqual(before))
            {
                // Nothing is written, so it must be known that what was seen is what is there.
                if (cached is null || (await Refresh()) is { IsAlive: true } now && now.Version == seen.Version)
                {
                    return answer;
                }

                continue;
            }

            if (cached is { Bytes: { } bytes })
            {
                // A store that lost its last writes gives the same version to another record.
                effects.Require(Key, bytes);
            }

            if (only is not null)
            {
                effects.Require(only.Key, only.Value);
            }

            if (life is not null)
            {
                effects.Require(LedgerKeys.Life(campaign), life);
            }

            // Whether it fails or is lost on the way: what was seen may not be what is there.
            _seen = null;
            if (await store.Apply(new StoreChange(Key, seen.Version, after, [.. effects.All])))
            {
                _seen = new Seen(after, seen.Version + 1, IsAlive: true);
                return answer;
            }

            if (only is not null && !((await store.Read(only.Key))[0].Value ?? []).AsSpan().SequenceEqual(only.Value))
            {
                return whenGone;
            }
        }

        throw new StoreException($"shard {campaign}/{shard} is changed by others all the time");
    }

    private ShardRecord Record(Seen seen) => seen.Bytes is { } bytes ? ShardRecord.Read(bytes) : new ShardRecord(cells);

    private async Task<Seen> Refresh()
    {
        var read = await (life is null ? store.Read(Key) : store.Read(Key, LedgerKeys.Life(campaign)));
        var isAlive = life is null || (read[1].Value is { } there && there.AsSpan().SequenceEqual(life));
        return _seen = new Seen(read[0].Value, read[0].Version, isAlive);
    }

    /// <summary>The record as it was seen.</summary>
    private sealed record Seen(byte[]? Bytes, long Version, bool IsAlive);
}
