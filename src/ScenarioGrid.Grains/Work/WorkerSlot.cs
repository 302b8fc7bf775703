using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Grains;

/// <summary>One worker: leases cells, runs them through its scenario grain window by window, and stores
/// results.</summary>
/// <param name="slot">Number of the slot.</param>
/// <param name="dispatcher">Finds work.</param>
/// <param name="pulse">Learns what the worker does.</param>
/// <param name="fence">Keeps results of a fenced silo out of the store.</param>
/// <param name="scenarios">The scenario grain of a key.</param>
/// <param name="signal">Wakes the worker when a campaign comes.</param>
/// <param name="time">Time.</param>
/// <param name="log">Log.</param>
public sealed class WorkerSlot(
    int slot, Dispatcher dispatcher, SiloPulse pulse, SiloFence fence, Func<string, IScenarioGrain> scenarios,
    WorkSignal signal, TimeProvider time, ILogger log)
{
    /// <summary>What a worker finishes at most when its silo is asked to end.</summary>
    public static readonly TimeSpan DrainMost = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CommitEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    private readonly string _worker = $"{pulse.Silo}#{slot}";

    /// <summary>Works until stopped. What is begun is finished for at most <see cref="DrainMost"/>.</summary>
    /// <param name="drain">Asks the worker to end.</param>
    public async Task Run(CancellationToken drain)
    {
        using var abort = new CancellationTokenSource();
        await using var timer = time.CreateTimer(
            _ => abort.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var late = drain.Register(() => timer.Change(DrainMost, Timeout.InfiniteTimeSpan));
        while (!drain.IsCancellationRequested)
        {
            try
            {
                if (await dispatcher.Take(slot) is { } work)
                {
                    await Execute(work, drain, abort.Token);
                    continue;
                }
            }
            catch (StoreException e)
            {
                GridMeter.StoreFailures.Add(1);
                log.LogDebug("worker {Worker}: {Problem}", _worker, e.Message);
            }
            catch (OperationCanceledException) when (abort.IsCancellationRequested)
            {
                log.LogWarning("worker {Worker} ends with results that the store did not take", _worker);
            }
            catch (Exception e)
            {
                // Whatever broke, the worker must not: its silo would fall silent.
                log.LogError(e, "worker {Worker} found no work", _worker);
            }

            await signal.Wait(IdleWait, time, drain);
        }
    }

    private async Task Execute(Work work, CancellationToken drain, CancellationToken abort)
    {
        var order = new Order(work, new KeptResults(work, time));
        Show(work.Lease, order.Cell);
        try
        {
            await Execute(order, drain, abort);
        }
        catch (Exception e) when (e is not StoreException)
        {
            // What is finished is not lost with the cell that broke or was not finished in time.
            var isAborted = abort.IsCancellationRequested;
            if (!await Store(work, order.Kept, mustStore: !isAborted, abort))
            {
                return;
            }

            await (isAborted ? End(work, isDone: false) : Fail(work, e, order.Cell));
        }
        finally
        {
            pulse.Show(slot, SiloPulse.SlotView.Idle);
        }
    }

    private async Task Execute(Order order, CancellationToken drain, CancellationToken abort)
    {
        var (work, kept) = (order.Work, order.Kept);
        var lease = work.Lease;
        var scenario = scenarios(FormattableString.Invariant(
            $"{lease.Campaign}/{_worker}/{work.Campaign.Record.SubmittedMs:x}.{lease.Attempt}"));
        await scenario.Begin(lease);
        while (true)
        {
            var report = await scenario.Advance(abort);
            kept.Add(report);
            order.Finished(report);
            pulse.Progress(kept.LastCells.Count, report.Finished.PathTicks);
            Show(lease, order.Cell);
            var mustEnd = report.IsDone || fence.IsFenced || await dispatcher.HasEnded(lease.Campaign)
                || (drain.IsCancellationRequested && kept.LastCells.Count > 0);
            if ((mustEnd || kept.Age > CommitEvery) && !await Store(work, kept, mustEnd, abort) && !report.IsDone)
            {
                return;
            }

            if (mustEnd)
            {
                await End(work, report.IsDone);
                return;
            }
        }
    }

    private async Task End(Work work, bool isDone)
    {
        if (isDone)
        {
            await dispatcher.Finish(work.Campaign);
        }
        else
        {
            await work.Shard.Release(work.Lease.Token);
        }
    }

    /// <summary>Stores what is kept; with a store that does not answer, again and again before a lease ends.</summary>
    /// <returns>False when the lease is not the worker's any more.</returns>
    private async Task<bool> Store(Work work, KeptResults kept, bool mustStore, CancellationToken abort)
    {
        while (kept.Count > 0 && !fence.IsFenced)
        {
            try
            {
                var summary = await work.Shard.Commit(work.Lease.Token, kept.Batch, pulse.StoreNowMs);
                Count(work, kept, summary);
                kept.Clear();
                return summary.IsLive;
            }
            catch (StoreException e)
            {
                GridMeter.StoreFailures.Add(1);
                log.LogDebug("worker {Worker}: {Problem}", _worker, e.Message);
                if (!mustStore)
                {
                    return true;
                }

                // Waiting for the store is no hanging.
                pulse.Progress(0, 0);
                await Task.Delay(TryAgain, time, abort);
            }
        }

        return !fence.IsFenced;
    }

    private void Count(Work work, KeptResults kept, CommitSummary summary)
    {
        GridMeter.Cells.Add(summary.Stored);
        GridMeter.PathTicks.Add(kept.Batch.PathTicks);
        GridMeter.Reexecutions.Add(summary.Repeated);
        GridMeter.StaleCommits.Add(summary.Stale);
        GridMeter.Conflicts.Add(summary.Conflicts);
        GridMeter.Quarantined.Add(kept.Failed);
        if (summary.Stale > 0)
        {
            log.LogWarning(
                "worker {Worker}: {Cells} results of {Campaign} shard {Shard} refused: token {Token} is stale", _worker,
                summary.Stale, work.Lease.Campaign, work.Lease.Shard, work.Lease.Token);
        }

        if (summary.Conflicts > 0)
        {
            log.LogCritical("NONDETERMINISM: {Cells} results of {Campaign} shard {Shard} differ from stored ones; both "
                + "are kept", summary.Conflicts, work.Lease.Campaign, work.Lease.Shard);
        }
    }

    private async Task Fail(Work work, Exception e, long cell)
    {
        var blamed = e is GridException { Cell: >= 0 } known ? known.Cell : cell;
        log.LogWarning(
            "worker {Worker}: {Campaign} cell {Cell}: {Problem}", _worker, work.Lease.Campaign, blamed, e.Message);
        var error = e is GridException ? e.Message : $"{e.GetType().Name}: {e.Message}";
        if (await work.Shard.Fail(work.Lease.Token, blamed, $"ENGINE: {error} ({pulse.Silo})", pulse.StoreNowMs))
        {
            GridMeter.Quarantined.Add(1);
            log.LogError("cell {Cell} of {Campaign} is quarantined: {Problem}", blamed, work.Lease.Campaign, e.Message);
            await dispatcher.Finish(work.Campaign);
        }
    }

    private void Show(Lease lease, long cell) =>
        pulse.Show(slot, new SiloPulse.SlotView(lease.Campaign, lease.Shard, lease.Token, cell));

    /// <summary>A lease that is being worked on.</summary>
    private sealed class Order(Work work, KeptResults kept)
    {
        private readonly SortedSet<long> _open = new(work.Lease.Cells);

        public Work Work => work;

        public KeptResults Kept => kept;

        /// <summary>The cell that is computed now, as far as known, or -1.</summary>
        public long Cell { get; private set; } = work.Lease.Cells[0];

        public void Finished(WorkReport report)
        {
            _open.ExceptWith(kept.LastCells);
            Cell = report.Cell >= 0 ? report.Cell : _open.Count > 0 ? _open.Min : -1;
        }
    }
}
