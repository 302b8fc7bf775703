namespace ScenarioGrid.Grains;

/// <summary>Wakes idle workers of this silo when a campaign arrives here.</summary>
public sealed class WorkSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes everyone who waits.</summary>
    public void Set() => Interlocked.Exchange(
        ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Waits for a signal, but not longer than this, and not after a stop.</summary>
    public async Task Wait(TimeSpan most, TimeProvider time, CancellationToken stop)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Volatile.Read(ref _next).Task, Task.Delay(most, time, done.Token));
        await done.CancelAsync();
    }
}
