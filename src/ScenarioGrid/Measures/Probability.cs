using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Measures;

/// <summary>Share of the paths on which the measure is above 0, with its Clopper-Pearson interval.</summary>
/// <remarks>
/// The standard error is half the interval over the normal quantile, so that an event no path has met (0 of n) still
/// counts as uncertain when cells are compared.
/// </remarks>
[Statistic("prob")]
public sealed class Probability() : Statistic("prob")
{
    public override string Definition => "Share of the paths on which the measure is above 0.";

    public override Estimate Of(Sample sample)
    {
        var paths = sample.Sorted;
        var first = paths.Length;
        for (var (low, high) = (0, paths.Length); low < high;)
        {
            var middle = low + (high - low) / 2;
            (low, high) = paths[middle] > 0 ? (low, middle) : (middle + 1, high);
            first = low;
        }

        var hits = paths.Length - first;
        var lower = Proportion.LowerBound(hits, paths.Length, Estimate.Upper);
        var upper = Proportion.UpperBound(hits, paths.Length, Estimate.Upper);
        return new Estimate(
            (double)hits / paths.Length, lower, upper, (upper - lower) / (2 * Estimate.Z), paths.Length);
    }
}
