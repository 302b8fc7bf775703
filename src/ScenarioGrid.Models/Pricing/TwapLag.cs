using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>How far a smoothed price lags behind a price that diffuses with volatility sigma.</summary>
/// <remarks>
/// <code>
/// geometric mean over W:            ln(mean/price) ~ N(-(mu - sigma^2/2) W/2, sigma^2 W/3)
/// n prices of ages 1..n blocks:     variance sigma^2 dt (n + 1)(2n + 1)/(6 n)
/// exponential mean, time constant:  variance sigma^2 tau/2, lag mu tau
/// jump J at age a:                  error -J (1 - a/W) while a &lt; W
/// </code>
/// <para>Source: own derivation from the integral of Brownian motion.</para>
/// </remarks>
public static class TwapLag
{
    private const double RootTwoOverPi = 0.7978845608028654;

    /// <summary>Standard deviation of the error of a geometric mean over the window.</summary>
    /// <param name="volatility">Per square root of a year.</param>
    /// <param name="windowSeconds">Window.</param>
    public static double Deviation(double volatility, double windowSeconds) =>
        volatility * Math.Sqrt(windowSeconds / Tick.YearSeconds / 3);

    /// <summary>The same for n prices, one a block, the newest one block old.</summary>
    public static double DeviationOfBlocks(double volatility, double blockSeconds, double blocks) =>
        volatility * Math.Sqrt(blockSeconds / Tick.YearSeconds * (blocks + 1) * (2 * blocks + 1) / (6 * blocks));

    /// <summary>The same for an exponential mean with this time constant.</summary>
    public static double DeviationOfExponential(double volatility, double constantSeconds) =>
        volatility * Math.Sqrt(constantSeconds / Tick.YearSeconds / 2);

    /// <summary>Mean absolute value of a centred normal with this deviation.</summary>
    public static double MeanAbsolute(double deviation) => deviation * RootTwoOverPi;

    /// <summary>Error left of a jump of the log-price at an age in the window.</summary>
    public static double ErrorOfJump(double jump, double age, double window) => -jump * Math.Max(1 - age / window, 0);

    /// <summary>Factor that a liquidation threshold needs so that the lag eats it up with the probability of z
    /// only.</summary>
    public static double ThresholdBuffer(double volatility, double windowSeconds, double z) =>
        LaneMath.Exp(-z * Deviation(volatility, windowSeconds));

    /// <summary>Mean seconds until a driftless log-price leaves a band of +-threshold: threshold^2 / sigma^2.</summary>
    public static double ExitSeconds(double volatility, double threshold) =>
        threshold * threshold / (volatility * volatility) * Tick.YearSeconds;

    /// <summary>Mean seconds between pushes of a feed that also pushes after its heartbeat.</summary>
    /// <remarks>
    /// Integral over [0, H] of P(t) = 4/pi sum (-1)^k/(2k+1) exp(-c_k t), c_k = (2k+1)^2 pi^2 sigma^2/(8 threshold^2),
    /// taken as the mean exit time less the integral over [H, inf), whose terms vanish fast. A heartbeat below a
    /// thousandth of the exit time always comes first.
    /// </remarks>
    public static double PushSeconds(double volatility, double threshold, double heartbeatSeconds)
    {
        var exit = ExitSeconds(volatility, threshold);
        if (heartbeatSeconds < 1e-3 * exit)
        {
            return heartbeatSeconds;
        }

        var first = Math.PI * Math.PI / (8 * exit);
        var later = 0.0;
        for (var k = 127; k >= 0; k--)
        {
            var odd = 2 * k + 1;
            var rate = odd * odd * first;
            var term = LaneMath.Exp(-rate * heartbeatSeconds) / (rate * odd);
            later += k % 2 == 0 ? term : -term;
        }

        return exit - 4 / Math.PI * later;
    }
}
