using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using ScenarioGrid.Grains;
using ScenarioGrid.Models.Kernel;
using StackExchange.Redis;

namespace ScenarioGrid.Silo;

/// <summary>Puts a silo together: Orleans on Redis, the grid, and the way in over HTTP.</summary>
public static class SiloHost
{
    /// <summary>Time for an orderly end: 10 s for what is being computed, the rest for leaving the cluster.</summary>
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(25);

    /// <summary>A silo that is ready to start.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="catalog">The kinds that instances may have.</param>
    /// <param name="options">Where Redis is; Orleans makes its own connections.</param>
    /// <param name="redis">The ledger's connection; it belongs to the host from now on.</param>
    public static IHost Build(
        SiloSettings settings, ComponentCatalog catalog, ConfigurationOptions options, IConnectionMultiplexer redis)
    {
        if (settings.Http is not { } http)
        {
            var plain = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
            Add(plain, settings, catalog, options, redis);
            return plain.Build();
        }

        var builder = WebApplication.CreateEmptyBuilder(new());
        Add(builder, settings, catalog, options, redis);
        builder.AddHttpFront(http);
        return builder.Build().UseHttpFront();
    }

    private static void Add(
        IHostApplicationBuilder builder, SiloSettings settings, ComponentCatalog catalog, ConfigurationOptions options,
        IConnectionMultiplexer redis)
    {
        builder.Logging.AddLines(Console.Error);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTime);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SiloEnd>();
        builder.Services.AddSingleton<ILedgerStore>(
            new RedisStore(redis, $"sg:{settings.ServiceId}:{settings.ClusterId}:"));
        builder.Services.AddSingleton(settings.Limits);
        builder.Services.AddSingleton(settings);
        builder.Services.AddHostedService<RetentionService>();
        builder.UseOrleans(silo => Orleans(silo, settings, options).AddScenarioGrid(
            catalog, settings.Workers, settings.WindowMost));
        builder.Services.AddHostedService<MembershipWatch>();
        builder.Services.AddHostedService<PeerWatch>();
        builder.Services.AddSingleton<IFatalErrorHandler, FatalEnd>();
        builder.Services.AddSingleton<StoreProbe>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StoreProbe>());
        Telemetry(builder.Services, settings);
    }

    private static ISiloBuilder Orleans(ISiloBuilder silo, SiloSettings settings, ConfigurationOptions options)
    {
        if (settings.Kubernetes)
        {
            silo.UseKubernetesHosting();
        }

        silo.UseRedisClustering(o => o.ConfigurationOptions = options.Clone());
        silo.AddRedisGrainStorageAsDefault(o => o.ConfigurationOptions = options.Clone());
        silo.UseRedisReminderService(o => o.ConfigurationOptions = options.Clone());
        silo.Services.PostConfigure<ClusterOptions>(o =>
        {
            o.ClusterId = settings.ClusterId;
            o.ServiceId = settings.ServiceId;
        });
        silo.Services.PostConfigure<EndpointOptions>(o =>
        {
            // Set last: Kubernetes hosting would listen on every address.
            o.AdvertisedIPAddress = settings.Address;
            o.SiloPort = settings.SiloPort;
            o.GatewayPort = settings.GatewayPort;
            o.SiloListeningEndpoint = new(settings.Address, settings.SiloPort);
            o.GatewayListeningEndpoint = new(settings.Address, settings.GatewayPort);
        });
        silo.Configure<ClusterMembershipOptions>(Membership);
        silo.AddIncomingGrainCallFilter<ClientFilter>();
        silo.Configure<SiloMessagingOptions>(o =>
        {
            o.ResponseTimeout = TimeSpan.FromSeconds(10);
            o.MaxMessageBodySize = 8 * 1024 * 1024;
        });
        return silo;
    }

    /// <summary>A silent silo is evicted in about 8 s; with the defaults of Orleans it takes 60 s.</summary>
    private static void Membership(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(Environment.ProcessorCount <= 2 ? 2 : 1);
        options.NumMissedProbesLimit = 2;
        options.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        options.NumVotesForDeathDeclaration = 2;
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.MaxJoinAttemptTime = TimeSpan.FromSeconds(40);

        // It compares the wall clocks of two machines: one that is minutes late would be evicted while it joins.
        options.EvictWhenMaxJoinAttemptTimeExceeded = false;
        options.DefunctSiloExpiration = TimeSpan.FromMinutes(10);
    }

    private static void Telemetry(IServiceCollection services, SiloSettings settings) =>
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(
                "scenariogrid", serviceNamespace: settings.ClusterId, serviceVersion: SiloProgram.Version,
                serviceInstanceId: $"{settings.Address}:{settings.SiloPort}"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(GridMeter.Name, "System.Runtime");
                if (settings.Telemetry is { } endpoint)
                {
                    metrics.AddOtlpExporter(o => o.Endpoint = endpoint);
                }
            });
}
