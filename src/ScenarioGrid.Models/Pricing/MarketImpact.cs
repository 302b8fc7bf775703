using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>How far an order moves a price: impact laws and the schedule that costs least.</summary>
/// <remarks>
/// <code>
/// Almgren     permanent I = 0.314 sigma (X/V) (T/V)^(1/4)      temporary K = 0.142 sigma (X / (V t))^(3/5)
///             cost of the trade J = I/2 + K       sigma a day, V shares a day, T shares outstanding, t days
/// square root I = Y sigma sqrt(Q/V)
/// power depth depth within the displacement d is A d^b:  marginal d = (Q/A)^(1/b), average d b/(b+1)
/// block book  density q per unit of price, recovery r: best over the time T are blocks X/(rT+2) at both ends and the
///             rate rX/(rT+2) between them; it costs X^2 / (q (rT+2))
/// </code>
/// <para>Sources: Almgren, Thum, Hauptmann and Li, "Direct estimation of equity market impact" (2005), coefficients
/// from memory; Obizhaeva and Wang, "Optimal trading strategy and supply/demand dynamics" (2013).</para>
/// </remarks>
public static class MarketImpact
{
    /// <summary>Permanent impact as a share of the price.</summary>
    /// <param name="dailyVolatility">Standard deviation of the daily return.</param>
    /// <param name="volumeShare">Order over the volume of a day.</param>
    /// <param name="outstandingDays">Units outstanding over the volume of a day.</param>
    public static double Permanent(double dailyVolatility, double volumeShare, double outstandingDays) =>
        0.314 * dailyVolatility * volumeShare * Math.Sqrt(Math.Sqrt(outstandingDays));

    /// <summary>Temporary impact as a share of the price.</summary>
    /// <param name="dailyVolatility">Standard deviation of the daily return.</param>
    /// <param name="volumeShare">Order over the volume of a day.</param>
    /// <param name="days">Days over which it is traded, positive.</param>
    public static double Temporary(double dailyVolatility, double volumeShare, double days) =>
        0.142 * dailyVolatility * LaneMath.Pow(volumeShare / days, 0.6);

    /// <summary>Square-root law, as a share of the price; the constant is about 1.</summary>
    public static double SquareRoot(double dailyVolatility, double volumeShare, double constant = 1) =>
        constant * dailyVolatility * Math.Sqrt(volumeShare);

    /// <summary>Displacement of the price after an order of a size, where depth within d is A d^b.</summary>
    public static double PowerDepthMarginal(double size, double scale, double power) =>
        LaneMath.Pow(size / scale, 1 / power);

    /// <summary>Average displacement that the order paid.</summary>
    public static double PowerDepthAverage(double size, double scale, double power) =>
        PowerDepthMarginal(size, scale, power) * power / (power + 1);

    /// <summary>Cheapest way to trade an amount in a book that recovers.</summary>
    /// <param name="amount">Amount X to trade.</param>
    /// <param name="recovery">Recovery r per unit of time.</param>
    /// <param name="time">Time T.</param>
    /// <param name="density">Amount q per unit of price.</param>
    public static BlockSchedule Schedule(double amount, double recovery, double time, double density)
    {
        var parts = recovery * time + 2;
        return new BlockSchedule(amount / parts, recovery * amount / parts, amount * amount / (density * parts));
    }
}

/// <summary>Two equal blocks and a constant rate between them.</summary>
/// <param name="Block">First and last trade.</param>
/// <param name="Rate">Amount per unit of time between them.</param>
/// <param name="Cost">Cost against the price before the first trade, permanent impact aside.</param>
public readonly record struct BlockSchedule(double Block, double Rate, double Cost);
