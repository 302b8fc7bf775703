namespace ScenarioGrid.Models.Pricing;

/// <summary>Characteristic functions E exp(i z X) of the log of the price over its forward.</summary>
/// <remarks>
/// <code>
/// jumps:   exp(T (-sigma^2 (z^2 + i z)/2 + lambda (f(z) - 1 - i z k))),   k = f(-i) - 1
///          normal    f(z) = exp(i z m - z^2 d^2/2)
///          Kou       f(z) = p eta1/(eta1 - i z) + q eta2/(eta2 + i z)
/// Heston:  b = kappa - rho xi i z,  d = sqrt(b^2 + xi^2 (i z + z^2)),  g = (b - d)/(b + d),  h = exp(-d T)
///          exp(kappa theta/xi^2 ((b - d) T - 2 ln((1 - g h)/(1 - g))) + v (b - d)/xi^2 (1 - h)/(1 - g h))
/// Bates:   the product of Heston and normal jumps without diffusion
/// </code>
/// <para>Source: R. Cont and P. Tankov, "Financial Modelling with Jump Processes" (2004), section 4.3; Heston in the
/// form without cuts: H. Albrecher, P. Mayer, W. Schoutens and J. Tistaert, "The little Heston trap", Wilmott
/// (2007).</para>
/// </remarks>
public static class PriceCharacteristics
{
    /// <summary>Diffusion with jumps whose logs are normal.</summary>
    /// <param name="z">Argument.</param>
    /// <param name="years">Time, at least 0.</param>
    /// <param name="volatility">Volatility of the diffusion.</param>
    /// <param name="intensity">Expected jumps per year.</param>
    /// <param name="mean">Mean of the log of a jump.</param>
    /// <param name="deviation">Standard deviation of the log of a jump.</param>
    public static ComplexNumber Merton(
        ComplexNumber z, double years, double volatility, double intensity, double mean, double deviation)
    {
        var iz = ComplexNumber.I * z;
        var jump = ComplexNumber.Exp(iz * mean + iz * iz * (deviation * deviation / 2));
        return Jumps(iz, years, volatility, intensity, jump, MertonCumulants.Growth(mean, deviation));
    }

    /// <summary>Diffusion with doubly exponential jumps.</summary>
    /// <param name="z">Argument.</param>
    /// <param name="years">Time, at least 0.</param>
    /// <param name="volatility">Volatility of the diffusion.</param>
    /// <param name="intensity">Expected jumps per year.</param>
    /// <param name="upShare">Share of the jumps that go up.</param>
    /// <param name="upRate">One over the mean log of a jump up, above 1.</param>
    /// <param name="downRate">One over the mean log of a jump down, above 0.</param>
    public static ComplexNumber Kou(
        ComplexNumber z, double years, double volatility, double intensity, double upShare, double upRate,
        double downRate)
    {
        var iz = ComplexNumber.I * z;
        var jump = upShare * upRate / (upRate - iz) + (1 - upShare) * downRate / (downRate + iz);
        return Jumps(iz, years, volatility, intensity, jump, KouCumulants.Growth(upShare, upRate, downRate));
    }

    /// <summary>Square-root variance.</summary>
    /// <param name="z">Argument.</param>
    /// <param name="years">Time, at least 0.</param>
    /// <param name="variance">Variance per year at the start.</param>
    /// <param name="reversion">Speed of the return to the mean, per year.</param>
    /// <param name="mean">Mean variance per year.</param>
    /// <param name="volatility">Volatility of the variance, above 0.</param>
    /// <param name="correlation">Correlation of variance and price.</param>
    public static ComplexNumber Heston(
        ComplexNumber z, double years, double variance, double reversion, double mean, double volatility,
        double correlation)
    {
        var iz = ComplexNumber.I * z;
        var squared = volatility * volatility;
        var b = reversion - correlation * volatility * iz;
        var d = ComplexNumber.Sqrt(b * b + squared * (iz - iz * iz));
        var g = (b - d) / (b + d);
        var h = ComplexNumber.Exp(-d * years);
        var turned = ComplexNumber.Log((1 - g * h) / (1 - g));
        var c = reversion * mean / squared * ((b - d) * years - 2 * turned);
        return ComplexNumber.Exp(c + variance / squared * (b - d) * (1 - h) / (1 - g * h));
    }

    private static ComplexNumber Jumps(
        ComplexNumber iz, double years, double volatility, double intensity, ComplexNumber jump, double growth)
    {
        var diffusion = volatility * volatility / 2 * (iz * iz - iz);
        return ComplexNumber.Exp(years * (diffusion + intensity * (jump - 1 - iz * growth)));
    }
}
