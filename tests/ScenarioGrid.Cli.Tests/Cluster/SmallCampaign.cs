using ScenarioGrid.Grains;
using ScenarioGrid.Measures;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Tests.Cluster;

/// <summary>The small campaign as a cluster has it: what was submitted, and the results of a run of it.</summary>
internal sealed record SmallCampaign(CampaignSubmission Submission, IReadOnlyList<CellResult> Results)
{
    /// <summary>From a finished run.</summary>
    public static async Task<SmallCampaign> Of(SmallRun run)
    {
        using var folder = await RunFolder.Open(run.Run, Models.Kernel.ComponentCatalog.Default);
        return new SmallCampaign(
            new CampaignSubmission(folder.Campaign.Text, folder.Manifest.BlockPaths), folder.Results);
    }

    /// <summary>The results, of which some cells failed.</summary>
    public IReadOnlyList<CellResult> WithFailed(params long[] cells) =>
        [.. Results.Select(r => cells.Contains(r.Cell) ? new CellResult(r.Cell, [], "NOT_FINITE: a test says so") : r)];
}
