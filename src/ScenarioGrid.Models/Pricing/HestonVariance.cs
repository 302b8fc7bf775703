using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Mean and variance of a square-root variance after a time.</summary>
/// <remarks>
/// <code>
/// E V   = theta + (v - theta) e^(-k T)
/// Var V = v xi^2 (e^(-k T) - e^(-2 k T))/k + theta xi^2 (1 - e^(-k T))^2/(2 k)
/// </code>
/// <para>Source: J. C. Cox, J. E. Ingersoll and S. A. Ross, "A theory of the term structure of interest rates",
/// Econometrica 53 (1985), equation 19.</para>
/// </remarks>
public static class HestonVariance
{
    /// <summary>Expected variance.</summary>
    /// <param name="years">Time, at least 0.</param>
    /// <param name="variance">Variance at the start.</param>
    /// <param name="reversion">Speed of the return to the mean, per year, above 0.</param>
    /// <param name="mean">Mean variance.</param>
    public static double Mean(double years, double variance, double reversion, double mean) =>
        mean + (variance - mean) * LaneMath.Exp(-reversion * years);

    /// <summary>Variance of the variance.</summary>
    /// <param name="years">Time, at least 0.</param>
    /// <param name="variance">Variance at the start.</param>
    /// <param name="reversion">Speed of the return to the mean, per year, above 0.</param>
    /// <param name="mean">Mean variance.</param>
    /// <param name="volatility">Volatility of the variance.</param>
    public static double Spread(double years, double variance, double reversion, double mean, double volatility)
    {
        var gone = -LaneMath.Expm1(-reversion * years);
        return volatility * volatility * gone * (variance * (1 - gone) + mean * gone / 2) / reversion;
    }
}
