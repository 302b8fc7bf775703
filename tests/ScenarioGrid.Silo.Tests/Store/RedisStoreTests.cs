using System.Collections.Concurrent;
using ScenarioGrid.Grains;
using ScenarioGrid.Grains.Tests.Ledger;
using StackExchange.Redis;

namespace ScenarioGrid.Silo.Tests.Store;

public sealed class RedisStoreTests(RedisServer server)
    : LedgerStoreContract, IClassFixture<RedisServer>, IAsyncLifetime
{
    /// <summary>Every test has a prefix of its own, so they share a server and find it empty.</summary>
    private readonly string prefix = $"sg:{Guid.NewGuid():n}:";
    private readonly ConcurrentBag<RedisStore> opened = [];
    private ILedgerStore? store;

    protected override ILedgerStore Store => store!;

    public async Task InitializeAsync() => store = await Another();

    public async Task DisposeAsync() => await Task.WhenAll(opened.Select(s => s.DisposeAsync().AsTask()));

    protected override async Task<ILedgerStore> Another()
    {
        var another = await RedisStore.Open(RedisOptions.Parse(server.Address), prefix);
        opened.Add(another);
        return another;
    }

    [Fact]
    public async Task Every_key_begins_with_the_prefix()
    {
        await Store.Apply(new("r", 0, [1], new StoreEffect.Put("p", [1]), new StoreEffect.Add("c", "x", 1),
            new StoreEffect.Include("s", "m"), new StoreEffect.Append("l", [1], 1)));
        await Store.Take("n", 5, "taken");
        await Store.Beat("silo", []);
        await Store.Epoch("one");
        await using var other = await ConnectionMultiplexer.ConnectAsync(server.Address);
        var keys = other.GetServer(server.Address).Keys(pattern: prefix + "*")
            .Select(k => ((string)k!)[prefix.Length..]);
        Assert.Equal("beats c epoch l n p r s taken".Split(' '), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_prefixes_are_two_stores()
    {
        await using var other = await RedisStore.Open(RedisOptions.Parse(server.Address), prefix + "other:");
        await Store.Apply(new("r", 0, [1]));
        Assert.Equal([default], await other.Read("r"));
        Assert.True(await other.Apply(new("r", 0, [2])));
    }

    [Fact]
    public async Task Scripts_that_Redis_forgot_are_loaded_again()
    {
        Assert.True(await Store.Apply(new("r", 0, [1])));
        await using var other = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await other.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
        Assert.True(await Store.Apply(new("r", 1, [2])));
        Assert.Equal(0, await Store.Take("n", 1, "s"));
    }

    [Fact]
    public async Task Many_at_once_on_one_connection_keep_their_answers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i =>
        {
            Assert.True(await Store.Apply(new($"r{i}", 0, BitConverter.GetBytes(i))));
            return BitConverter.ToInt32((await Store.Read($"r{i}"))[0].Value!);
        }));
        Assert.Equal(Enumerable.Range(0, 500), answers);
    }
}
