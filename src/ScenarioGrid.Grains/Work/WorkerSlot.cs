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
        await using var late = drain.Register(() => abort.CancelAfter(DrainMost));
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
            catch (Exception e) when (!abort.IsCancellationRequested)
            {
                // Whatever broke, the worker must not: its silo would fall silent.
                log.LogError(e, "worker {Worker} found no work", _worker);
            }

            await signal.Wait(IdleWait, time, drain);
        }
    }

    private async Task Execute(Work work, CancellationToken drain, CancellationToken abort)
    {
        var lease = work.Lease;
        Show(lease, lease.Cells[0]);
        var open = new SortedSet<long>(lease.Cells);
        var cell = lease.Cells[0];
        try
        {
            var scenario = scenarios($"{lease.Campaign}/{_worker}/{lease.Attempt}");
            await scenario.Begin(lease);
            var kept = new KeptResults(work, time);
            while (true)
            {
                var report = await scenario.Advance(abort);
                kept.Add(report);
                open.ExceptWith(kept.LastCells);
                pulse.Progress(kept.LastCells.Count, report.Finished.PathTicks);
                cell = report.Cell >= 0 ? report.Cell : open.Count > 0 ? open.Min : -1;
                Show(lease, cell);
                var mustEnd = report.IsDone || fence.IsFenced || await dispatcher.HasEnded(lease.Campaign)
                    || (drain.IsCancellationRequested && kept.LastCells.Count > 0);
                if ((mustEnd || kept.Age > CommitEvery) && !await Store(work, kept, mustEnd, abort))
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
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            await End(work, isDone: false);
        }
        catch (Exception e) when (e is not StoreException)
        {
            await Fail(work, e, cell);
        }
        finally
        {
            pulse.Show(slot, SiloPulse.SlotView.Idle);
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
                return summary.IsLive || summary.IsComplete;
            }
            catch (StoreException e)
            {
                GridMeter.StoreFailures.Add(1);
                log.LogDebug("worker {Worker}: {Problem}", _worker, e.Message);
                if (!mustStore)
                {
                    return true;
                }

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
}
