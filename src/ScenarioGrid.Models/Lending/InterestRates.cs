using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>Interest of pooled lending: the kinked rate curves and how a rate compounds. Rates
/// are per year of 365 days.</summary>
/// <remarks>
/// <para>Source: aave-v3-core, DefaultReserveInterestRateStrategy.sol and MathUtils.sol; comet, Comet.sol.</para>
/// </remarks>
public static class InterestRates
{
    /// <summary>Aave: rate of borrowers, r = base + slope U/K up to the kink K, then +
    /// slopeHigh (U - K)/(1 - K).</summary>
    /// <param name="utilisation">Debt over debt and cash, 0 to 1.</param>
    /// <param name="rateBase">Rate at utilisation 0.</param>
    /// <param name="kink">Utilisation K at which the slope changes, above 0 and below 1.</param>
    /// <param name="slope">Rise of the rate from 0 to the kink.</param>
    /// <param name="slopeHigh">Rise of the rate from the kink to 1.</param>
    public static Vec Kinked(Vec utilisation, double rateBase, double kink, double slope, double slopeHigh) =>
        rateBase + Vec.Min(utilisation, kink) * (slope / kink)
            + Vec.Max(utilisation - kink, Vec.Zero) * (slopeHigh / (1 - kink));

    /// <inheritdoc cref="Kinked(Vec, double, double, double, double)"/>
    public static double Kinked(double utilisation, double rateBase, double kink, double slope, double slopeHigh) =>
        Kinked(new Vec(utilisation), rateBase, kink, slope, slopeHigh)[0];

    /// <summary>Rate of suppliers: what borrowers pay, spread over all deposits, less the
    /// share of the reserve.</summary>
    public static Vec Supply(Vec borrowRate, Vec utilisation, double reserveFactor) =>
        borrowRate * utilisation * (1 - reserveFactor);

    /// <inheritdoc cref="Supply(Vec, Vec, double)"/>
    public static double Supply(double borrowRate, double utilisation, double reserveFactor) =>
        Supply(new Vec(borrowRate), new Vec(utilisation), reserveFactor)[0];

    /// <summary>Growth of a debt over n seconds: n r + n(n-1)/2 r^2 + n(n-1)(n-2)/6 r^3 with
    /// r the rate per second.</summary>
    /// <param name="rate">Rate per year.</param>
    /// <param name="seconds">Seconds n, at least 0.</param>
    /// <returns>The debt index after the time over the index before it, minus 1 (kept apart: it is tiny for a
    /// tick).</returns>
    public static Vec Growth(Vec rate, double seconds)
    {
        var second = seconds * Math.Max(seconds - 1, 0) / 2;
        var third = second * Math.Max(seconds - 2, 0) / 3;
        var r = rate * (1 / Tick.YearSeconds);
        return r * (seconds + r * (second + r * third));
    }

    /// <inheritdoc cref="Growth(Vec, double)"/>
    public static double Growth(double rate, double seconds) => Growth(new Vec(rate), seconds)[0];
}
