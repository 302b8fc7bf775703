using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using ScenarioGrid.Bench;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Grains.Tests;

/// <summary>Silos in this process that run the reference campaign's kinds.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>The kinds of ScenarioGrid and of the tests.</summary>
    public static ComponentCatalog Catalog { get; } = ReferenceCampaign.Catalog;

    private TestCluster(InProcessTestCluster cluster) => Cluster = cluster;

    public InProcessTestCluster Cluster { get; }

    public IGrainFactory Grains => Cluster.Client;

    /// <summary>The front of the silo that the client is connected to.</summary>
    public ICampaignFront Front => Grains.GetGrain<IFrontGrain>(0);

    /// <summary>The store of all silos.</summary>
    public MemoryStore Store { get; private init; } = null!;

    /// <summary>Starts so many silos with one worker each.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="windowMost">Time after which a window counts as stuck.</param>
    public static async Task<TestCluster> Start(int silos, TimeSpan? windowMost = null)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        var store = new MemoryStore(TimeProvider.System);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ILedgerStore>(store);
            silo.AddScenarioGrid(Catalog, workers: 1, windowMost);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestCluster(cluster) { Store = store };
    }

    /// <summary>Runs a campaign to its end and collects its results.</summary>
    public async Task<(CampaignStatus Status, List<CellResult> Results)> Run(CampaignSubmission submission)
    {
        var client = new CampaignClient(Front, Caller.Local);
        var results = new List<CellResult>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var campaign = (await client.Submit(submission)).Campaign;
        var status = await client.Collect(campaign, new HashSet<long>(), results.AddRange, _ => { }, stop.Token);
        return (status, results);
    }

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();
}
