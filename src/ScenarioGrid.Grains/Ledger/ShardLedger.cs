using System.Globalization;
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
/// cref="CampaignRecord.Life"/>):
/// nothing changes in one that was removed. Null for a shard that is filled before its campaign is accepted.</param>
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
        Change<Lease?>(record =>
        {
            var effects = new List<StoreEffect>();
            if (holder is not null)
            {
                var lost = record.Leases.Count(l => holder(l) is Holder.Lost or Holder.Idle);
                effects.AddRange(Quarantine(record, record.Reclaim(holder, executing, lives), "SILO_DEATH: "
                    + $"{ShardRecord.DeathsMost} silos died while they computed it"));
                Count(effects, Counter.Lost, lost);
            }

            var lease = record.Take(wish, nowMs) ?? (holder is null ? null : record.Hedge(wish, nowMs, holder));
            if (lease is null)
            {
                if (record.IsComplete)
                {
                    // Results of an earlier run had completed it before it was begun.
                    effects.Add(new StoreEffect.Exclude(LedgerKeys.Open(campaign), Member));
                }

                return (null, effects);
            }

            Count(effects, Counter.Leases, 1);
            Count(effects, Counter.Hedges, lease.IsHedge ? 1 : 0);
            return (Shown(lease), effects);
        }, whenGone: null);

    /// <summary>Stores results of a lease, each cell once.</summary>
    /// <param name="token">The worker's token; 0 for results of an earlier run.</param>
    /// <param name="batch">Canonical results.</param>
    public Task<CommitSummary> Commit(long token, ResultBatch batch)
    {
        var results = batch.Results.Select(bytes => (Bytes: bytes, Result: CellResult.Read(bytes))).ToList();
        return Change(
            record => Commit(record, token, batch.PathTicks, results),
            whenGone: new CommitSummary(0, 0, results.Count, 0, IsLive: false, IsComplete: false));
    }

    /// <summary>Gives a lease back; its open cells are free again, without blame.</summary>
    /// <returns>True when the lease was live.</returns>
    public Task<bool> Release(long token) => Change<bool>(record =>
    {
        var isLive = record.IsLive(token);
        record.Release(token);
        return (isLive, []);
    }, whenGone: false);

    /// <summary>Gives a lease back because the engine failed on a cell; the third time the cell is
    /// quarantined.</summary>
    /// <param name="token">The worker's token.</param>
    /// <param name="cell">The cell, or -1 when it is not known.</param>
    /// <param name="error">What happened.</param>
    /// <returns>True when the cell was quarantined.</returns>
    public Task<bool> Fail(long token, long cell, string error) => Change(record =>
    {
        var place = cell < 0 ? -1 : (int)(cell - Shard.First(shard));
        var isPoison = record.Fail(token, place);
        return (isPoison, isPoison ? [.. Quarantine(record, [place], error)] : new List<StoreEffect>());
    }, whenGone: false);

    /// <summary>Opens cells again, and has the shard found by whoever looks for work.</summary>
    /// <param name="which">Chooses places from the record as it is.</param>
    /// <param name="counter">Counter of the reason, or null.</param>
    /// <param name="claim">The campaign as the auditor claimed it: nothing is opened once it is another's or
    /// ended.</param>
    /// <returns>How many were opened.</returns>
    public Task<int> Reopen(
        Func<ShardRecord, IReadOnlyCollection<int>> which, string? counter, CampaignRecord claim) => Change(record =>
    {
        var places = which(record);
        var effects = new List<StoreEffect>();
        if (places.Count > 0)
        {
            Count(effects, Counter.Done, -places.Count(record.Done.Contains));
            Count(effects, Counter.Failed, -places.Count(record.Failed.Contains));
            record.Reopen(places);
            if (counter is not null)
            {
                Count(effects, counter, places.Count);
            }
        }

        if (!record.IsComplete)
        {
            effects.Add(new StoreEffect.Include(LedgerKeys.Open(campaign), Member));
        }

        return (places.Count, effects);
    }, whenGone: 0, new StoreEffect.Require(LedgerKeys.Campaign(campaign), claim.ToBytes()));

    /// <summary>Packed results from a position on.</summary>
    public Task<byte[][]> Results(long from, int most) =>
        store.Entries(LedgerKeys.Results(campaign, shard), from, most);

    private string Member => shard.ToString(CultureInfo.InvariantCulture);

    private (CommitSummary, List<StoreEffect>) Commit(
        ShardRecord record, long token, long pathTicks, List<(byte[] Bytes, CellResult Result)> results)
    {
        var (stored, failed, repeated, stale) = (new List<byte[]>(), 0, 0, 0);
        var effects = new List<StoreEffect>();
        if (token != 0 && record.IsFresh)
        {
            // The store lost this shard, or it is gone: a token that it does not know changes nothing.
            return (new CommitSummary(0, 0, results.Count, 0, IsLive: false, IsComplete: false), effects);
        }

        foreach (var (bytes, result) in results)
        {
            var place = (int)(result.Cell - Shard.First(shard));
            var hash = PackedResults.HashOf(result.CanonicalBytes());
            switch (record.Commit(token, place, hash, result.Error is not null))
            {
                case CellAnswer.Stored:
                    stored.Add(bytes);
                    failed += result.Error is null ? 0 : 1;
                    break;
                case CellAnswer.Repeated:
                    repeated++;
                    break;
                case CellAnswer.Stale:
                    stale++;
                    break;
                default:
                    effects.Add(new StoreEffect.Append(LedgerKeys.Conflicts(campaign), bytes, Most: 100));
                    Count(effects, Counter.Conflicts, 1);
                    break;
            }
        }

        var isLive = token == 0 || record.IsLive(token);
        Count(effects, Counter.Repeated, repeated);
        Count(effects, Counter.StaleCommits, stale + (token != 0 && stored.Count == 0 ? repeated : 0));
        if (stored.Count > 0)
        {
            effects.Add(new StoreEffect.Append(LedgerKeys.Results(campaign, shard), PackedResults.Pack(stored)));
            Count(effects, Counter.Done, stored.Count);
            Count(effects, Counter.Failed, failed);
            Count(effects, Counter.PathTicks, pathTicks);
            if (record.IsComplete)
            {
                effects.Add(new StoreEffect.Exclude(LedgerKeys.Open(campaign), Member));
            }
        }

        var conflicts = results.Count - stored.Count - repeated - stale;
        return (new CommitSummary(stored.Count, repeated, stale, conflicts, isLive, record.IsComplete), effects);
    }

    /// <summary>Closes cells with an error as their result.</summary>
    private List<StoreEffect> Quarantine(ShardRecord record, IReadOnlyList<int> places, string error)
    {
        var effects = new List<StoreEffect>();
        if (places.Count > 0)
        {
            var results = places.Select(p => new CellResult(Shard.First(shard) + p, [], error)).ToList();
            foreach (var result in results)
            {
                record.Quarantine(
                    (int)(result.Cell - Shard.First(shard)), PackedResults.HashOf(result.CanonicalBytes()));
            }

            effects.Add(new StoreEffect.Append(
                LedgerKeys.Results(campaign, shard), PackedResults.Pack([.. results.Select(r => r.ToBytes())])));
            Count(effects, Counter.Done, places.Count);
            Count(effects, Counter.Failed, places.Count);
            if (record.IsComplete)
            {
                effects.Add(new StoreEffect.Exclude(LedgerKeys.Open(campaign), Member));
            }
        }

        return effects;
    }

    private Lease Shown(ShardLease lease) => new(campaign, shard, lease.Token, lease.Attempt,
        [.. lease.Cells.Places.Select(p => Shard.First(shard) + p)], lease.IsHedge);

    private void Count(List<StoreEffect> effects, string counter, long by)
    {
        if (by != 0)
        {
            effects.Add(new StoreEffect.Add(LedgerKeys.Counters(campaign), counter, by));
        }
    }

    /// <summary>Changes the record; when another was faster, looks again and decides anew.</summary>
    /// <param name="change">From the record to what is answered and what happens with it.</param>
    /// <param name="whenGone">Answer when the campaign was removed, or what is required holds no more.</param>
    /// <param name="only">What the change requires, or null.</param>
    private async Task<T> Change<T>(
        Func<ShardRecord, (T Answer, List<StoreEffect> Effects)> change, T whenGone, StoreEffect.Require? only = null)
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
            var (answer, effects) = change(record);
            var after = record.ToBytes();
            if (effects.Count == 0 && after.AsSpan().SequenceEqual(before))
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
                effects.Add(new StoreEffect.Require(Key, bytes));
            }

            if (only is not null)
            {
                effects.Add(only);
            }

            if (life is not null)
            {
                effects.Add(new StoreEffect.Require(LedgerKeys.Life(campaign), life));
            }

            // Whether it fails or is lost on the way: what was seen may not be what is there.
            _seen = null;
            if (await store.Apply(new StoreChange(Key, seen.Version, after, [.. effects])))
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

/// <summary>What became of a batch of results.</summary>
/// <param name="Stored">New results.</param>
/// <param name="Repeated">Results that were there already, with equal hash.</param>
/// <param name="Stale">Results refused, because their cells are another worker's by now.</param>
/// <param name="Conflicts">Results that differ from stored ones.</param>
/// <param name="IsLive">True while the worker may go on with its lease.</param>
/// <param name="IsComplete">True when every cell of the shard has its result.</param>
public readonly record struct CommitSummary(
    int Stored, int Repeated, int Stale, int Conflicts, bool IsLive, bool IsComplete);
