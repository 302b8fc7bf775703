using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Silo;

/// <summary>What a silo logs: its own events, and only the trouble of the libraries under it.</summary>
public static class LogLines
{
    /// <summary>Category of the audit lines: who submitted, ended or was denied what.</summary>
    public const string Audit = "audit";

    /// <summary>Logs one line per event.</summary>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging, TextWriter writer) =>
        logging.AddProvider(new LineLog(writer, TimeProvider.System))
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Orleans", LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning);
}
