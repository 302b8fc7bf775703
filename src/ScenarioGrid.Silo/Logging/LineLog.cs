using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Silo;

/// <summary>Writes one line per event: UTC time, level, category, message.</summary>
/// <remarks>A line cannot be forged from outside: control characters of a message become spaces.</remarks>
public sealed class LineLog(TextWriter writer, TimeProvider time) : ILoggerProvider
{
    /// <summary>Orleans' watchdog reports the machine's uptime as a stall once, at the start.</summary>
    private const int StallEvent = 100150;

    private static readonly TimeSpan StallQuiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        // The writer belongs to whoever made it.
    }

    private void Write(string category, LogLevel level, EventId id, string message, Exception? exception)
    {
        if (id.Id == StallEvent && time.GetElapsedTime(_started) < StallQuiet)
        {
            return;
        }

        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var cause = exception is null ? "" : level >= LogLevel.Error ? $": {exception}" : $": {Chain(exception)}";
        var line = OneLine($"{now} {Name(level)} {category}: {message}{cause}");
        lock (_lock)
        {
            writer.WriteLine(line);
        }
    }

    private static string Chain(Exception e) =>
        $"{e.GetType().Name}: {e.Message}" + (e.InnerException is { } inner ? $" <- {Chain(inner)}" : "");

    private static string OneLine(string text) =>
        string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
            }
        });

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private sealed class Category(LineLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log.Write(name, logLevel, eventId, formatter(state, exception), exception);
    }
}
