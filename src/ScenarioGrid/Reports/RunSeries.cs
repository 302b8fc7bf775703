using ScenarioGrid.Campaigns;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Reports;

/// <summary>Paths over time of the recommended cell and of its first runner-up, for fan charts.</summary>
public static class RunSeries
{
    private const int MeasuresMax = 8;

    /// <summary>Runs up to two cells again; nothing without a recommendation.</summary>
    public static IReadOnlyList<CellSeries> Of(ScenarioPlan plan, Frontier frontier)
    {
        if (frontier.Recommendation is not { } recommendation)
        {
            return [];
        }

        var measures = MeasuresOf(plan.Campaign);
        long[] cells = [recommendation.Cell.Index, .. recommendation.RunnersUp.Take(1).Select(r => r.Cell.Index)];
        return [.. cells.AsParallel().AsOrdered().SelectMany(cell => Of(plan, cell, measures))];
    }

    /// <summary>Measures worth a chart: market prices, then those that objectives and thresholds name.</summary>
    private static int[] MeasuresOf(Campaign campaign)
    {
        var prices = Enumerable.Range(0, campaign.Measures.Count).Where(m =>
            campaign.Instances[campaign.Measures[m].Instance].Kind.Stage == Stage.Market
                && campaign.Measures[m].Port.Name == "price");
        return [.. prices
            .Concat(campaign.Objectives.Select(o => o.Measure))
            .Concat(campaign.Thresholds.Select(t => t.Measure))
            .Distinct().Take(MeasuresMax)];
    }

    private static CellSeries[] Of(ScenarioPlan plan, long cell, int[] measures)
    {
        var (ticks, values) = SeriesRecorder.Record(plan, cell, measures);
        double[] seconds = [.. ticks.Select(t => (t + 1) * plan.Campaign.TickSeconds)];

        // A port may be no number for a tick that no measure saw: it has no fan then, and the results stand.
        return [.. Enumerable.Range(0, measures.Length)
            .Where(m => !values[m].Any(paths => paths.Any(double.IsNaN)))
            .Select(m => new CellSeries(
                cell, plan.Campaign.Measures[measures[m]].Name, seconds, Quantiles(values[m])))];
    }

    private static double[][] Quantiles(double[][] points)
    {
        var samples = points.Select(p => new Sample(p)).ToArray();
        return [.. CellSeries.Levels.Select(q => samples.Select(s => s.Quantile(q)).ToArray())];
    }
}
