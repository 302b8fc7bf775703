namespace ScenarioGrid.Models.Pricing;

/// <summary>Cumulants of the log-return of a jump diffusion with normal jumps.</summary>
/// <remarks>
/// <code>
/// k  = exp(m + d^2/2) - 1                          expected relative jump
/// c1 = (mu - sigma^2/2 - lambda k + lambda m) T
/// c2 = (sigma^2 + lambda (m^2 + d^2)) T
/// c3 = lambda (m^3 + 3 m d^2) T
/// c4 = lambda (m^4 + 6 m^2 d^2 + 3 d^4) T
/// </code>
/// <para>Source: R. C. Merton, "Option pricing when underlying stock returns are discontinuous", Journal of Financial
/// Economics 3 (1976); the cumulants of a compound Poisson sum are intensity times the moments of one jump.</para>
/// </remarks>
public static class MertonCumulants
{
    /// <summary>Cumulants over a time.</summary>
    /// <param name="years">Time in years of 365 days.</param>
    /// <param name="drift">Growth of the expected price per year.</param>
    /// <param name="volatility">Volatility of the diffusion, per square root of a year.</param>
    /// <param name="intensity">Expected jumps per year.</param>
    /// <param name="mean">Mean of the log of a jump.</param>
    /// <param name="deviation">Standard deviation of the log of a jump.</param>
    public static Cumulants Of(
        double years, double drift, double volatility, double intensity, double mean, double deviation)
    {
        double m = mean, d2 = deviation * deviation;
        var diffusion = volatility * volatility;
        return new Cumulants(
            (drift - diffusion / 2 - intensity * Growth(mean, deviation) + intensity * m) * years,
            (diffusion + intensity * (m * m + d2)) * years,
            intensity * (m * m * m + 3 * m * d2) * years,
            intensity * (m * m * m * m + 6 * m * m * d2 + 3 * d2 * d2) * years);
    }

    /// <summary>Expected relative change of the price at a jump: exp(m + d^2/2) - 1.</summary>
    public static double Growth(double mean, double deviation) =>
        Kernel.LaneMath.Expm1(mean + deviation * deviation / 2);
}
