using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Frontiers;

/// <summary>
/// What the measured cells of a campaign come to: frontier, recommendation, and what each setting does.
/// </summary>
/// <param name="Objectives">The objectives, in the order of the campaign.</param>
/// <param name="Cells">Every cell that has a result, by number.</param>
/// <param name="IsOnFrontier">For each of <see cref="Cells"/>: not beaten beyond noise by any other cell.</param>
/// <param name="MembershipProbability">For each of <see cref="Cells"/>: how probably it is on the frontier, given its
/// standard errors.</param>
/// <param name="Recommendation">The cell to choose; null without objectives or without cells.</param>
/// <param name="Effects">For each objective what each swept setting does to it; null where a value is not
/// finite.</param>
/// <param name="Failed">Cells that failed, with the reason.</param>
public sealed record Frontier(
    IReadOnlyList<Objective> Objectives, IReadOnlyList<MeasuredCell> Cells, IReadOnlyList<bool> IsOnFrontier,
    IReadOnlyList<double> MembershipProbability, Recommendation? Recommendation, IReadOnlyList<Sensitivity?> Effects,
    IReadOnlyList<CellResult> Failed)
{
    /// <summary>Draws behind each membership probability.</summary>
    private const int MembershipDraws = 200;

    /// <summary>Cells above which membership probabilities are not computed (they are then 0 or 1).</summary>
    private const int MembershipCellsMax = 5000;

    /// <summary>Judges the results of a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="grid">Its cells.</param>
    /// <param name="results">Results, one per cell, in any order.</param>
    public static Frontier Of(Campaign campaign, CellGrid grid, IEnumerable<CellResult> results)
    {
        var sorted = results.OrderBy(r => r.Cell).ToList();
        var cells = sorted.Where(r => r.Error is null).Select(r => Measured(campaign, grid, r)).ToList();
        var objectives = campaign.Objectives.Select(o => new Objective(
            o.Axis, $"{campaign.Measures[o.Measure].Name}.{o.Statistic}",
            o.Maximise ? Direction.Maximise : Direction.Minimise)).ToList();
        var failed = sorted.Where(r => r.Error is not null).ToList();
        if (cells.Count == 0 || objectives.Count == 0)
        {
            return new Frontier(objectives, cells, new bool[cells.Count], new double[cells.Count], null, [], failed);
        }

        double[][] values = [.. cells.Select(c => c.Objectives.Select(o => o.Value).ToArray())];
        double[][] errors = [.. cells.Select(c => c.Objectives.Select(o => o.StandardError).ToArray())];
        var directions = objectives.Select(o => o.Direction).ToArray();
        var kept = UncertainDominance.NonDominated(values, errors, directions);
        var membership = cells.Count <= MembershipCellsMax
            ? Membership.Probabilities([.. cells.Select(c => c.Objectives)], directions, MembershipDraws, campaign.Seed)
            : [.. kept.Select(k => k ? 1.0 : 0.0)];
        var parameters = grid.Axes.Select(a => a.Name).ToList();
        var recommendation = Recommendation.Of(cells, parameters, objectives,
            (axis, value) => grid.Axes[axis].Label(value));
        return new Frontier(objectives, cells, kept, membership, recommendation,
            [.. objectives.Select((_, o) => Effect(cells, parameters, o))], failed);
    }

    /// <summary>A result as the choice between cells sees it.</summary>
    public static MeasuredCell Measured(Campaign campaign, CellGrid grid, CellResult result)
    {
        Estimate Of(int measure, string statistic) =>
            result.At(measure, campaign.Statistics.ToList().IndexOf(statistic), campaign.Statistics.Count);
        return new MeasuredCell(result.Cell, grid.Settings(result.Cell),
            [.. campaign.Objectives.Select(o => Of(o.Measure, o.Statistic))],
            [.. campaign.Thresholds.Select(t => ThresholdVerdict.Of(
                t.Text, Of(t.Measure, t.Statistic), ComparisonOf(t.Sign), t.Limit))]);
    }

    private static Comparison ComparisonOf(string sign) => sign switch
    {
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        _ => Comparison.GreaterOrEqual,
    };

    private static Sensitivity? Effect(List<MeasuredCell> cells, List<string> parameters, int objective)
    {
        double[] values = [.. cells.Select(c => c.Objectives[objective].Value)];
        return values.All(double.IsFinite)
            ? Sensitivity.Of([.. cells.Select(c => c.Settings)], values, parameters)
            : null;
    }
}
