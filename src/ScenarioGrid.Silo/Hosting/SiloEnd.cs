using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Silo;

/// <summary>Ends the silo from within, with an exit code that says why.</summary>
public sealed class SiloEnd(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SiloEnd> log)
{
    /// <summary>Time for an orderly end; after it the process goes, whatever it waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _code;

    /// <summary>The exit code: 0 unless the silo ended itself.</summary>
    public int Code => _code;

    /// <summary>Ends the silo. The first reason counts.</summary>
    public void Because(int code, string reason)
    {
        if (Interlocked.CompareExchange(ref _code, code, 0) == 0)
        {
            log.LogCritical("the silo ends with code {Code}: {Reason}", code, reason);
            lifetime.StopApplication();
            _ = Force(code);
        }
    }

    private async Task Force(int code)
    {
        await Task.Delay(Patience, time);
        Environment.Exit(code);
    }
}
