using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>What a quote loses to those who see the price earlier.</summary>
/// <remarks>
/// <code>
/// E|dS|/S = sigma sqrt(latency) sqrt(2/pi)
/// </code>
/// <para>Source: mean absolute value of a normal log-return over the latency.</para>
/// </remarks>
public static class StaleQuote
{
    /// <summary>Mean move of the price while a quote is late, as a share of the price.</summary>
    /// <param name="volatility">Per square root of a year.</param>
    /// <param name="seconds">How late the quote is, at least 0.</param>
    public static Vec MeanMove(Vec volatility, Vec seconds) =>
        TwapLag.MeanAbsolute(1) * volatility * Vec.Sqrt(seconds * (1 / Tick.YearSeconds));
}
