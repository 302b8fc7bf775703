namespace ScenarioGrid.Reports.Charts;

/// <summary>The cells of a full grid along one or two axes, all other settings as in one cell.</summary>
internal sealed class Slice(ReportData data, long centre)
{
    /// <summary>Levels drawn of one axis; of longer ones every n-th.</summary>
    public const int LevelsMax = 60;

    /// <summary>Levels of an axis that are drawn, the level of the centre among them.</summary>
    public int[] Levels(int axis)
    {
        var count = data.Axes[axis].Levels;
        return count <= LevelsMax
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, LevelsMax).Select(i => (int)((long)i * (count - 1) / (LevelsMax - 1)))
                .Append(Level(axis)).Distinct().Order()];
    }

    /// <summary>Level of the centre.</summary>
    public int Level(int axis) => data.Outcome.Grid.Level(centre, axis);

    /// <summary>Number of the cell at a level of an axis, all else as in the cell given.</summary>
    public long At(long cell, int axis, int level)
    {
        var stride = 1L;
        for (var later = data.Axes.Count - 1; later > axis; later--)
        {
            stride *= data.Axes[later].Levels;
        }

        return cell + stride * (level - data.Outcome.Grid.Level(cell, axis));
    }

    public string[] Labels(int axis) =>
        [.. Levels(axis).Select(l => data.Label(axis, data.Axes[axis].Value(l)))];
}
