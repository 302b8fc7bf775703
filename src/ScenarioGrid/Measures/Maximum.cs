namespace ScenarioGrid.Measures;

/// <summary>Largest value over the simulated paths.</summary>
/// <remarks>Exact for these paths; it says nothing of paths that were not run. For inference use a quantile.</remarks>
[Statistic("max")]
public sealed class Maximum() : Statistic("max")
{
    public override string Definition =>
        "Largest value over the simulated paths (exact for them, no inference beyond).";

    public override Estimate Of(Sample sample) => Estimate.Exact(sample.Greatest, sample.Paths);
}
