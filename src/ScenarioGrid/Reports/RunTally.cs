using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Reports;

/// <summary>
/// What the results of a large run come to, counted one by one: no frontier, as that needs all cells at once.
/// </summary>
/// <param name="Cells">Cells of the campaign.</param>
/// <param name="Done">Cells with a result, failed ones among them.</param>
/// <param name="Failed">Cells that failed.</param>
/// <param name="Passing">Cells that pass every threshold.</param>
/// <param name="Best">For each objective the best cell by estimate among those that pass, or null.</param>
/// <param name="FirstFailed">The first few failed cells.</param>
/// <param name="ResultHash">SHA-256 of the canonical results in cell order.</param>
public sealed record RunTally(
    long Cells, long Done, long Failed, long Passing, IReadOnlyList<MeasuredCell?> Best,
    IReadOnlyList<CellResult> FirstFailed, string ResultHash)
{
    /// <summary>Failed cells that are named.</summary>
    private const int FailedNamed = 5;

    /// <summary>Counts results given in cell order.</summary>
    public static RunTally Of(Campaign campaign, CellGrid grid, IEnumerable<CellResult> results)
    {
        var (done, failed, passing) = (0L, new List<CellResult>(), 0L);
        var failures = 0L;
        var best = new MeasuredCell?[campaign.Objectives.Count];
        using var hash = new ResultHash();
        foreach (var result in results)
        {
            hash.Add(result);
            done++;
            if (result.Error is not null)
            {
                failures++;
                if (failed.Count < FailedNamed)
                {
                    failed.Add(result);
                }

                continue;
            }

            var cell = Frontier.Measured(campaign, grid, result);
            if (cell.Passes)
            {
                passing++;
                Improve(campaign, best, cell);
            }
        }

        return new RunTally(grid.Count, done, failures, passing, best, failed, hash.ToString());
    }

    private static void Improve(Campaign campaign, MeasuredCell?[] best, MeasuredCell cell)
    {
        for (var o = 0; o < best.Length; o++)
        {
            var value = cell.Objectives[o].Value;
            var isBetter = best[o] is not { } known
                || (campaign.Objectives[o].Maximise ? value > known.Objectives[o].Value
                    : value < known.Objectives[o].Value);
            if (isBetter)
            {
                best[o] = cell;
            }
        }
    }
}
