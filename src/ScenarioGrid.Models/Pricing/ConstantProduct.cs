using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>The constant-product pool: reserves x (base) and y (quote), k = x y, fee phi on the input, g = 1 -
/// phi.</summary>
/// <remarks>
/// <code>
/// out(d) = g d R_out / (R_in + g d)           in(o) = R_in o / (g (R_out - o))         spot = y / x
/// depth up to a relative move u:               buy y (sqrt(1+u) - 1), sell y (1 - sqrt(1-u)), in quote, fee aside
/// arbitrage to the fair price p:               buys base where p > spot/g, sells base where p &lt; g spot, else
/// nothing
/// loss versus rebalancing of value V:          sigma^2/8 V a year; exactly V (1 - exp(-sigma^2 dt/8)) a step
/// impermanent loss at price ratio r:           2 sqrt(r) / (1 + r) - 1
/// </code>
/// <para>The fee stays in the pool, as in Uniswap v2. The overloads on one double give the bits of the vector
/// form.</para>
/// <para>Sources: Uniswap v2-core (getAmountOut, getAmountIn), v2-periphery (computeProfitMaximizingTrade); Milionis,
/// Moallemi, Roughgarden and Zhang, "Automated market making and loss-versus-rebalancing" (2022); Milionis, Moallemi
/// and Roughgarden, "Automated market making and arbitrage profits in the presence of fees" (2023).</para>
/// </remarks>
public static class ConstantProduct
{
    /// <summary>Output for an input, both in units of their reserve; at least 0, below <paramref
    /// name="reserveOut"/>.</summary>
    public static Vec Out(Vec input, Vec reserveIn, Vec reserveOut, Vec gamma)
    {
        var net = gamma * input;
        return net * reserveOut / (reserveIn + net);
    }

    /// <inheritdoc cref="Out(Vec, Vec, Vec, Vec)"/>
    public static double Out(double input, double reserveIn, double reserveOut, double gamma) =>
        Out(new Vec(input), reserveIn, reserveOut, gamma)[0];

    /// <summary>Input that an output below <paramref name="reserveOut"/> costs.</summary>
    public static Vec In(Vec output, Vec reserveIn, Vec reserveOut, Vec gamma) =>
        reserveIn * output / (gamma * (reserveOut - output));

    /// <inheritdoc cref="In(Vec, Vec, Vec, Vec)"/>
    public static double In(double output, double reserveIn, double reserveOut, double gamma) =>
        In(new Vec(output), reserveIn, reserveOut, gamma)[0];

    /// <summary>Quote that buyers may spend before the spot is up by the fraction <paramref name="move"/>, fee
    /// aside.</summary>
    public static double BuyDepth(double reserveQuote, double move) => reserveQuote * (Math.Sqrt(1 + move) - 1);

    /// <summary>Quote that sellers take before the spot is down by the fraction <paramref name="move"/> of [0,
    /// 1].</summary>
    public static double SellDepth(double reserveQuote, double move) => reserveQuote * (1 - Math.Sqrt(1 - move));

    /// <summary>Quote paid to lift the spot to <paramref name="multiple"/> (at least 1) times itself, the fee kept
    /// aside.</summary>
    public static Vec QuoteToMultiple(Vec reserveQuote, Vec multiple, Vec gamma) =>
        reserveQuote * (Vec.Sqrt(multiple) - 1.0) / gamma;

    /// <summary>Base sold to lower the spot to <paramref name="multiple"/> (in (0, 1]) times itself, the fee kept
    /// aside.</summary>
    public static Vec BaseToMultiple(Vec reserveBase, Vec multiple, Vec gamma) =>
        reserveBase * (1.0 / Vec.Sqrt(multiple) - 1.0) / gamma;

    /// <summary>Input that makes the ratio in/out of the reserves <paramref name="multiple"/> times what it
    /// was.</summary>
    /// <remarks>
    /// With the fee left in the pool the input d solves (R + d)(R + g d) = m R^2, so
    /// d = 2 (m - 1) R / (1 + g + sqrt((1 + g)^2 + 4 g (m - 1))), which loses no digits near m = 1. At least 0.
    /// </remarks>
    public static Vec InputToMultiple(Vec reserveIn, Vec multiple, Vec gamma)
    {
        var above = Vec.Max(multiple - 1.0, Vec.Zero);
        var sum = 1.0 + gamma;
        return 2.0 * above * reserveIn / (sum + Vec.Sqrt(Vec.Fma(4.0 * gamma, above, sum * sum)));
    }

