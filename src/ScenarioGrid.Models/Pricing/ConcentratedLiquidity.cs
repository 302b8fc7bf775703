using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Concentrated liquidity: within a range of prices a pool trades like a constant product of its own depth L,
/// s = sqrt(price), price in quote per base.</summary>
/// <remarks>
/// <code>
/// base between s_a &lt; s_b = L (1/s_a - 1/s_b)        quote between = L (s_b - s_a)
/// after base b in:  L s / (L + b s)                  after quote q in:  s + q/L
/// position [a, b]:  base L (1/max(s,a) - 1/b)+,  quote L (min(s,b) - a)+,  value in range L (2 s - s^2/b - a)
/// loss versus rebalancing = L sigma^2 s / 4 a year in range, 0 outside
/// tick t:           s = 1.0001^(t/2)
/// </code>
/// <para>Sources: Uniswap v3-core @d8b1c635 (SqrtPriceMath, SwapMath, TickMath); Milionis et al., "Automated market
/// making and loss-versus-rebalancing" (2022).</para>
/// </remarks>
public static class ConcentratedLiquidity
{
    /// <summary>Lowest and highest tick of Uniswap v3.</summary>
    public const int TickMin = -887_272, TickMax = 887_272;

    /// <summary>ln 1.0001.</summary>
    private const double LogBase = 9.9995000333308353e-05;

    /// <summary>Root of the price after base came in.</summary>
    public static Vec AfterBase(Vec root, Vec liquidity, Vec baseIn) =>
        liquidity * root / Vec.Fma(baseIn, root, liquidity);

    /// <inheritdoc cref="AfterBase(Vec, Vec, Vec)"/>
    public static double AfterBase(double root, double liquidity, double baseIn) =>
        AfterBase(new Vec(root), liquidity, baseIn)[0];

    /// <summary>Root of the price after quote came in.</summary>
    public static Vec AfterQuote(Vec root, Vec liquidity, Vec quoteIn) => root + quoteIn / liquidity;

    /// <inheritdoc cref="AfterQuote(Vec, Vec, Vec)"/>
    public static double AfterQuote(double root, double liquidity, double quoteIn) =>
        AfterQuote(new Vec(root), liquidity, quoteIn)[0];

    /// <summary>Base that liquidity holds between two roots of prices, the lower one first.</summary>
    public static Vec Base(Vec low, Vec high, Vec liquidity) => liquidity * (high - low) / (low * high);

    /// <inheritdoc cref="Base(Vec, Vec, Vec)"/>
    public static double Base(double low, double high, double liquidity) => Base(new Vec(low), high, liquidity)[0];

    /// <summary>Quote that liquidity holds between two roots of prices, the lower one first.</summary>
    public static Vec Quote(Vec low, Vec high, Vec liquidity) => liquidity * (high - low);

    /// <inheritdoc cref="Quote(Vec, Vec, Vec)"/>
    public static double Quote(double low, double high, double liquidity) => liquidity * (high - low);

    /// <summary>Value of a position in quote.</summary>
    /// <param name="root">Root of the price.</param>
    /// <param name="low">Root of the lowest price of the range.</param>
    /// <param name="high">Root of its highest price.</param>
    /// <param name="liquidity">Depth L.</param>
    public static double Value(double root, double low, double high, double liquidity)
    {
        var at = Math.Clamp(root, low, high);
        return Base(at, high, liquidity) * root * root + Quote(low, at, liquidity);
    }

    /// <summary>Loss versus rebalancing per year as a share of the position's value; 0 out of range.</summary>
    /// <inheritdoc cref="Value"/>
    public static double LossRate(double volatility, double root, double low, double high) =>
        root > low && root < high ? volatility * volatility * root / (4 * Value(root, low, high, 1)) : 0;

    /// <summary>How many times the value of a position a pool over all prices of the same depth holds.</summary>
    /// <inheritdoc cref="Value"/>
    public static double Efficiency(double root, double low, double high) => 2 * root / Value(root, low, high, 1);

    /// <summary>Root of the price at a tick; error below 1e-14.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tick is beyond those of Uniswap v3.</exception>
    public static double RootAt(int tick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tick, TickMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tick, TickMax);
        return LaneMath.Exp(0.5 * LogBase * tick);
    }

    /// <summary>Highest tick whose price is not above that of the root.</summary>
    public static int TickAt(double root)
    {
        var tick = Math.Clamp((int)Math.Floor(2 / LogBase * LaneMath.Log(root)), TickMin, TickMax);
        while (tick < TickMax && RootAt(tick + 1) <= root)
        {
            tick++;
        }

        while (tick > TickMin && RootAt(tick) > root)
        {
            tick--;
        }

        return tick;
    }
}
