using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>
/// The chance that a diffusing price falls to a barrier: a liquidation threshold, a knock-out, a depeg trigger.
/// </summary>
/// <remarks>
/// <code>
/// nu = mu - sigma^2/2,   b = ln(B/S)
/// P(tau &lt;= T) = N((b - nu T)/(sigma sqrt T)) + exp(2 nu b / sigma^2) N((b + nu T)/(sigma sqrt T))
/// watched only every D years:   b - 0.5826 sigma sqrt D in place of b
/// </code>
/// <para>Source: reflection principle with drift (Karatzas and Shreve, "Brownian Motion and Stochastic Calculus",
/// 3.5.C); Broadie, Glasserman and Kou, "A continuity correction for discrete barrier options", Mathematical Finance 7
/// (1997), theorem 1.1, with -zeta(1/2)/sqrt(2 pi) = 0.5826.</para>
/// </remarks>
public static class FirstPassage
{
    /// <summary>
    /// -zeta(1/2)/sqrt(2 pi): mean overshoot of a normal random walk, in standard deviations of a step.
    /// </summary>
    public const double Overshoot = 0.58259715793901;

    /// <summary>Probability that the price is at or below the barrier at some time until the horizon.</summary>
    /// <param name="spot">Price now, above 0.</param>
    /// <param name="barrier">Barrier, above 0; at or above the spot it is hit at once.</param>
    /// <param name="drift">Growth of the expected price per year.</param>
    /// <param name="volatility">Volatility, above 0.</param>
    /// <param name="years">Horizon in years, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Below(double spot, double barrier, double drift, double volatility, double years)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spot);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(barrier);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(volatility);
        ArgumentOutOfRangeException.ThrowIfNegative(years);
        if (barrier >= spot)
        {
            return 1;
        }

        if (years == 0)
        {
            return 0;
        }

        var nu = drift - volatility * volatility / 2;
        var b = LaneMath.Log(barrier / spot);
        var scale = volatility * Math.Sqrt(years);
        return LaneMath.NormalCdf((b - nu * years) / scale)
            + LaneMath.Exp(2 * nu * b / (volatility * volatility)) * LaneMath.NormalCdf((b + nu * years) / scale);
    }

    /// <summary>The same when the price is looked at only every <paramref name="interval"/>.</summary>
    /// <param name="spot">Price now, above 0.</param>
    /// <param name="barrier">Barrier, above 0.</param>
    /// <param name="drift">Growth of the expected price per year.</param>
    /// <param name="volatility">Volatility, above 0.</param>
    /// <param name="years">Horizon in years, at least 0.</param>
    /// <param name="interval">Years between two looks, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double BelowWatched(
        double spot, double barrier, double drift, double volatility, double years, double interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interval);
        var shifted = barrier * LaneMath.Exp(-Overshoot * volatility * Math.Sqrt(interval));
        return Below(spot, shifted, drift, volatility, years);
    }
}