    /// <summary>What an arbitrageur with the fair price pays in; both are 0 inside the band [g spot, spot/g].</summary>
    /// <param name="reserveBase">Base reserve x, positive.</param>
    /// <param name="reserveQuote">Quote reserve y, positive.</param>
    /// <param name="gamma">1 - fee.</param>
    /// <param name="fair">Fair price, quote per base, positive.</param>
    public static Arbitrage ArbitrageTo(Vec reserveBase, Vec reserveQuote, Vec gamma, Vec fair)
    {
        var rootK = Vec.Sqrt(gamma * (reserveBase * reserveQuote));
        var rootPrice = Vec.Sqrt(fair);
        var quoteNet = Vec.Max(rootK * rootPrice - reserveQuote, Vec.Zero);
        var baseNet = Vec.Max(rootK / rootPrice - reserveBase, Vec.Zero);
        var quoteIn = quoteNet / gamma;
        var baseIn = baseNet / gamma;
        var baseOut = quoteNet * reserveBase / (reserveQuote + quoteNet);
        var quoteOut = baseNet * reserveQuote / (reserveBase + baseNet);
        return Arbitrage.At(fair, quoteIn, baseOut, baseIn, quoteOut);
    }

    /// <summary>Share of the value lost against the initial holding when the price is <paramref name="ratio"/> times
    /// as high.</summary>
    public static Vec ImpermanentLoss(Vec ratio) => 2.0 * Vec.Sqrt(ratio) / (1.0 + ratio) - 1.0;

    /// <inheritdoc cref="ImpermanentLoss(Vec)"/>
    public static double ImpermanentLoss(double ratio) => ImpermanentLoss(new Vec(ratio))[0];

    /// <summary>Loss versus rebalancing per year as a share of the pool's value.</summary>
    public static double LossRate(double volatility) => volatility * volatility / 8;

    /// <summary>Expected loss versus rebalancing of a step, as a share of the value: arbitraged each step, no fee, no
    /// drift.</summary>
    public static double ExpectedLoss(double volatility, double years) =>
        -LaneMath.Expm1(-LossRate(volatility) * years);

    /// <summary>Share of Poisson blocks in which an arbitrage pays.</summary>
    /// <param name="volatility">Per square root of the time unit of the rate.</param>
    /// <param name="blockRate">Blocks per unit of time.</param>
    /// <param name="fee">Fee as a log-price, g = -ln(1 - phi); phi itself is close.</param>
    public static double TradeProbability(double volatility, double blockRate, double fee) =>
        1 / (1 + Math.Sqrt(2 * blockRate) / volatility * fee);

    /// <summary>Expected arbitrage profit per unit of time as a share of the value, with fees and Poisson
    /// blocks.</summary>
    /// <inheritdoc cref="TradeProbability"/>
    public static double ArbitrageRate(double volatility, double blockRate, double fee)
    {
        var halfFee = LaneMath.Exp(fee / 2);
        var cosh = 0.5 * (halfFee + 1 / halfFee);
        return LossRate(volatility) * TradeProbability(volatility, blockRate, fee) * cosh
            / (1 - LossRate(volatility) / blockRate);
    }
}

/// <summary>An arbitrage trade: at most one of its two directions is not 0.</summary>
/// <param name="QuoteIn">Quote paid in.</param>
/// <param name="BaseOut">Base taken for it.</param>
/// <param name="BaseIn">Base paid in.</param>
/// <param name="QuoteOut">Quote taken for it.</param>
/// <param name="Profit">Gain at the fair price before gas, in quote.</param>
public readonly record struct Arbitrage(Vec QuoteIn, Vec BaseOut, Vec BaseIn, Vec QuoteOut, Vec Profit)
{
    /// <summary>A trade and its gain at the fair price.</summary>
    public static Arbitrage At(Vec fair, Vec quoteIn, Vec baseOut, Vec baseIn, Vec quoteOut) =>
        new(quoteIn, baseOut, baseIn, quoteOut, (baseOut - baseIn) * fair + (quoteOut - quoteIn));
}
