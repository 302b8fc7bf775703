using ScenarioGrid.Instances;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Scenarios;

/// <summary>Runs cells one after another on instances that may be taken away and handed back between windows.</summary>
/// <remarks>
/// The one loop that computes: bare, embedded and on a cluster. A window is a bounded amount of work, so a caller can
/// answer queries and cancellation between windows; where the windows fall changes no bit.
/// </remarks>
public sealed class CellRunner
{
    /// <summary>Path-ticks of a window by default: some 50 ms of work, whatever the number of instances.</summary>
    public static long WindowOf(ScenarioPlan plan) => 4_194_304 / Math.Max(1, plan.Campaign.Instances.Count);

    private readonly ScenarioPlan _plan;
    private readonly Instance[] _instances;
    private readonly Statistic[] _statistics;
    private readonly Queue<long> _cells;
    private readonly double[][] _values;
    private readonly List<CellResult> _results = [];
    private double[] _settings = [];
    private ScenarioBlock? _block;
    private int _blockIndex;

    /// <summary>A runner for these cells on these instances, one per instance of the campaign in tick order.</summary>
    public CellRunner(ScenarioPlan plan, Instance[] instances, IEnumerable<long> cells)
    {
        _plan = plan;
        _instances = instances;
        _cells = new Queue<long>(cells);
        _statistics = CellStatistics.Named(plan.Campaign.Statistics);
        _values = plan.Campaign.Measures.Select(_ => new double[plan.Campaign.Paths]).ToArray();
    }

    /// <summary>The cell being run, or -1.</summary>
    public long Cell { get; private set; } = -1;

    /// <summary>True when every cell has a result.</summary>
    public bool IsDone => Cell < 0 && _cells.Count == 0;

    /// <summary>The block being run.</summary>
    public int BlockIndex => _blockIndex;

    /// <summary>Ticks made of the block being run.</summary>
    public int TicksDone => _block?.TicksDone ?? 0;

    /// <summary>Path-ticks made since the runner was made.</summary>
    public long PathTicks { get; private set; }

    /// <summary>True when these are the instances the runner was made with.</summary>
    public bool Runs(Instance[] instances) => _instances.AsSpan().SequenceEqual(instances);

    /// <summary>Results since the last call.</summary>
    public IReadOnlyList<CellResult> TakeResults()
    {
        CellResult[] taken = [.. _results];
        _results.Clear();
        return taken;
    }

    /// <summary>Makes about so many path-ticks, over as many blocks and cells as they take.</summary>
    public void Advance(long pathTicks)
    {
        while (pathTicks > 0 && !IsDone)
        {
            try
            {
                pathTicks -= AdvanceBlock(pathTicks);
            }
            catch (ScenarioFault fault)
            {
                pathTicks -= (long)_plan.BlockPaths * _plan.Campaign.Ticks;
                Finish(new CellResult(Cell, [], Locate(fault).Message));
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                // A component that throws must end its cell like any other fault: run again, it would throw again.
                pathTicks -= (long)_plan.BlockPaths * _plan.Campaign.Ticks;
                Finish(new CellResult(Cell, [], $"internal-fault: {broken.GetType().Name}: {broken.Message}"));
            }
        }
    }

    private long AdvanceBlock(long pathTicks)
    {
        if (Cell < 0)
        {
            (Cell, _blockIndex) = (_cells.Dequeue(), -1);
            _settings = _plan.Cells.Settings(Cell);
            NextBlock();
        }

        var block = _block!;
        var paths = Math.Max(block.Paths, 1);
        var ticks = (int)Math.Clamp(pathTicks / paths, 1, _plan.Campaign.Ticks - block.TicksDone);
        block.Run(ticks);
        if (block.TicksDone == _plan.Campaign.Ticks)
        {
            ReadBlock();
            NextBlock();
        }

        PathTicks += (long)ticks * paths;
        return (long)ticks * paths;
    }

    private void NextBlock()
    {
        if (_blockIndex < 0)
        {
            ScenarioFactory.CheckRules(_plan, _settings);
        }

        if (++_blockIndex == _plan.Blocks)
        {
            Finish(CellStatistics.Of(Cell, _values, _statistics));
            return;
        }

        _block = ScenarioFactory.Block(_plan, _settings, _instances, _blockIndex, _block);
    }

    private void ReadBlock()
    {
        var first = _blockIndex * _plan.BlockPaths;
        var count = Math.Min(_plan.BlockPaths, _plan.Campaign.Paths - first);
        for (var m = 0; m < _values.Length; m++)
        {
            _block!.Read(m, _values[m].AsSpan(first, count));
        }
    }

    private void Finish(CellResult result)
    {
        _results.Add(result);
        Cell = -1;
        _block = null;
    }

    /// <summary>Runs the broken block again, looking after every tick, to name the first path and tick.</summary>
    private ScenarioFault Locate(ScenarioFault fault)
    {
        try
        {
            var block = ScenarioFactory.Block(_plan, _settings, _instances, Math.Max(_blockIndex, 0), null);
            block.FiniteCheckEvery = 1;
            block.Run(_plan.Campaign.Ticks);
            return fault;
        }
        catch (ScenarioFault located)
        {
            return located;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return fault;
        }
    }
}
