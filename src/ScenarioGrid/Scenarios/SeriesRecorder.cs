using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Scenarios;

/// <summary>Runs one cell again and keeps what some ports were over time, path by path.</summary>
public static class SeriesRecorder
{
    /// <summary>Most points in time.</summary>
    public const int PointsMax = 145;

    /// <summary>Most paths: the first so many of the cell.</summary>
    public const int PathsMax = 4096;

    /// <summary>Values of measures over time.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="cell">Number of the cell.</param>
    /// <param name="measures">Positions of the measures whose ports are kept.</param>
    /// <returns>The ticks kept, and for each measure and tick one value per path.</returns>
    public static (int[] Ticks, double[][][] Values) Record(ScenarioPlan plan, long cell, IReadOnlyList<int> measures)
    {
        var ticks = Ticks(plan.Campaign.Ticks);
        var pointOf = new Dictionary<int, int>();
        for (var point = 0; point < ticks.Length; point++)
        {
            pointOf[ticks[point]] = point;
        }

        var paths = Math.Min(plan.Campaign.Paths, PathsMax);
        var values = measures.Select(_ => ticks.Select(_ => new double[paths]).ToArray()).ToArray();
        var settings = plan.Cells.Settings(cell);
        var instances = ScenarioFactory.Instances(plan);
        ScenarioBlock? block = null;
        for (var index = 0; index * plan.BlockPaths < paths; index++)
        {
            block = ScenarioFactory.Block(plan, settings, instances, index, block);
            var (current, first) = (block, index * plan.BlockPaths);
            block.AfterTick = tick =>
            {
                if (pointOf.TryGetValue(tick, out var point))
                {
                    Keep(plan, current, measures, values, point, first, Math.Min(plan.BlockPaths, paths - first));
                }
            };
            block.Run(plan.Campaign.Ticks);
        }

        return (ticks, values);
    }

    private static void Keep(
        ScenarioPlan plan, ScenarioBlock block, IReadOnlyList<int> measures, double[][][] values,
        int point, int first, int count)
    {
        for (var m = 0; m < measures.Count; m++)
        {
            block.LaneAt(AddressOf(plan.Campaign, measures[m])).Span[..count].CopyTo(values[m][point].AsSpan(first));
        }
    }

    private static LaneAddress AddressOf(Campaign campaign, int measure)
    {
        var spec = campaign.Measures[measure];
        return new LaneAddress(
            spec.Instance, campaign.Instances[spec.Instance].Kind.IndexOfPort(spec.Port.Name), 0);
    }

    private static int[] Ticks(int count) => count <= PointsMax
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, PointsMax).Select(p => (int)((long)p * (count - 1) / (PointsMax - 1)))];
}
