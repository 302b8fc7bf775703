using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Grains;

/// <summary>What every silo of ScenarioGrid has, embedded or in a cluster.</summary>
public static class GridHosting
{
    /// <summary>Time after which a window of work counts as stuck; a sound one takes some 50 ms.</summary>
    public static readonly TimeSpan WindowMost = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Adds grains, ledger, workers and front to a silo. The store in memory and the limits without bound are for a
    /// silo on its own: a cluster registers <see cref="ILedgerStore"/> and <see cref="AdmissionLimits"/> before.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="catalog">The kinds that instances may have.</param>
    /// <param name="workers">Worker slots, one compute thread each; 0 for a silo that only keeps grains.</param>
    /// <param name="windowMost">Time after which a window of work counts as stuck.</param>
    public static ISiloBuilder AddScenarioGrid(
        this ISiloBuilder silo, ComponentCatalog catalog, int workers, TimeSpan? windowMost = null)
    {
        var services = silo.Services;
        silo.AddIncomingGrainCallFilter<GridFilter>();
        silo.AddGrainDirectory(SiloDirectory.Name, (_, _) => new SiloDirectory());
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILedgerStore, MemoryStore>();
        services.TryAddSingleton(new AdmissionLimits(int.MaxValue, long.MaxValue));
        services.AddSingleton(catalog);
        services.AddSingleton<PlanCache>();
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<SiloFence>();
        services.AddSingleton<CampaignLedger>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<CampaignFront>();
        services.AddSingleton<ICampaignFront>(s => s.GetRequiredService<CampaignFront>());
        services.AddSingleton(s => new ComputePool(
            Math.Max(1, workers), windowMost ?? WindowMost, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new SiloPulse(
            s.GetRequiredService<ILedgerStore>(),
            s.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(), workers, RunFolder.EngineVersion,
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<SiloFence>(),
            s.GetRequiredService<ILogger<SiloPulse>>()));
        services.AddSingleton<ISiloHealth>(s => s.GetRequiredService<SiloPulse>());
        services.AddSingleton<GridGauges>();
        services.AddSingleton<WorkerService>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<WorkerService>());
        return silo;
    }
}
