using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>Runs single paths and single measures of a cell again: the same bits as in the run, since a path knows no
/// other.</summary>
public static class PathTrace
{
    /// <summary>Paths of the block that holds a traced path: one vector, the least there is.</summary>
    public const int BlockPaths = Vec.Width;

    /// <summary>Replays one path.</summary>
    /// <param name="plan">The campaign, with any block size.</param>
    /// <param name="cell">Number of the cell.</param>
    /// <param name="path">Number of the path.</param>
    /// <param name="after">Called after each tick with the instances, the lane of the path in them, and the
    /// tick.</param>
    /// <returns>Every measure of the path at the end, in the order of the campaign.</returns>
    /// <exception cref="ScenarioFault">The path breaks an invariant; ticks before it were handed out.</exception>
    public static double[] Replay(
        ScenarioPlan plan, long cell, int path, Action<IReadOnlyList<Instance>, int, int> after)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(path);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(path, plan.Campaign.Paths);
        var small = new ScenarioPlan(plan.Campaign, BlockPaths);
        var instances = ScenarioFactory.Instances(small);
        var block = ScenarioFactory.Block(small, small.Cells.Settings(cell), instances, path / BlockPaths, null);
        var lane = path % BlockPaths;
        block.AfterTick = tick => after(instances, lane, tick);
        block.Run(plan.Campaign.Ticks);
        var measures = new double[plan.Campaign.Measures.Count];
        var lanes = new double[BlockPaths];
        for (var m = 0; m < measures.Length; m++)
        {
            block.Read(m, lanes);
            measures[m] = lanes[lane];
        }

        return measures;
    }

    /// <summary>Every measure of every path of a cell: what the statistics of the run were made of.</summary>
    /// <returns>For each measure one value per path.</returns>
    /// <exception cref="ScenarioFault">A path breaks an invariant.</exception>
    public static double[][] Values(ScenarioPlan plan, long cell)
    {
        var paths = plan.Campaign.Paths;
        var values = plan.Campaign.Measures.Select(_ => new double[paths]).ToArray();
        var instances = ScenarioFactory.Instances(plan);
        var settings = plan.Cells.Settings(cell);
        ScenarioBlock? block = null;
        for (var index = 0; index < plan.Blocks; index++)
        {
            block = ScenarioFactory.Block(plan, settings, instances, index, block);
            block.Run(plan.Campaign.Ticks);
            var first = index * plan.BlockPaths;
            for (var m = 0; m < values.Length; m++)
            {
                block.Read(m, values[m].AsSpan(first, Math.Min(plan.BlockPaths, paths - first)));
            }
        }

        return values;
    }
}
