namespace ScenarioGrid.Measures;

/// <summary>Arithmetic mean with Student's t interval.</summary>
/// <remarks>
/// When all paths are equal the interval has no width: a rare event that no path has met yet is bounded by <c>prob</c>,
/// not by the mean. With one path, or an infinite value, the interval is unbounded.
/// </remarks>
[Statistic("mean")]
public sealed class Mean() : Statistic("mean")
{
    public override string Definition => "Arithmetic mean over all paths.";

    public override Estimate Of(Sample sample)
    {
        var n = (double)sample.Paths;
        return sample.Paths == 1 || !sample.IsFinite
            ? Estimate.Unbounded(sample.Mean, sample.Paths)
            : Estimate.Symmetric(
                sample.Mean, Math.Sqrt(sample.SquaredDeviations / (n - 1) / n), n - 1, sample.Paths);
    }
}
