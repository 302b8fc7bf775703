using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Silo.Tests.Logging;

public sealed class LineLogTests
{
    private readonly StringWriter _writer = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void An_event_is_one_line_with_UTC_time_level_category_and_message()
    {
        Logger("ScenarioGrid.X").LogInformation("cells {Cells}", 12);
        Assert.Equal(
            $"2026-01-01T00:00:00.000Z info ScenarioGrid.X: cells 12{Environment.NewLine}", _writer.ToString());
    }

    [Fact]
    public void Lines_cannot_be_forged_and_exceptions_stay_on_theirs()
    {
        var fault = new InvalidOperationException("a\nb", new IOException("c"));
        Logger("X").LogWarning(fault, "one\r\ntwo\u2028three\u001b[31m");
        Logger("X").LogError(fault, "four");
        var lines = _writer.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("one  two three [31m: InvalidOperationException: a b <- IOException: c", lines[0],
            StringComparison.Ordinal);
        Assert.All(lines, l => Assert.DoesNotContain(l, char.IsControl));
    }

    [Fact]
    public void The_false_alarm_of_Orleans_is_quiet_in_the_first_minute_only()
    {
        var logger = Logger("Orleans.Runtime.Watchdog");
        logger.Log(LogLevel.Warning, new EventId(100150), "stall");
        Assert.Equal("", _writer.ToString());
        _time.Advance(TimeSpan.FromMinutes(1));
        logger.Log(LogLevel.Warning, new EventId(100150), "stall");
        Assert.Contains("stall", _writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ScenarioGrid.Grains.WorkerService", LogLevel.Information, true)]
    [InlineData("audit", LogLevel.Information, true)]
    [InlineData("Orleans.Runtime.MembershipService", LogLevel.Information, false)]
    [InlineData("Orleans.Runtime.MembershipService", LogLevel.Warning, true)]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information, false)]
    [InlineData("Polly", LogLevel.Information, false)]
    public void Our_own_events_are_logged_and_only_the_trouble_of_others(string category, LogLevel level, bool isLogged)
    {
        using var services = new ServiceCollection().AddLogging(l => l.AddLines(_writer)).BuildServiceProvider();
        services.GetRequiredService<ILoggerFactory>().CreateLogger(category).Log(level, "text");
        Assert.Equal(isLogged, _writer.ToString().Length > 0);
    }

    private ILogger Logger(string category) => new LineLog(_writer, _time).CreateLogger(category);
}
