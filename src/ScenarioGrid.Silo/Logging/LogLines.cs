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
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("ScenarioGrid", LogLevel.Information)
            .AddFilter(Audit, LogLevel.Information)

            // ASP.NET repeats under the handler's name what the audit lines say.
            .AddFilter(typeof(TokenAuthentication).FullName, LogLevel.Warning)

            // What keeps the silo from starting is said in one line by the program.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)

            // At every start it recommends the server's garbage collector, which gains nothing here (measured).
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
}
