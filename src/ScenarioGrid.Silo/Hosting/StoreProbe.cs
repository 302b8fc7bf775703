using Microsoft.Extensions.Hosting;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>Asks the store for its clock every few seconds, so that a health probe need not wait for it.</summary>
public sealed class StoreProbe(ILedgerStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    private long _answered = long.MinValue;

    /// <summary>How long ago the store last answered.</summary>
    public TimeSpan SinceAnswer =>
        Volatile.Read(ref _answered) is var at && at == long.MinValue ? TimeSpan.MaxValue : time.GetElapsedTime(at);

    /// <summary>Asks once.</summary>
    public async Task Ask()
    {
        try
        {
            await store.Now().WaitAsync(Every, time);
            Volatile.Write(ref _answered, time.GetTimestamp());
        }
        catch (Exception)
        {
            // The age of the last answer says it; whatever broke, an unheard probe must not end the silo.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            await Ask();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
