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
        await grid.Restore(campaign, plan.Cells.Count, known);
        var client = new CampaignClient(grid.Front, Caller.Local);
        await client.Submit(new CampaignSubmission(plan.Campaign.Text, plan.BlockPaths, Id: campaign));
        try
        {
            await client.Collect(campaign, known.Select(r => r.Cell).ToHashSet(), arrived,
                status => progress(new RunProgress(status.Cells, status.Done, status.Failed, status.PathTicks)), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await client.Cancel(campaign, "interrupted");
            throw;
        }
    }
}
