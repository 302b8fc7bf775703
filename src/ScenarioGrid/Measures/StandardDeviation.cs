namespace ScenarioGrid.Measures;

/// <summary>Sample standard deviation with its asymptotic interval.</summary>
/// <remarks>
/// Var(s^2) = (m4 - s^4 (n - 3) / (n - 1)) / n, and s.e.(s) = sqrt(Var(s^2)) / (2 s) by the delta method (Cramer,
/// "Mathematical Methods of Statistics", 27.4 and 28.3). Needs no normal distribution, but a finite fourth moment.
/// </remarks>
[Statistic("sd")]
public sealed class StandardDeviation() : Statistic("sd")
{
    public override string Definition => "Standard deviation over all paths (divisor n - 1).";

    public override Estimate Of(Sample sample)
    {
        var n = (double)sample.Paths;
        if (sample.Paths == 1 || !sample.IsFinite)
        {
            var value = sample.Paths == 1 ? 0 : double.PositiveInfinity;
            return Estimate.Unbounded(value, sample.Paths) with { Low = 0 };
        }

        var variance = sample.SquaredDeviations / (n - 1);
        if (variance <= 0)
        {
            return Estimate.Exact(0, sample.Paths);
        }

        var deviation = Math.Sqrt(variance);
        var spread = (sample.FourthPowers / n - variance * variance * (n - 3) / (n - 1)) / n;
        var error = Math.Sqrt(Math.Max(0, spread)) / (2 * deviation);
        var estimate = Estimate.Symmetric(deviation, error, n - 1, sample.Paths);
        return estimate with { Low = Math.Max(0, estimate.Low) };
    }
}
