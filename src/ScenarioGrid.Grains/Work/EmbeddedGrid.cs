using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Grains;

/// <summary>
/// One silo inside this process, for a campaign on this machine: same grains, no server, nothing to configure.
/// </summary>
public sealed class EmbeddedGrid : IAsyncDisposable
{
    private readonly IHost _host;

    private EmbeddedGrid(IHost host) => _host = host;

    /// <summary>The way to the grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The way to the campaigns.</summary>
    public ICampaignFront Front => _host.Services.GetRequiredService<ICampaignFront>();

    /// <summary>Puts in results of an earlier run, before their campaign is submitted: they are not computed
    /// again.</summary>
    /// <param name="campaign">Id of the campaign.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="known">The results.</param>
    public async Task Restore(string campaign, long cells, IReadOnlyList<CellResult> known)
    {
        var store = _host.Services.GetRequiredService<ILedgerStore>();
        foreach (var shard in known.GroupBy(r => (int)(r.Cell / Shard.Cells)))
        {
            await new ShardLedger(store, campaign, shard.Key, Shard.CellsOf(shard.Key, cells))
                .Commit(0, new ResultBatch([.. shard.Select(r => r.ToBytes())], 0));
        }
    }

    /// <summary>Starts the silo on a free loopback port.</summary>
    /// <param name="catalog">The kinds that instances may have.</param>
    /// <param name="workers">Worker slots.</param>
    public static async Task<EmbeddedGrid> Start(ComponentCatalog catalog, int workers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error)
            .AddFilter("Orleans", LogLevel.Critical);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0)
            .Configure<EndpointOptions>(o => o.AdvertisedIPAddress = IPAddress.Loopback)
            .AddScenarioGrid(catalog, workers));
        var host = builder.Build();
        await host.StartAsync();
        return new EmbeddedGrid(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
