using ScenarioGrid.Campaigns;
using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>
/// One part of a scenario that is spread: it steps its own instances and keeps mirrors of the others.
/// </summary>
/// <remarks>
/// Every part binds and starts all instances, which is a pure function of the cell, so nothing is sent before the first
/// tick. A mirror is never stepped: its boundary lanes are overwritten with what the owner sends.
/// </remarks>
public sealed class ScenarioPart
{
    private readonly ScenarioPlan _plan;
    private readonly ScenarioBlock _block;
    private readonly int[] _own;
    private readonly int[] _ownMeasures;
    private int _openTick = -1;

    /// <summary>A part at the start of a block.</summary>
    public ScenarioPart(ScenarioPlan plan, long cell, int block, int part, int parts)
    {
        _plan = plan;
        ScenarioFactory.CheckRules(plan, plan.Cells.Settings(cell));
        _block = ScenarioFactory.Block(plan, plan.Cells.Settings(cell), ScenarioFactory.Instances(plan), block, null);
        _own = [.. Enumerable.Range(0, plan.Campaign.Instances.Count).Where(i => OwnerOf(i, parts) == part)];
        _ownMeasures = [.. Enumerable.Range(0, plan.Campaign.Measures.Count)
            .Where(m => _own.Contains(plan.Campaign.Measures[m].Instance))];
    }

    /// <summary>The part that steps an instance.</summary>
    public static int OwnerOf(int instance, int parts) => instance % parts;

    /// <summary>Outputs that an instance of another part reads, in one order on every part.</summary>
    public static IReadOnlyList<LaneAddress> Boundary(ScenarioPlan plan, int parts) =>
        [.. plan.Wiring.Inputs.Concat(plan.Wiring.Inboxes.SelectMany(b => b.Wires))
            .Where(w => OwnerOf(w.From.Instance, parts) != OwnerOf(w.To.Instance, parts))
            .Select(w => w.From).Distinct()
            .OrderBy(a => a.Instance).ThenBy(a => a.Port).ThenBy(a => a.Item)];

    /// <summary>Overwrites a mirrored lane.</summary>
    public void Receive(LaneAddress address, ReadOnlySpan<double> values) =>
        values.CopyTo(_block.LaneAt(address).AllRows);

    /// <summary>Steps the own instances of one stage.</summary>
    public void Step(int tick, Stage stage)
    {
        if (_openTick != tick)
        {
            _block.OpenTick(tick);
            _openTick = tick;
        }

        foreach (var instance in _own.Where(i => _plan.Campaign.Instances[i].Kind.Stage == stage))
        {
            _block.StepOne(instance, tick);
        }

        if (_own.Length > 0 && stage == _plan.Campaign.Instances[_own[^1]].Kind.Stage)
        {
            foreach (var measure in _ownMeasures)
            {
                _block.Measure(measure);
            }

            _block.CloseTick(_own);
        }
    }

    /// <summary>The lane at an address, to be sent.</summary>
    public double[] Send(LaneAddress address) => _block.LaneAt(address).AllRows.ToArray();

    /// <summary>The own measures: position and one value per path.</summary>
    public IEnumerable<(int Measure, double[] Values)> Measures()
    {
        var paths = Math.Min(_plan.BlockPaths, _plan.Campaign.Paths - _block.FirstPath);
        foreach (var measure in _ownMeasures)
        {
            var values = new double[paths];
            _block.Read(measure, values);
            yield return (measure, values);
        }
    }
}
