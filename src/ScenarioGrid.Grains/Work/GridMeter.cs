using System.Diagnostics.Metrics;

namespace ScenarioGrid.Grains;

/// <summary>The meter of a silo.</summary>
public static class GridMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "ScenarioGrid";

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Cells =
        Meter.CreateCounter<long>("scenariogrid.cells", null, "Cells finished by this silo and stored.");

    public static readonly Counter<long> PathTicks =
        Meter.CreateCounter<long>("scenariogrid.path_ticks", null, "Path-ticks computed by this silo.");

    public static readonly Counter<long> Leases =
        Meter.CreateCounter<long>("scenariogrid.leases", null, "Leases taken by this silo.");

    public static readonly Counter<long> Hedges =
        Meter.CreateCounter<long>("scenariogrid.hedges", null, "Leases taken of cells that a late worker has too.");

    public static readonly Counter<long> Reexecutions =
        Meter.CreateCounter<long>("scenariogrid.reexecutions", null, "Cells computed that had their result already.");

    public static readonly Counter<long> Quarantined =
        Meter.CreateCounter<long>("scenariogrid.quarantined", null, "Cells that ended with an error.");

    public static readonly Counter<long> StaleCommits =
        Meter.CreateCounter<long>("scenariogrid.stale_commits", null, "Results refused because their lease was void.");

    public static readonly Counter<long> Conflicts =
        Meter.CreateCounter<long>("scenariogrid.conflicts", null, "Results that differ from stored ones: must stay 0.");

    public static readonly Counter<long> StoreFailures =
        Meter.CreateCounter<long>("scenariogrid.store_failures", null, "Store operations that failed.");

    public static readonly Histogram<double> StoreMilliseconds =
        Meter.CreateHistogram<double>("scenariogrid.store", "ms", "Time of a store operation.");

    public static readonly Histogram<double> CellSeconds =
        Meter.CreateHistogram<double>("scenariogrid.cell", "s", "Time to compute a cell.");
}
