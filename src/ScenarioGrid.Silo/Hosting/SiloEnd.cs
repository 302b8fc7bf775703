using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Silo;

/// <summary>Ends the silo from within, with an exit code that says why, and sees to it that an end does end.</summary>
public sealed class SiloEnd
{
    /// <summary>Time for an orderly end; after it the process goes, whatever it waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<SiloEnd> _log;
    private int _code;

    /// <param name="lifetime">Life of the program, ended from within or by SIGTERM.</param>
    /// <param name="time">Time.</param>
    /// <param name="log">Log.</param>
    public SiloEnd(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SiloEnd> log)
    {
        (_lifetime, _time, _log) = (lifetime, time, log);

        // Leaving a cluster whose table is gone takes Orleans for ever.
        lifetime.ApplicationStopping.Register(() => _ = Force());
    }

    /// <summary>The exit code: 0 unless the silo ended itself.</summary>
    public int Code => _code;

    /// <summary>Ends the silo. The first reason counts.</summary>
    public void Because(int code, string reason)
    {
        if (Interlocked.CompareExchange(ref _code, code, 0) == 0)
        {
            _log.LogCritical("the silo ends with code {Code}: {Reason}", code, reason);
            _lifetime.StopApplication();
        }
    }

    private async Task Force()
    {
        await Task.Delay(Patience, _time, _lifetime.ApplicationStopped)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_lifetime.ApplicationStopped.IsCancellationRequested)
        {
            return;
        }

        var code = _code == SiloExit.Ok ? SiloExit.LostMembership : _code;
        _log.LogCritical("the silo could not end in order; it goes with code {Code}", code);
        Environment.Exit(code);
    }
}
