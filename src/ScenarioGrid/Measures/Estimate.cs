using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Measures;

/// <summary>A statistic of one measure in one cell, with its 95 % two-sided confidence interval.</summary>
/// <param name="Value">The estimate, in the unit of the measure (a probability for <c>prob</c>).</param>
/// <param name="Low">Lower confidence bound; -infinity when the paths do not bound it.</param>
/// <param name="High">Upper confidence bound; +infinity when the paths do not bound it.</param>
/// <param name="StandardError">Standard error, at least 0; +infinity when the paths do not determine it.</param>
/// <param name="Paths">Number of paths behind the estimate, at least 1.</param>
public readonly record struct Estimate(double Value, double Low, double High, double StandardError, int Paths)
{
    /// <summary>Probability that the interval covers the true value.</summary>
    public const double Confidence = 0.95;

    /// <summary>Level of the upper bound, which leaves half of the rest above it; the lower bound mirrors it.</summary>
    internal const double Upper = (1 + Confidence) / 2;

    /// <summary>The normal quantile at 0.975: half the width of a normal 95 % interval, in standard errors.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>A number that is known exactly, such as the largest value over the given paths.</summary>
    public static Estimate Exact(double value, int paths) => new(value, value, value, 0, paths);

    /// <summary>A number about which these paths say nothing beyond the point estimate.</summary>
    public static Estimate Unbounded(double value, int paths) =>
        new(value, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, paths);

    /// <summary>value +- t * error, with Student's t of the given degrees of freedom.</summary>
    internal static Estimate Symmetric(double value, double error, double freedom, int paths)
    {
        // With no spread the interval is the value: t * 0, also when t is large.
        var half = error > 0 ? StudentT.Quantile(Upper, freedom) * error : 0;
        return new Estimate(value, value - half, value + half, error, paths);
    }
}
