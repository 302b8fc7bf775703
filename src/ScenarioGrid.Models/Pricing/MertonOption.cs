using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>European options on a price that diffuses and jumps.</summary>
/// <remarks>
/// <code>
/// C   = e^(-r T) sum over n of e^(-lambda T) (lambda T)^n / n!  Black(F_n, K, s_n)
/// F_n = S exp((r - lambda k) T + n (m + d^2/2)),   s_n^2 = sigma^2 T + n d^2,   k = exp(m + d^2/2) - 1
/// Black(F, K, s) = F N(d1) - K N(d1 - s),   d1 = (ln(F/K) + s^2/2) / s
/// </code>
/// <para>Given n jumps the log-price is normal, so the sum is exact; terms are added until they no longer count.</para>
/// <para>Source: R. C. Merton, "Option pricing when underlying stock returns are discontinuous", Journal of Financial
/// Economics 3 (1976), equation 16.</para>
/// </remarks>
public static class MertonOption
{
    /// <summary>Largest expected number of jumps until maturity: beyond it the first weight underflows.</summary>
    public const double JumpsMax = 700;

    /// <summary>Price of a call.</summary>
    /// <param name="spot">Price now, above 0.</param>
    /// <param name="strike">Strike, above 0, in the unit of the spot.</param>
    /// <param name="years">Time to maturity in years, at least 0.</param>
    /// <param name="rate">Riskless rate, continuously compounded, per year.</param>
    /// <param name="volatility">Volatility of the diffusion, at least 0.</param>
    /// <param name="intensity">Expected jumps per year, at least 0.</param>
    /// <param name="mean">Mean of the log of a jump.</param>
    /// <param name="deviation">Standard deviation of the log of a jump, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or jumps are too many.</exception>
    public static double Call(
        double spot, double strike, double years, double rate, double volatility, double intensity, double mean,
        double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spot);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strike);
        ArgumentOutOfRangeException.ThrowIfNegative(years);
        ArgumentOutOfRangeException.ThrowIfNegative(volatility);
        ArgumentOutOfRangeException.ThrowIfNegative(intensity);
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        var jumps = intensity * years;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jumps, JumpsMax, nameof(intensity));

        var logMean = mean + deviation * deviation / 2;
        var growth = rate - intensity * MertonCumulants.Growth(mean, deviation);
        var logForward = LaneMath.Log(spot / strike) + growth * years;
        var diffusion = volatility * volatility * years;
        var weight = LaneMath.Exp(-jumps);
        var (sum, missing) = (0.0, 1.0);
        for (var n = 0; weight > 0 && (n <= jumps || missing > 1e-17 || weight > 1e-18); n++)
        {
            sum += weight * Black(logForward + n * logMean, Math.Sqrt(diffusion + n * deviation * deviation));
            missing -= weight;
            weight *= jumps / (n + 1);
        }

        return LaneMath.Exp(-rate * years) * strike * sum;
    }

    /// <summary>Price of a put, by parity with the call.</summary>
    /// <inheritdoc cref="Call"/>
    public static double Put(
        double spot, double strike, double years, double rate, double volatility, double intensity, double mean,
        double deviation) =>
        Call(spot, strike, years, rate, volatility, intensity, mean, deviation)
            - spot + strike * LaneMath.Exp(-rate * years);

    /// <summary>
    /// Undiscounted call over the strike, from the log of forward over strike and the deviation of the log-price.
    /// </summary>
    private static double Black(double logForward, double deviation)
    {
        var forward = LaneMath.Exp(logForward);
        if (deviation == 0)
        {
            return Math.Max(forward - 1, 0);
        }

        var d1 = logForward / deviation + deviation / 2;
        return forward * LaneMath.NormalCdf(d1) - LaneMath.NormalCdf(d1 - deviation);
    }
}
