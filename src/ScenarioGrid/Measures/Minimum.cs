namespace ScenarioGrid.Measures;

/// <summary>Smallest value over the simulated paths.</summary>
/// <remarks>Exact for these paths; it says nothing of paths that were not run. For inference use a quantile.</remarks>
[Statistic("min")]
public sealed class Minimum() : Statistic("min")
{
    public override string Definition =>
        "Smallest value over the simulated paths (exact for them, no inference beyond).";

    public override Estimate Of(Sample sample) => Estimate.Exact(sample.Least, sample.Paths);
}
