namespace ScenarioGrid.Models.Probability;

/// <summary>Student's t distribution with real degrees of freedom.</summary>
/// <remarks>Through the incomplete beta function: Abramowitz and Stegun 26.7.1; relative error below 1e-12.</remarks>
public static class StudentT
{
    /// <summary>P(T &lt;= t).</summary>
    public static double Cdf(double t, double degrees)
    {
        var square = t * t;
        var tail = 0.5 * IncompleteBeta.Lower(
            0.5 * degrees, 0.5, degrees / (degrees + square), square / (degrees + square));
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>The t with P(T &lt;= t) = p, for p in (0, 1).</summary>
    public static double Quantile(double p, double degrees)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "must be above 0 and below 1");
        }

        // In the centre the share of the square is small and solved for, in the tails its complement.
        var smaller = Math.Min(p, 1 - p);
        double t;
        if (smaller > 0.25)
        {
            var share = IncompleteBeta.Inverse(0.5, 0.5 * degrees, 1 - 2 * smaller);
            t = Math.Sqrt(degrees * share / (1 - share));
        }
        else
        {
            var share = IncompleteBeta.Inverse(0.5 * degrees, 0.5, 2 * smaller);
            t = Math.Sqrt(degrees * (1 - share) / share);
        }

        return p < 0.5 ? -t : t;
    }
}
