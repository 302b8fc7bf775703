using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo;

namespace ScenarioGrid.Cli.Tests.Cluster;

/// <summary>The HTTP front of a silo on loopback, before a fake grid.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    private WebApplication? _app;

    private FakeCluster(FakeFront front) => Front = front;

    public FakeFront Front { get; }

    public string Address { get; private set; } = "";

    /// <summary>Starts the front on a free port.</summary>
    public static async Task<FakeCluster> Start(FakeFront? front = null, string? tokensFile = null)
    {
        var cluster = new FakeCluster(front ?? new FakeFront());
        await cluster.Listen(0, tokensFile);
        return cluster;
    }

    /// <summary>Ends the front, as if its silo died.</summary>
    public async Task Die()
    {
        await _app!.DisposeAsync();
        _app = null;
    }

    /// <summary>Starts it again where it was.</summary>
    public Task Rise() => Listen(new Uri(Address).Port, null);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private async Task Listen(int port, string? tokensFile)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<ICampaignFront>(Front);
        builder.Services.AddSingleton<ISiloHealth, Well>();
        builder.Services.AddSingleton<SiloFence>();
        builder.Services.AddSingleton<ILedgerStore, MemoryStore>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StoreProbe>();
        builder.AddHttpFront(new HttpSettings(IPAddress.Loopback, port, tokensFile));
        _app = builder.Build().UseHttpFront();
        await _app.StartAsync();
        Address = HttpFront.Address(_app)!;
    }

    private sealed class Well : ISiloHealth
    {
        public TimeSpan SinceRound => TimeSpan.Zero;

        public TimeSpan SinceProgress => TimeSpan.Zero;

        public bool IsDraining => false;
    }
}
