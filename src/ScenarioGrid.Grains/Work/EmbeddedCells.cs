using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>Runs cells on a silo inside this process.</summary>
/// <param name="catalog">The kinds that instances may have.</param>
/// <param name="campaign">Id of the campaign on the grid.</param>
/// <param name="workers">Worker slots.</param>
public sealed class EmbeddedCells(ComponentCatalog catalog, string campaign, int workers) : ICellSource
{
    public async Task Run(
        ScenarioPlan plan, IReadOnlyList<CellResult> known, Action<IReadOnlyList<CellResult>> arrived,
        Action<RunProgress> progress, CancellationToken stop)
    {
        if (known.Count == plan.Cells.Count)
        {
            return;
        }

        await using var grid = await EmbeddedGrid.Start(catalog, workers);
        var client = new CampaignClient(grid.Grains, campaign);
        await client.Submit(new CampaignSubmission(plan.Campaign.Text, plan.BlockPaths, false), known);
        var have = known.Select(r => r.Cell).ToHashSet();
        try
        {
            await client.Collect(
                results => arrived([.. results.Where(r => !have.Contains(r.Cell))]),
                status => progress(new RunProgress(status.Cells, status.Done, status.Failed, status.PathTicks)), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await client.Cancel("interrupted");
            throw;
        }
    }
}
