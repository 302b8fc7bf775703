namespace ScenarioGrid.Models.Pricing;

/// <summary>Cumulants of the log-return of a jump diffusion with doubly exponential jumps.</summary>
/// <remarks>
/// <code>
/// k  = p eta1/(eta1 - 1) + q eta2/(eta2 + 1) - 1,   q = 1 - p         expected relative jump
/// c1 = (mu - sigma^2/2 - lambda k + lambda (p/eta1 - q/eta2)) T
/// c2 = (sigma^2 + 2 lambda (p/eta1^2 + q/eta2^2)) T
/// c3 = 6 lambda (p/eta1^3 - q/eta2^3) T,   c4 = 24 lambda (p/eta1^4 + q/eta2^4) T
/// </code>
/// <para>Source: S. G. Kou, "A jump-diffusion model for option pricing", Management Science 48 (2002); the cumulants of
/// a compound Poisson sum are intensity times the moments of one jump.</para>
/// </remarks>
public static class KouCumulants
{
    /// <summary>Cumulants over a time.</summary>
    /// <param name="years">Time in years of 365 days.</param>
    /// <param name="drift">Growth of the expected price per year.</param>
    /// <param name="volatility">Volatility of the diffusion, per square root of a year.</param>
    /// <param name="intensity">Expected jumps per year.</param>
    /// <param name="upShare">Share of the jumps that go up, in [0, 1].</param>
    /// <param name="upRate">One over the mean log of a jump up, above 1.</param>
    /// <param name="downRate">One over the mean log of a jump down, above 0.</param>
    public static Cumulants Of(
        double years, double drift, double volatility, double intensity, double upShare, double upRate, double downRate)
    {
        double p = upShare, q = 1 - upShare, up = 1 / upRate, down = 1 / downRate;
        var diffusion = volatility * volatility;
        var growth = Growth(upShare, upRate, downRate);
        return new Cumulants(
            (drift - diffusion / 2 - intensity * growth + intensity * (p * up - q * down)) * years,
            (diffusion + 2 * intensity * (p * up * up + q * down * down)) * years,
            6 * intensity * (p * up * up * up - q * down * down * down) * years,
            24 * intensity * (p * up * up * up * up + q * down * down * down * down) * years);
    }

    /// <summary>Expected relative change of the price at a jump.</summary>
    /// <param name="upShare">Share of the jumps that go up, in [0, 1].</param>
    /// <param name="upRate">One over the mean log of a jump up, above 1.</param>
    /// <param name="downRate">One over the mean log of a jump down, above 0.</param>
    public static double Growth(double upShare, double upRate, double downRate) =>
        upShare / (upRate - 1) - (1 - upShare) / (downRate + 1);
}
