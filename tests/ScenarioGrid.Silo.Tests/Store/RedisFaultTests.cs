using System.Diagnostics;
using ScenarioGrid.Grains;
using StackExchange.Redis;

namespace ScenarioGrid.Silo.Tests.Store;

/// <summary>What the store says and does while Redis is not as it should be.</summary>
public sealed class RedisFaultTests : IAsyncLifetime
{
    private const int Tries = 200;

    private readonly RedisServer server = new();

    public Task InitializeAsync() => server.InitializeAsync();

    public Task DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task After_a_crash_of_Redis_the_same_store_goes_on_with_all_it_answered()
    {
        await using var store = await Open();
        for (var i = 0; i < 100; i++)
        {
            Assert.True(await store.Apply(new("r", i, BitConverter.GetBytes(i), new StoreEffect.Append("l", [1]),
                new StoreEffect.Add("c", "n", 1), new StoreEffect.Include("s", $"{i}"))));
        }

        server.Kill();
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.Read("r"));
        Assert.Contains($"Redis at {server.Address}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Check that it runs", fault.Message, StringComparison.Ordinal);
        await server.Start();
        var clock = Stopwatch.StartNew();
        var read = await Eventually(() => store.Read("r"));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal(100, read[0].Version);
        Assert.Equal(99, BitConverter.ToInt32(read[0].Value!));
        Assert.Equal(100, (await store.Counters("c"))["n"]);
        Assert.Equal(100, (await store.Members("s")).Length);
        Assert.Equal(100, (await store.Entries("l", 0, 1000)).Length);
        Assert.True(await store.Apply(new("r", 100, [1])));
    }

    [Fact]
    public async Task A_store_may_be_opened_before_Redis_runs()
    {
        server.Kill();
        await using var store = await Open();
        await Assert.ThrowsAsync<StoreException>(() => store.Now());
        await server.Start();
        Assert.True(await Eventually(() => store.Now()) > 0);
    }

    [Fact]
    public async Task An_operation_that_gets_no_answer_fails_in_5_seconds_and_the_next_works()
    {
        await using var store = await Open();
        await store.Apply(new("r", 0, [1]));
        server.Pause();
        var clock = Stopwatch.StartNew();
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.Read("r"));
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 5.5);
        Assert.Contains($"Redis at {server.Address} did not answer", fault.Message, StringComparison.Ordinal);
        server.Continue();
        Assert.Equal(1, (await Eventually(() => store.Read("r")))[0].Version);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = await Open();
        await store.DisposeAsync();
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.Now());
        Assert.Contains("is closed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_bytes_under_the_prefix_are_named()
    {
        await using var store = await Open();
        await using var other = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await other.GetDatabase().StringSetAsync("sg:test:r", "not a record");
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.Read("r"));
        Assert.Contains("a prefix of its own", fault.Message, StringComparison.Ordinal);
    }

    private Task<RedisStore> Open() => RedisStore.Open(RedisOptions.Parse(server.Address), "sg:test:");

    /// <summary>Asks until the connection is back; every try waits for the client's own answer.</summary>
    private static async Task<T> Eventually<T>(Func<Task<T>> ask)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var left = Tries; ; left--)
        {
            try
            {
                return await ask();
            }
            catch (StoreException) when (left > 0)
            {
                await ticks.WaitForNextTickAsync();
            }
        }
    }
}
