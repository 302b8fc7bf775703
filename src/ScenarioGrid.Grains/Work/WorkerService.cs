using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Grains;

/// <summary>
/// The workers of a silo and its pulse: they begin when the silo is active, and are the first to end.
/// </summary>
public sealed class WorkerService(
    IGrainFactory grains, ComputePool compute, Dispatcher dispatcher, SiloPulse pulse, SiloFence fence,
    WorkSignal signal, GridGauges gauges, TimeProvider time, ILoggerFactory logs)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ILogger _log = logs.CreateLogger<WorkerService>();
    private Task _pulse = Task.CompletedTask;
    private Task _work = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(WorkerService), ServiceLifecycleStage.Active + 1, Start, Stop);

    public void Dispose()
    {
        gauges.Dispose();
        _drain.Dispose();
        _end.Dispose();
    }

    private async Task Start(CancellationToken stop)
    {
        await pulse.Start();
        _pulse = Task.Run(() => pulse.Run(_end.Token), CancellationToken.None);
        if (pulse.Workers > 0)
        {
            _work = Task.WhenAll(Enumerable.Range(0, compute.Threads).Select(
                slot => Task.Run(() => Slot(slot).Run(_drain.Token), CancellationToken.None)));
        }
    }

    private WorkerSlot Slot(int slot) => new(
        slot, dispatcher, pulse, fence, key => grains.GetGrain<IScenarioGrain>(key), signal, time, _log);

    private async Task Stop(CancellationToken stop)
    {
        pulse.Drain();
        await _drain.CancelAsync();
        try
        {
            await _work.WaitAsync(WorkerSlot.DrainMost + TimeSpan.FromSeconds(2), time, stop);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _log.LogWarning("workers did not end in time; their leases run out");
        }

        await _end.CancelAsync();
        await _pulse;
        try
        {
            await pulse.Leave();
        }
        catch (StoreException e)
        {
            _log.LogWarning("left without a goodbye: {Problem}", e.Message);
        }
    }
}
