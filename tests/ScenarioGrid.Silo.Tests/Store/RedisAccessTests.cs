using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using ScenarioGrid.Grains;
using StackExchange.Redis;

namespace ScenarioGrid.Silo.Tests.Store;

/// <summary>The access list that is deployed gives the ledger what it needs, and nobody more.</summary>
public sealed class RedisAccessTests : IAsyncLifetime
{
    private const string Password = "canary-7d1f";

    private readonly string list = Path.GetTempFileName();
    private RedisServer? server;

    public async Task InitializeAsync()
    {
        // Garnet knows no rules for keys.
        Skip.IfNot(RedisServer.IsRedis, "needs redis-server");
        var deployed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "users.acl"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Password)));
        await File.WriteAllTextAsync(list, deployed.Replace(">PASSWORD ", $"#{hash} ", StringComparison.Ordinal)
            + "user auditor on >auditor ~* &* +@all\n");
        server = new(redis: true, "--aclfile", list);
        await server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        File.Delete(list);
        await (server?.DisposeAsync() ?? Task.CompletedTask);
    }

    [SkippableFact]
    public async Task The_ledger_does_all_it_does_without_one_denial()
    {
        await using var store = await Open(Password);
        Assert.True(await store.Apply(new("r", 0, [1], new StoreEffect.Put("p", [1]), new StoreEffect.Add("c", "x", 1),
            new StoreEffect.Include("s", "m"), new StoreEffect.Exclude("s", "m"), new StoreEffect.Append("l", [1], 1),
            new StoreEffect.Append("l", [2], 1), new StoreEffect.Delete("p"))));
        Assert.True(await store.Apply(new("r", 1, null)));
        Assert.Equal(0, await store.Take("n", 5, "taken"));
        Assert.Equal(["0"], await store.Members("taken"));
        Assert.Equal(1, (await store.Counters("c"))["x"]);
        Assert.Equal([[2]], await store.Entries("l", 0, 5));
        await store.Beat("silo", [1]);
        Assert.Single(await store.Beats());
        await store.Forget("silo");
        Assert.Equal("one", await store.Epoch("one"));
        Assert.True(await store.Now() > 0);
        Assert.Null((await store.Read("r"))[0].Value);
        Assert.Empty(await Denials());
    }

    [SkippableFact]
    public async Task A_silo_of_Orleans_joins_and_leaves_without_one_denial()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo
            .UseRedisClustering(redis => redis.ConfigurationOptions = Options(Password))
            .AddRedisGrainStorageAsDefault(redis => redis.ConfigurationOptions = Options(Password))
            .UseRedisReminderService(redis => redis.ConfigurationOptions = Options(Password))
            .Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = ("scenariogrid", "test"))
            .ConfigureEndpoints(IPAddress.Loopback, RedisServer.FreePort(), RedisServer.FreePort()));
        using var host = builder.Build();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await host.StartAsync(limit.Token);
        var hosts = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts();
        Assert.Equal(Orleans.Runtime.SiloStatus.Active, Assert.Single(hosts).Value);
        await Remember(host.Services.GetRequiredService<IReminderTable>());
        await Keep(host.Services.GetRequiredService<IGrainStorage>());
        await host.StopAsync(limit.Token);
        Assert.Empty(await Denials());
    }

    [SkippableTheory]
    [InlineData("FLUSHALL")]
    [InlineData("FLUSHDB")]
    [InlineData("SHUTDOWN", "NOSAVE")]
    [InlineData("CONFIG", "SET", "appendonly", "no")]
    [InlineData("KEYS", "*")]
    [InlineData("GET", "foreign")]
    [InlineData("DEL", "scenariogrid/members/cluster")]
    [InlineData("SET", "scenariogrid/members/cluster", "x")]
    [InlineData("ACL", "LIST")]
    public async Task What_the_ledger_does_not_need_is_denied(string command, params string[] rest)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Options(Password));
        var fault = await Assert.ThrowsAnyAsync<RedisException>(() =>
            redis.GetDatabase().ExecuteAsync(command, [.. rest]));
        Assert.Contains("NOPERM", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_stranger_and_a_wrong_password_are_told_what_to_do_without_the_password()
    {
        const string wrong = "canary-wrong";
        await using var store = await Open(wrong);
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.Now());
        Assert.Contains($"Redis at {server!.Address}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, fault.ToString(), StringComparison.Ordinal);
    }

    private static async Task Remember(IReminderTable table)
    {
        var entry = new ReminderEntry
        {
            GrainId = GrainId.Create("campaign", "c"), ReminderName = "wake", StartAt = DateTime.UtcNow,
            Period = TimeSpan.FromHours(1),
        };
        await table.UpsertRow(entry);
        var kept = await table.ReadRow(entry.GrainId, entry.ReminderName);
        Assert.Single((await table.ReadRows(entry.GrainId)).Reminders);
        Assert.True(await table.RemoveRow(entry.GrainId, entry.ReminderName, kept!.ETag!));
    }

    private static async Task Keep(IGrainStorage storage)
    {
        var (grain, state) = (GrainId.Create("campaign", "c"), new GrainState<List<string>>(["first"]));
        await storage.WriteStateAsync("state", grain, state);
        state.State!.Add("second");
        await storage.WriteStateAsync("state", grain, state);
        await storage.ReadStateAsync("state", grain, state);
        Assert.Equal(["first", "second"], state.State);
        await storage.ClearStateAsync("state", grain, state);
    }

    private ConfigurationOptions Options(string password) =>
        RedisOptions.Parse($"{server!.Address},user=scenariogrid", password);

    private Task<RedisStore> Open(string password) => RedisStore.Open(Options(password), "sg:test:");

    /// <summary>What Redis wrote down as denied, one text each.</summary>
    private async Task<string[]> Denials()
    {
        await using var auditor = await ConnectionMultiplexer.ConnectAsync(
            $"{server!.Address},user=auditor,password=auditor");
        var log = (RedisResult[])(await auditor.GetDatabase().ExecuteAsync("ACL", "LOG"))!;
        return [.. log.Select(l => string.Join(' ', ((RedisResult[])l!).Select(f => f.ToString())))];
    }
}
