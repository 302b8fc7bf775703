using Orleans.TestingHost;
using ScenarioGrid.Bench;
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

    /// <summary>Starts so many silos with one worker each.</summary>
    public static async Task<TestCluster> Start(int silos)
    {
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((_, silo) => silo.AddScenarioGrid(Catalog, workers: 1));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestCluster(cluster);
    }

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();
}
