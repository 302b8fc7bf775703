using System.Diagnostics.Metrics;

namespace ScenarioGrid.Grains;

/// <summary>What a silo shows of itself and of the queue, as it was when last looked at.</summary>
public sealed class GridGauges : IDisposable
{
    private readonly Meter _meter = new(GridMeter.Name);

    public GridGauges(SiloPulse pulse, Dispatcher dispatcher, SiloFence fence, ComputePool compute)
    {
        _meter.CreateObservableGauge("scenariogrid.workers", () => pulse.Workers, null, "Workers of this silo.");
        _meter.CreateObservableGauge("scenariogrid.workers_busy", () => pulse.BusySlots, null, "Workers with a lease.");
        _meter.CreateObservableGauge("scenariogrid.fenced", () => fence.IsFenced ? 1 : 0, null,
            "1 while this silo takes no work because its store or its place in the cluster is lost.");
        _meter.CreateObservableGauge("scenariogrid.stuck_threads", () => compute.Lost, null,
            "Compute threads given up because their work did not end.");
        _meter.CreateObservableGauge("scenariogrid.campaigns_running", () => dispatcher.Waiting.Campaigns, null,
            "Campaigns with work, over the cluster.");
        _meter.CreateObservableGauge("scenariogrid.queue_cells", () => dispatcher.Waiting.Cells, null,
            "Cells without a result, over the cluster.");
    }

    public void Dispose() => _meter.Dispose();
}
