using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Reports;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid;

/// <summary>The whole line: campaign, cells, scenarios, instances, measures, frontier, report.</summary>
public static class Pipeline
{
    /// <summary>Runs what is missing of a campaign.</summary>
    /// <param name="folder">Keeps campaign and results; knows what an earlier attempt left.</param>
    /// <param name="cells">Runs cells: the grid in this process, or a cluster.</param>
    /// <param name="progress">Receives how far the campaign is.</param>
    /// <param name="stop">Stops; what has arrived is kept.</param>
    public static Task Run(
        RunFolder folder, ICellSource cells, Action<RunProgress> progress, CancellationToken stop)
    {
        var plan = PlanOf(folder);                                                   // Campaigns, Cells
        return cells.Run(plan, folder.Results, folder.Add, progress, stop);          // Scenarios, Instances, Measures
    }

    /// <summary>Writes the report of a run whose results are there.</summary>
    public static RunOutcome Finish(RunFolder folder)
    {
        var outcome = Outcome(folder, withSeries: true);                             // Frontiers
        RunWriter.Write(folder, outcome);                                            // Reports
        return outcome;
    }

    /// <summary>What the results of a run come to.</summary>
    /// <param name="folder">The run; not a large one, see <see cref="RunTally"/>.</param>
    /// <param name="withSeries">True to run the recommended cell and its runner-up again for their paths over
    /// time.</param>
    public static RunOutcome Outcome(RunFolder folder, bool withSeries)
    {
        var plan = PlanOf(folder);
        var results = folder.Results;
        var frontier = Frontier.Of(folder.Campaign, plan.Cells, results);
        var series = withSeries ? RunSeries.Of(plan, frontier) : [];
        var provenance = new Provenance(
            folder.Id, folder.Manifest.Engine, folder.Manifest.InputHash,
            CellResult.Hash(results), folder.Manifest.Machine);
        return new RunOutcome(folder.Campaign, plan.Cells, results, frontier, series, provenance);
    }

    private static ScenarioPlan PlanOf(RunFolder folder) => new(folder.Campaign, folder.Manifest.BlockPaths);
}
