using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
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
