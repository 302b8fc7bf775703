using Microsoft.Extensions.Logging;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>
/// Finds work for the workers of one silo: which campaign, which shard, which cells. It asks the store and nobody else,
/// so no other silo can hold it up.
/// </summary>
public sealed class Dispatcher(
    ILedgerStore store, CampaignLedger campaigns, PlanCache plans, SiloPulse pulse, SiloFence fence, WorkSignal signal,
    TimeProvider time, ILogger<Dispatcher> log) : IDisposable
{
    private const int StealTries = 16;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SilosEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SilosMost = TimeSpan.FromSeconds(3);

    private readonly Audit _audit = new(campaigns, store);
    private readonly FairShare _fair = new();
    private readonly Dictionary<string, CampaignWork> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _look = new(1, 1);
    private IReadOnlyList<CampaignWork> _active = [];
    private SilosSeen _silos = new(new Silos([], 0), long.MinValue);
    private long _lookedAt = long.MinValue;
    private long _silosAt = long.MinValue;

    /// <summary>Has the next question look at the store again: a campaign has come or ended.</summary>
    public void Changed()
    {
        Volatile.Write(ref _lookedAt, long.MinValue);
        signal.Set();
    }

    /// <summary>True when a campaign that this silo works on has ended or is gone, as far as the store tells.</summary>
    public async Task<bool> HasEnded(string campaign)
    {
        try
        {
            await Look();
        }
        catch (StoreException)
        {
            // What was known last still holds.
        }

        return !_active.Any(w => w.Record.Id == campaign && w.Record.State is CampaignState.Running);
    }

    /// <summary>Campaigns with work and their cells without a result, as last seen.</summary>
    public (int Campaigns, long Cells) Waiting => (_active.Count, _active.Sum(w => w.Record.Cells - w.Done));

    public void Dispose() => _look.Dispose();

    /// <summary>Cells for a worker, or null when nothing is free now.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task<Work?> Take(int slot)
    {
        if (fence.IsFenced || pulse.IsDraining)
        {
            return null;
        }

        await Look();
        IReadOnlyList<CampaignRecord> order;
        lock (_fair)
        {
            order = _fair.Order([.. _active.Select(w => w.Record)]);
        }

        foreach (var record in order)
        {
            try
            {
                if (_active.FirstOrDefault(w => w.Record.Id == record.Id) is { } work
                    && await TakeFrom(work, slot) is { } taken)
                {
                    return taken;
                }
            }
            catch (Exception e) when (e is not StoreException)
            {
                // What is wrong with one campaign must not keep the others from their turn.
                log.LogError(e, "campaign {Campaign} gives no work", record.Id);
            }
        }

        return null;
    }

    /// <summary>Looks whether a campaign is complete, and if so has its results audited.</summary>
    /// <param name="work">The campaign, or null.</param>
    public async Task Finish(CampaignWork? work)
    {
        // A campaign whose auditor died is begun, though a silo that came later has not seen its last shard taken.
        var isBegun = work is not null && (work.AllBegun || work.Record.State == CampaignState.Auditing);
        if (work is null || !isBegun || work.IsBeingAudited || fence.IsFenced)
        {
            return;
        }

        work.IsBeingAudited = true;
        try
        {
            var counts = await campaigns.Counters(work.Record.Id);
            work.Done = counts.GetValueOrDefault(Counter.Done);
            if (work.Record.State == CampaignState.Running && work.Done < work.Record.Cells
                && (await store.Members(LedgerKeys.Open(work.Record.Id))).Length > 0)
            {
                return;
            }

            Volatile.Write(ref _lookedAt, long.MinValue);
            if (await _audit.Run(
                work.Record, pulse.Silo, s => pulse.IsSteady && _silos.What.IsGone(s)) is { } audited)
            {
                log.LogInformation("campaign {Campaign} is {State}: {Done} of {Cells} cells, sha256 {Hash}",
                    audited.Id, audited.State, work.Done, audited.Cells, audited.ResultHash);
                work.Record = audited;
            }
        }
        finally
        {
            work.IsBeingAudited = false;
        }
    }

    private async Task<Work?> TakeFrom(CampaignWork work, int slot)
    {
        if (work.Record.State == CampaignState.Running && time.GetTimestamp() >= work.AskAgainAt)
        {
            Work? taken = null;
            try
            {
                taken = await Find(work, slot);
            }
            finally
            {
                work.Asked(taken is not null, time);
            }

            if (taken is not null)
            {
                return taken;
            }
        }

        await Finish(work);
        return null;
    }

    private async Task<Work?> Find(CampaignWork work, int slot)
    {
        var plan = await plans.Get(work.Record.Id);
        var most = work.CellsToLease(
            (long)plan.Campaign.Paths * plan.Campaign.Ticks, CellRunner.WindowOf(plan),
            Math.Max(1, _silos.What.Workers));
        var wish = new LeaseWish(pulse.Silo, slot, most);
        var current = work.Current;
        if (current is not null && await Lease(work, current, wish, null) is { } more)
        {
            return more;
        }

        work.Exhausted(current);
        while (!work.AllBegun)
        {
            var number = await store.Take(
                LedgerKeys.Cursor(work.Record.Id), Shard.Of(work.Record.Cells), LedgerKeys.Open(work.Record.Id),
                new StoreEffect.Require(LedgerKeys.Life(work.Record.Id), work.Record.Life()));
            work.AllBegun = number < 0;
            if (number >= 0 && await Lease(work, work.Shard((int)number), wish, null) is { } fresh)
            {
                work.Current = fresh.Shard;
                return fresh;
            }
        }

        return await Steal(work, wish);
    }

    /// <summary>Cells of shards that others began: free ones, those of lost workers, those of late ones.</summary>
    private async Task<Work?> Steal(CampaignWork work, LeaseWish wish)
    {
        await LookAtSilos();
        var (silos, at) = _silos;
        var open = await store.Members(LedgerKeys.Open(work.Record.Id));

        // Thieves begin at different shards, so that they do not all meet at the first.
        var first = open.Length == 0 ? 0 : work.StealFrom(open.Length);
        for (var i = 0; i < Math.Min(open.Length, StealTries); i++)
        {
            var shard = work.Shard(int.Parse(open[(first + i) % open.Length], null));
            var taken = await Lease(work, shard, wish, lease => !pulse.IsSteady || IsOld(at, SilosMost)
                ? Holder.Alive
                : silos.HolderOf(lease, work.Record.Id, shard.Number, work.DueMs(lease.Cells.Count)));
            if (taken is not null)
            {
                return taken;
            }
        }

        return null;
    }

    private async Task<Work?> Lease(
        CampaignWork work, ShardLedger shard, LeaseWish wish, Func<ShardLease, Holder>? holder)
    {
        var silos = _silos.What;
        var lease = await shard.Take(wish, pulse.StoreNowMs, holder,
            l => silos.Executing(l, work.Record.Id, shard.Number), s => !silos.IsSilent(s));
        if (lease is null)
        {
            return null;
        }

        GridMeter.Leases.Add(1);
        GridMeter.Hedges.Add(lease.IsHedge ? 1 : 0);
        var plan = await plans.Get(work.Record.Id);
        lock (_fair)
        {
            _fair.Charge(work.Record, (double)lease.Cells.Length * plan.Campaign.Paths * plan.Campaign.Ticks);
        }

        return new Work(lease, shard, work);
    }

    /// <summary>Looks at the store for campaigns with work, some times a second at most, whoever asks.</summary>
    private async Task Look()
    {
        if (!IsOld(Volatile.Read(ref _lookedAt), LookEvery))
        {
            return;
        }

        await _look.WaitAsync();
        try
        {
            if (!IsOld(Volatile.Read(ref _lookedAt), LookEvery))
            {
                return;
            }

            Volatile.Write(ref _lookedAt, time.GetTimestamp());
            var records = (await campaigns.List(isActive: true)).Where(r => r.Engine == EngineVersion).ToList();
            var counts = await Task.WhenAll(records.Select(r => campaigns.Counters(r.Id)));
            foreach (var gone in _known.Keys.Except(records.Select(r => r.Id)).ToList())
            {
                _known.Remove(gone);
                plans.Forget(gone);
            }

            for (var i = 0; i < records.Count; i++)
            {
                if (!_known.TryGetValue(records[i].Id, out var work) || !work.Record.Is(records[i]))
                {
                    // An id may have been given again; its plan is another one then.
                    plans.Forget(records[i].Id);
                    _known[records[i].Id] = work = new CampaignWork(records[i], store);
                }

                (work.Record, work.Done) = (records[i], counts[i].GetValueOrDefault(Counter.Done));
            }

            _active = [.. records.Select(r => _known[r.Id])];
            await LookAtSilos();
        }
        finally
        {
            _look.Release();
        }
    }

    private async Task LookAtSilos()
    {
        if (IsOld(Volatile.Read(ref _silosAt), SilosEvery))
        {
            Volatile.Write(ref _silosAt, time.GetTimestamp());
            var (askedAt, askedMs) = (time.GetTimestamp(), pulse.StoreNowMs);
            _silos = new SilosSeen(new Silos(await store.Beats(), askedMs), askedAt);
        }
    }

    private bool IsOld(long at, TimeSpan most) => at == long.MinValue || time.GetElapsedTime(at) > most;

    /// <summary>The silos and when they were asked for.</summary>
    private sealed record SilosSeen(Silos What, long At);

    private static string EngineVersion => Reports.Runs.RunFolder.EngineVersion;
}
