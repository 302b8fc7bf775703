namespace ScenarioGrid.Grains;

/// <summary>Wakes idle workers of this silo when a campaign arrives here.</summary>
public sealed class WorkSignal
{
    private readonly Lock _lock = new();
    private List<TaskCompletionSource> _waiting = [];

    /// <summary>Wakes everyone who waits.</summary>
    public void Set()
    {
        List<TaskCompletionSource> woken;
        lock (_lock)
        {
            (woken, _waiting) = (_waiting, []);
        }

        woken.ForEach(w => w.TrySetResult());
    }

    /// <summary>Waits for a signal, but not longer than this, and not after a stop.</summary>
    public async Task Wait(TimeSpan most, TimeProvider time, CancellationToken stop)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(waiter);
        }

        // One task that whatever comes first completes: continuations then run where the worker runs, in a fixed order.
        await using var timer = time.CreateTimer(_ => waiter.TrySetResult(), null, most, Timeout.InfiniteTimeSpan);
        await using var stopped = stop.Register(() => waiter.TrySetResult());
        await waiter.Task;
        lock (_lock)
        {
            _waiting.Remove(waiter);
        }
    }
}
