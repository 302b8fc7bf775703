using ScenarioGrid.Instances;

namespace ScenarioGrid.Grains;

/// <summary>
/// The thin host that every family's grain is: it holds one instance, lends it, shows it and saves it.
/// </summary>
public abstract class InstanceGrain(PlanCache plans) : Grain, IInstanceGrain
{
    private Instance? _instance;
    private long _fence;
    private bool _isLent;
    private (long Cell, int Block, int Tick) _stands = (-1, 0, 0);

    public async ValueTask<Loan> Lend(long fence, string campaign, int instance)
    {
        if (fence <= _fence)
        {
            throw new GridException("FENCED", $"{this.GetPrimaryKeyString()}: fence {fence} is not above {_fence}");
        }

        if (_instance is null)
        {
            var spec = (await plans.Get(campaign)).Campaign.Instances[instance];
            _instance = new Instance(spec.Name, spec.Kind);
        }

        (_fence, _isLent) = (fence, true);
        return new Loan(_instance);
    }

    public ValueTask Return(long fence, long cell, int block, int tick)
    {
        if (fence == _fence)
        {
            (_isLent, _stands) = (false, (cell, block, tick));
        }

        return default;
    }

    public ValueTask<InstanceView> View() => new(new InstanceView(
        _instance?.Kind.Name ?? "", _isLent, _fence, _stands.Cell, _stands.Block, _stands.Tick, _instance?.Bytes ?? 0));

    public ValueTask<byte[]> Checkpoint() => _isLent
        ? throw new GridException("BUSY", $"{this.GetPrimaryKeyString()} is lent; ask again after its window")
        : new(_instance?.Save() ?? []);
}
