namespace ScenarioGrid.Models.Probability;

/// <summary>A group of n parts that fail one by one at rate up each and are repaired at rate down each.</summary>
public static class BirthDeath
{
    /// <summary>Mean time until k of n parts are down at once, starting from none. Unit: that of 1/rate.</summary>
    /// <param name="n">Parts, at least 1.</param>
    /// <param name="k">Parts down that end the wait, 0 to n.</param>
    /// <param name="up">Failure rate of a working part, above 0.</param>
    /// <param name="down">Repair rate of a failed part, at least 0.</param>
    /// <remarks>
    /// t_i, the mean time from i to i + 1, is 1/((n-i) up) + i down/((n-i) up) t_(i-1); all terms are positive, so
    /// nothing
    /// cancels. Source: Karlin and Taylor, "A First Course in Stochastic Processes", chapter 4, section 7.
    /// </remarks>
    public static double MeanTime(int n, int k, double up, double down)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(up);
        ArgumentOutOfRangeException.ThrowIfNegative(down);
        var (total, step) = (0.0, 0.0);
        for (var i = 0; i < k; i++)
        {
            step = (1 + i * down * step) / ((n - i) * up);
            total += step;
        }

        return total;
    }
}
