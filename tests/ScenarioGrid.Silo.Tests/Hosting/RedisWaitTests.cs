using ScenarioGrid.Silo.Tests.Store;

namespace ScenarioGrid.Silo.Tests.Hosting;

public class RedisWaitTests
{
    [Fact]
    public async Task Without_Redis_one_line_names_its_address_and_after_60_s_another_gives_up()
    {
        var lines = new List<string>();
        var address = $"127.0.0.1:{RedisServer.FreePort()}";
        var redis = await RedisWait.Connect(RedisOptions.Parse(address), new HurryingTime(), lines.Add);
        Assert.Null(redis);
        Assert.Equal(
            [
                $"scenariogrid silo: Redis at {address}: does not answer; trying for 60 s",
                $"scenariogrid silo: Redis at {address}: does not answer; gave up after 60 s",
            ],
            lines);
    }

    [Fact]
    public async Task Redis_that_comes_late_is_taken_and_nothing_more_is_said()
    {
        await using var server = new LateServer();
        var lines = new List<string>();
        var redis = await RedisWait.Connect(
            RedisOptions.Parse(server.Redis.Address), TimeProvider.System, line =>
            {
                lines.Add(line);
                server.Begin();
            });
        Assert.NotNull(redis);
        Assert.Single(lines);
        await redis.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_refused_password_is_said_as_such_and_is_not_repeated()
    {
        Skip.IfNot(RedisServer.IsRedis, "needs redis-server");
        var server = new RedisServer(redis: true, "--requirepass", "right");
        await server.InitializeAsync();
        var lines = new List<string>();
        var redis = await RedisWait.Connect(
            RedisOptions.Parse(server.Address, "canary"), new HurryingTime(), lines.Add);
        Assert.Null(redis);
        Assert.All(lines, l => Assert.Contains("refuses the user or password", l, StringComparison.Ordinal));
        Assert.All(lines, l => Assert.DoesNotContain("canary", l, StringComparison.Ordinal));
        await server.DisposeAsync();
    }

    /// <summary>A clock on which every wait is over at once, after a third of the silo's patience.</summary>
    private sealed class HurryingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref _now, TimeSpan.FromSeconds(20).Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class LateServer : IAsyncDisposable
    {
        private Task _started = Task.CompletedTask;

        public RedisServer Redis { get; } = new();

        public void Begin() => _started = Redis.InitializeAsync();

        public async ValueTask DisposeAsync()
        {
            await _started;
            await Redis.DisposeAsync();
        }
    }
}
