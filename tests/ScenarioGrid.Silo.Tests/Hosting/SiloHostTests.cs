using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.TypeSystem;
using ScenarioGrid.Grains;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Silo.Tests.Store;
using StackExchange.Redis;

namespace ScenarioGrid.Silo.Tests.Hosting;

/// <summary>Two silos as the program builds them, on a Redis of the tests.</summary>
public sealed class SiloHostTests : IClassFixture<SiloHostTests.TwoSilos>
{
    private const string Text = """
        version: 1
        campaign: small
        seed: 7
        paths: 64
        scenario:
          horizon: 4h
          tick: 1m
          instances:
            eth: {kind: merton-jump-market, spot: 194 USD, volatility: 93 %/yr}
            ethereum: {kind: proof-of-stake-chain, market: eth}
            pool: {kind: constant-product-venue, chain: ethereum, market: eth, liquidity: 40M USD, fee: 30 bps}
            twap: {kind: twap-oracle, venue: pool, window: 30m}
        sweep:
          twap.window: [1m, 5m, 30m]
          pool.fee: {from: 5 bps, to: 60 bps, steps: 4}
        objectives:
          scalability: minimise twap.lag.p95
          efficiency: maximise pool.volume.mean
        """;

    private readonly TwoSilos _silos;

    public SiloHostTests(TwoSilos silos) => _silos = silos;

    [Fact]
    public async Task A_campaign_handed_in_at_one_silo_is_watched_and_read_at_the_other_with_the_embedded_hash()
    {
        using var first = new HttpClient { BaseAddress = new(HttpFront.Address(_silos.First)!) };
        using var second = new HttpClient { BaseAddress = new(HttpFront.Address(_silos.Second)!) };
        using var accepted = await first.PostAsync("/api/v1/campaigns?id=small", new StringContent(Text));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        // The stream ends with the campaign.
        var events = await second.GetStringAsync("/api/v1/campaigns/small/events");
        Assert.Contains("\"state\":\"completed\"", events, StringComparison.Ordinal);
        var status = JsonSerializer.Deserialize<CampaignDocument>(
            await second.GetStringAsync("/api/v1/campaigns/small"), ApiDocuments.Options)!;
        Assert.Equal((12, 12, 0), (status.Cells, status.Done, status.Failed));
        Assert.Equal(await EmbeddedHash(), status.ResultHash);
        Assert.Equal(Text, await second.GetStringAsync("/api/v1/campaigns/small/campaign.yaml"));
        var page = ResultsWire.Read(await second.GetByteArrayAsync("/api/v1/campaigns/small/results?shard=0"));
        Assert.True(page.IsComplete);
        var metrics = await first.GetStringAsync("/metrics");
        Assert.Contains("scenariogrid_leases_total", metrics, StringComparison.Ordinal);
        var cluster = JsonSerializer.Deserialize<ClusterDocument>(
            await first.GetStringAsync("/api/v1/cluster"), ApiDocuments.Options)!;
        Assert.Equal(2, cluster.Silos.Count);
    }

    [Fact]
    public async Task A_client_of_the_gateway_reaches_the_front_and_no_other_grain()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(client => client
            .UseRedisClustering(o => o.ConfigurationOptions = RedisOptions.Parse(_silos.Redis.Address))
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("scenariogrid", "scenariogrid")));
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        Assert.NotNull(await grains.GetGrain<IFrontGrain>(0).List(Caller.Local));

        RequestContext.Set("role", "operator");
        await Denied(() => grains.GetGrain<IScenarioGrain>("c/w/0").Advance(CancellationToken.None));
        await Denied(() => grains
            .GetGrain<IInstanceGrain>("c/w/0/eth", "ScenarioGrid.Grains.MarketGrain").View().AsTask());
        await Denied(() => grains.GetGrain<IPartGrain>("c/w/0/0").Measures());
        await Denied(() => grains.GetGrain<IRetentionGrain>(0).Sweep());
        await Denied(() => grains.GetGrain<IManagementGrain>(0).GetHosts());
        await Denied(() => grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.FromMinutes(1)));
        await host.StopAsync();
    }

    [Fact]
    public void A_type_that_is_not_ours_is_rejected_by_name()
    {
        var services = _silos.First.Services;
        Assert.False(services.GetRequiredService<IOptions<TypeManifestOptions>>().Value.AllowAllTypes);
        var types = services.GetRequiredService<TypeConverter>();
        Assert.Throws<InvalidOperationException>(
            () => types.Parse("System.Diagnostics.Process, System.Diagnostics.Process"));
        Assert.Throws<CodecNotFoundException>(
            () => services.GetRequiredService<Serializer>().SerializeToArray<object>(new Unknown()));
    }

    [Fact]
    public void Silent_silos_are_evicted_soon_and_messages_are_small()
    {
        var membership = _silos.First.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
        Assert.Equal(TimeSpan.FromSeconds(Environment.ProcessorCount <= 2 ? 2 : 1), membership.ProbeTimeout);
        Assert.Equal((2, 2), (membership.NumMissedProbesLimit, membership.NumVotesForDeathDeclaration));
        Assert.Equal(TimeSpan.FromSeconds(4), membership.MaxProbeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), membership.IAmAliveTablePublishTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), membership.TableRefreshTimeout);
        Assert.Equal(TimeSpan.FromSeconds(40), membership.MaxJoinAttemptTime);
        Assert.Equal(TimeSpan.FromMinutes(10), membership.DefunctSiloExpiration);
        var messages = _silos.First.Services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        Assert.Equal((8 << 20, TimeSpan.FromSeconds(10)), (messages.MaxMessageBodySize, messages.ResponseTimeout));
    }

    private static async Task Denied(Func<Task> call) =>
        Assert.Equal("FORBIDDEN", (await Assert.ThrowsAsync<GridException>(call)).Code);

    private static async Task<string?> EmbeddedHash()
    {
        await using var grid = await EmbeddedGrid.Start(ComponentCatalog.Default, 2);
        var client = new CampaignClient(grid.Front, Caller.Local);
        var campaign = (await client.Submit(new(Text, 32))).Campaign;
        var results = new List<CellResult>();
        var status = await client.Collect(
            campaign, new HashSet<long>(), results.AddRange, _ => { }, CancellationToken.None);
        return status.ResultHash;
    }

    private sealed class Unknown;

    public sealed class TwoSilos : IAsyncLifetime
    {
        public RedisServer Redis { get; } = new();

        public IHost First { get; private set; } = null!;

        public IHost Second { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Redis.InitializeAsync();
            First = await Start();
            Second = await Start();
        }

        public async Task DisposeAsync()
        {
            foreach (var silo in new[] { Second, First })
            {
                await silo.StopAsync();
                silo.Dispose();
            }

            await Redis.DisposeAsync();
        }

        private async Task<IHost> Start()
        {
            string[] flags =
            [
                "--redis", Redis.Address, "--silo-port", "0", "--gateway-port", "0", "--http", "http://127.0.0.1:0",
                "--workers", "1",
            ];
            var settings = SiloSettings.From(SettingSource.Read(flags, _ => null, "none"));
            var options = RedisOptions.Parse(Redis.Address);
            var silo = SiloHost.Build(
                settings, ComponentCatalog.Default, options, await ConnectionMultiplexer.ConnectAsync(options));
            await silo.StartAsync();
            return silo;
        }
    }
}
