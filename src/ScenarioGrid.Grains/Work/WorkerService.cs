using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Grains;

/// <summary>
/// The workers of a silo: one slot per compute thread, each pulling cells and running them through its scenario grain.
/// </summary>
public sealed class WorkerService(
    IGrainFactory grains, ComputePool compute, ILocalSiloDetails silo, TimeProvider time, WorkSignal signal,
    ILogger<WorkerService> log) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await Task.WhenAll(Enumerable.Range(0, compute.Threads).Select(slot => Slot(slot, stoppingToken)));
    }

    private async Task Slot(int slot, CancellationToken stopping)
    {
        var worker = $"{silo.SiloAddress.ToParsableString()}#{slot}";
        var queue = grains.GetGrain<IQueueGrain>(Storage.Queue);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await queue.Lease(worker, compute.Threads) is { } lease)
                {
                    await Run(lease, worker, stopping);
                    continue;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever broke, the lease runs out and the cells go to a worker again.
                log.LogWarning(e, "worker {Worker} lost its cells", worker);
            }

            await signal.Wait(IdleWait, stopping);
        }
    }

    private async Task Run(Lease lease, string worker, CancellationToken stopping)
    {
        var scenario = grains.GetGrain<IScenarioGrain>($"{lease.Campaign}/{worker}/{lease.Attempt}");
        var shard = grains.GetGrain<IShardGrain>($"{lease.Campaign}/{lease.Shard}");
        using var renewals = new CancellationTokenSource();
        var renewing = Renew(shard, lease.Token, renewals.Token);
        try
        {
            await scenario.Begin(lease);
            var pathTicks = 0L;
            for (var isDone = false; !isDone && !renewing.IsCompleted;)
            {
                stopping.ThrowIfCancellationRequested();
                var report = await scenario.Advance(stopping);
                isDone = report.IsDone;
                pathTicks += report.Finished.PathTicks;
                if (report.Finished.Results.Length > 0)
                {
                    var batch = new ResultBatch(report.Finished.Results, pathTicks);
                    isDone |= await shard.Commit(lease.Token, batch) == CommitAnswer.Refused;
                    pathTicks = 0;
                }
            }
        }
        finally
        {
            await renewals.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Keeps a lease while its worker works, however long a window takes; ends when it is lost.</summary>
    private async Task Renew(IShardGrain shard, long token, CancellationToken stop)
    {
        try
        {
            do
            {
                await Task.Delay(RenewEvery, time, stop);
            }
            while (await shard.Renew(token));
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or OrleansException)
        {
            // Without renewals the lease runs out, and the next commit is answered accordingly.
        }
    }
}

/// <summary>Wakes idle workers of this silo when a campaign arrives here.</summary>
public sealed class WorkSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes everyone who waits.</summary>
    public void Set() => Interlocked.Exchange(
        ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Waits for a signal, but not longer than this.</summary>
    public Task Wait(TimeSpan most, CancellationToken stopping) => Task.WhenAny(_next.Task, Task.Delay(most, stopping));
}
