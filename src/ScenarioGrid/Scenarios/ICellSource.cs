using ScenarioGrid.Measures;

namespace ScenarioGrid.Scenarios;

/// <summary>Something that runs cells: the grid in this process, or a cluster.</summary>
public interface ICellSource
{
    /// <summary>Runs every cell that is not known yet.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="known">Results of an earlier attempt.</param>
    /// <param name="arrived">Receives new results as they come, each cell once.</param>
    /// <param name="progress">Receives how far the campaign is, some times a second.</param>
    /// <param name="stop">Stops; what has arrived is kept.</param>
    Task Run(
        ScenarioPlan plan, IReadOnlyList<CellResult> known, Action<IReadOnlyList<CellResult>> arrived,
        Action<RunProgress> progress, CancellationToken stop);
}

/// <summary>How far a campaign is.</summary>
/// <param name="Cells">Cells of the campaign.</param>
/// <param name="Done">Cells with a result.</param>
/// <param name="Failed">Cells that failed.</param>
/// <param name="PathTicks">Path-ticks computed in this attempt.</param>
public readonly record struct RunProgress(long Cells, long Done, long Failed, long PathTicks);
