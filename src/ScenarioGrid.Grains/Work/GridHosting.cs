using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Grains;

/// <summary>What every silo of ScenarioGrid has, embedded or in a cluster.</summary>
public static class GridHosting
{
    /// <summary>Adds grains, workers and the in-memory ledger to a silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="catalog">The kinds that instances may have.</param>
    /// <param name="workers">Worker slots, one compute thread each; 0 for a silo that only keeps grains.</param>
    public static ISiloBuilder AddScenarioGrid(this ISiloBuilder silo, ComponentCatalog catalog, int workers)
    {
        silo.AddIncomingGrainCallFilter<GridFilter>();
        silo.AddMemoryGrainStorage(Storage.Ledger, options => options.Configure<Serializer>(
            (memory, serializer) => memory.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer)));
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
        silo.Services.AddSingleton(catalog);
        silo.Services.AddSingleton<PlanCache>();
        silo.Services.AddSingleton<WorkSignal>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton(_ => new ComputePool(Math.Max(1, workers)));
        if (workers > 0)
        {
            silo.Services.AddHostedService<WorkerService>();
        }

        return silo;
    }
}
