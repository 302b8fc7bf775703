using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace ScenarioGrid.Silo;

/// <summary>Tells the retention how long results are kept, once the silo is up.</summary>
/// <param name="grains">The way to the retention.</param>
/// <param name="settings">How long.</param>
/// <param name="lifetime">Says when the silo is up.</param>
/// <param name="time">Time.</param>
/// <param name="log">Log.</param>
public sealed class RetentionService(
    IGrainFactory grains, SiloSettings settings, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<RetentionService> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var up = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            while (settings.Retention > TimeSpan.Zero)
            {
                try
                {
                    await grains.GetGrain<IRetentionGrain>(0).Keep(settings.Retention);
                    return;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // Nothing waits for it: another silo may have told it already, and the next try is soon.
                    log.LogDebug(e, "the retention does not answer");
                    await Task.Delay(TryAgain, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo ends before the retention was told.
        }
    }
}
