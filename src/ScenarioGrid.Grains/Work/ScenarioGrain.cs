using Orleans.GrainDirectory;
using Orleans.Placement;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <inheritdoc cref="IScenarioGrain"/>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
public sealed class ScenarioGrain(
    PlanCache plans, ComputePool compute, ISiloStatusOracle silos, IGrainFactory grains) : Grain, IScenarioGrain
{
    private Lease? _lease;
    private ScenarioPlan _plan = null!;
    private LentInstances? _instances;
    private CellRunner? _runner;
    private SpreadRunner? _spread;
    private int _abandoned;

    public async Task Begin(Lease lease)
    {
        _plan = await plans.Get(lease.Campaign);
        (_lease, _runner, _spread) = (lease, null, null);
        var key = this.GetPrimaryKeyString();
        if (plans.IsSpread(lease.Campaign))
        {
            _spread = new SpreadRunner(_plan, lease, key, [.. silos.GetActiveSilos().Order()], grains);
        }
        else
        {
            _instances ??= new LentInstances(
                grains, _abandoned == 0 ? key : $"{key}~{_abandoned}", lease.Campaign, _plan.Campaign.Instances);
        }
    }

    public async Task<WorkReport> Advance(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_lease is null)
        {
            throw new GridException("NO_ORDER", $"{this.GetPrimaryKeyString()} has no cells to run");
        }

        if (_spread is not null)
        {
            return await _spread.Advance(CellRunner.WindowOf(_plan), cancellation);
        }

        var borrowed = await _instances!.Borrow();
        var runner = _runner ??= new CellRunner(_plan, borrowed, _lease.Cells);
        if (!runner.Runs(borrowed))
        {
            throw new GridException("LOST_INSTANCE", "an instance was activated anew between windows; begin again");
        }

        var before = runner.PathTicks;
        try
        {
            await compute.Run(() => runner.Advance(CellRunner.WindowOf(_plan)));
        }
        catch (TimeoutException e)
        {
            // The thread may go on with the runner and its instances for ever: nobody else may meet them, neither in a
            // new attempt nor in other cells of this worker.
            _abandoned++;
            (_lease, _runner, _instances) = (null, null, null);
            throw new GridException("STUCK", e.Message, runner.Cell);
        }

        await _instances.GiveBack(runner);
        var results = runner.TakeResults().Select(r => r.ToBytes()).ToArray();
        return new WorkReport(new ResultBatch(results, runner.PathTicks - before), runner.Cell, runner.IsDone);
    }
}
