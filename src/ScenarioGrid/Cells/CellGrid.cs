using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Cells;

/// <summary>
/// The cells of a sweep, by arithmetic: cell number in, one value per axis out. No list of cells exists anywhere.
/// </summary>
/// <remarks>
/// On a grid the last axis runs fastest. Sampled designs place point i by its own number and the campaign seed.
/// </remarks>
public sealed class CellGrid
{
    private readonly Sweep _sweep;
    private readonly DesignPoints? _points;

    public CellGrid(Sweep sweep, ulong seed)
    {
        _sweep = sweep;
        _points = sweep.Design == Design.Grid
            ? null
            : new DesignPoints(sweep.Design, seed, sweep.Points, sweep.Axes.Count);
        Count = sweep.Design == Design.Grid ? sweep.Axes.Aggregate(1L, (n, a) => checked(n * a.Levels)) : sweep.Points;
    }

    /// <summary>Number of cells.</summary>
    public long Count { get; }

    public IReadOnlyList<Axis> Axes => _sweep.Axes;

    /// <summary>True when every combination of levels is a cell.</summary>
    public bool IsFullGrid => _sweep.Design == Design.Grid;

    /// <summary>The value of every axis in a cell, in base units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No cell has that number.</exception>
    public double[] Settings(long cell)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cell);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cell, Count);
        var settings = new double[Axes.Count];
        if (IsFullGrid)
        {
            for (var axis = settings.Length - 1; axis >= 0; axis--)
            {
                settings[axis] = Axes[axis].Value((int)(cell % Axes[axis].Levels));
                cell /= Axes[axis].Levels;
            }

            return settings;
        }

        for (var axis = 0; axis < settings.Length; axis++)
        {
            settings[axis] = Axes[axis].At(_points!.Coordinate(cell, axis));
        }

        return settings;
    }

    /// <summary>Level of an axis in a cell of a full grid.</summary>
    public int Level(long cell, int axis)
    {
        for (var later = Axes.Count - 1; later > axis; later--)
        {
            cell /= Axes[later].Levels;
        }

        return (int)(cell % Axes[axis].Levels);
    }
}
