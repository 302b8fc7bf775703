using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ScenarioGrid.Silo.Tests.Hosting;

public sealed class PeerWatchTests
{
    private static readonly SiloAddress s_own = SiloAddress.New(IPAddress.Loopback, 11111, 7);

    [Fact]
    public async Task A_peer_that_is_not_heard_is_named_once_and_once_more_when_it_is_heard_again()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var peer = SiloAddress.New((IPEndPoint)listener.LocalEndpoint, 8);
        var log = new Lines();
        var watch = new PeerWatch(Silos(peer), TimeProvider.System, log);
        await Look(watch, 3);
        Assert.Empty(log.All);

        listener.Stop();
        await Look(watch, 1);
        Assert.Empty(log.All);
        await Look(watch, 5);
        var warning = Assert.Single(log.All);
        Assert.StartsWith($"Warning silo {s_own.Endpoint} and silo {peer.Endpoint} do not hear each other", warning,
            StringComparison.Ordinal);

        listener = new TcpListener(peer.Endpoint);
        listener.Start();
        await Look(watch, 2);
        listener.Stop();
        Assert.Equal([warning, $"Information silo {s_own.Endpoint} and silo {peer.Endpoint} hear each other again"],
            log.All);
    }

    private static async Task Look(PeerWatch watch, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await watch.Look(CancellationToken.None);
        }
    }

    private static ISiloStatusOracle Silos(SiloAddress peer)
    {
        var silos = DispatchProxy.Create<ISiloStatusOracle, MembershipWatchTests.Proxy>();
        ((MembershipWatchTests.Proxy)(object)silos).Answer = member => member.Name switch
        {
            nameof(ISiloStatusOracle.GetActiveSilos) => new[] { s_own, peer },
            _ => s_own,
        };
        return silos;
    }

    private sealed class Lines : ILogger<PeerWatch>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Add($"{logLevel} {formatter(state, exception)}");
    }
}
