using System.Diagnostics.CodeAnalysis;
using Orleans.Placement;
using ScenarioGrid.Instances;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <inheritdoc cref="IScenarioGrain"/>
[PreferLocalPlacement]
public sealed class ScenarioGrain(
    PlanCache plans, ComputePool compute, ISiloStatusOracle silos, IGrainFactory grains) : Grain, IScenarioGrain
{
    private Lease? _lease;
    private ScenarioPlan _plan = null!;
    private IInstanceGrain[] _instances = [];
    private CellRunner? _runner;
    private SpreadRunner? _spread;
    private long _fence;

    public async Task Begin(Lease lease)
    {
        _plan = await plans.Get(lease.Campaign);
        _lease = lease;
        _runner = null;
        _spread = null;
        var key = this.GetPrimaryKeyString();
        if (plans.IsSpread(lease.Campaign))
        {
            _spread = new SpreadRunner(_plan, lease, key, [.. silos.GetActiveSilos().Order()], grains);
        }
        else if (_instances.Length == 0)
        {
            _instances = _plan.Campaign.Instances
                .Select(i => grains.GetGrain<IInstanceGrain>(GrainId.Create(GrainTypes.Of(i.Kind.Family), $"{key}/{i.Name}")))
                .ToArray();
        }
    }

    public async Task<WorkReport> Advance(CancellationToken cancellation)
    {
        if (_lease is null)
        {
            throw new GridException("NO_ORDER", $"{this.GetPrimaryKeyString()} has no cells to run");
        }

        cancellation.ThrowIfCancellationRequested();
        var pathTicks = CellRunner.WindowOf(_plan);
        if (_spread is not null)
        {
            return await _spread.Advance(pathTicks, cancellation);
        }

        var borrowed = await Borrow();
        _runner ??= new CellRunner(_plan, borrowed, _lease.Cells);
        if (!_runner.Runs(borrowed))
        {
            throw new GridException("LOST_INSTANCE", "an instance was activated anew between windows; begin again");
        }

        var before = _runner.PathTicks;
        var runner = _runner;
        await compute.Run(() => runner.Advance(pathTicks));
        await GiveBack();
        var results = runner.TakeResults().Select(r => r.ToBytes()).ToArray();
        return new WorkReport(new ResultBatch(results, runner.PathTicks - before), runner.IsDone);
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Each loan is awaited once, below, after all were asked for.")]
    private async Task<Instance[]> Borrow()
    {
        var fence = ++_fence;
        var loans = new ValueTask<Loan>[_instances.Length];
        for (var i = 0; i < loans.Length; i++)
        {
            loans[i] = _instances[i].Lend(fence, _lease!.Campaign, i);
        }

        var instances = new Instance[loans.Length];
        for (var i = 0; i < loans.Length; i++)
        {
            instances[i] = (await loans[i]).Instance;
        }

        return instances;
    }

    private async Task GiveBack()
    {
        foreach (var instance in _instances)
        {
            await instance.Return(_fence, _runner!.Cell, _runner.BlockIndex, _runner.TicksDone);
        }
    }
}
