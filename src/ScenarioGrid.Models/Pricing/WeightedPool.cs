using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>The weighted (geometric mean) pool: reserves B with weights w that sum to 1, fee phi on the input, g = 1 -
/// phi.</summary>
/// <remarks>
/// <code>
/// invariant = product of B^w
/// out(a)  = B_o (1 - (B_i / (B_i + g a))^(w_i/w_o))         in(o) = B_i/g ((B_o / (B_o - o))^(w_o/w_i) - 1)
/// spot of i in o = (B_o/w_o) / (B_i/w_i)
/// along the curve, when the price of the base is m times as high:   base x m^(w - 1),   quote y m^w
/// loss versus rebalancing = w (1 - w) sigma^2 / 2 of the value a year
/// impermanent loss at price ratio r = r^w / (w r + 1 - w) - 1
/// </code>
/// <para>w without index is the weight of the base. Powers go through log1p and expm1, so small trades lose no digits.
/// </para>
/// <para>Sources: Martinelli and Mushegian, "Balancer" (2019); Balancer v2 WeightedMath; arbitrage:
/// CFMMRouter.jl @5932e42e (geom_arb), Evans, "Liquidity provider returns in geometric mean markets" (2020).</para>
/// </remarks>
public static class WeightedPool
{
    /// <summary>Product of the balances to the power of their weights.</summary>
    /// <exception cref="ArgumentException">The counts differ, a balance is not positive, or the weights do not sum to
    /// 1.</exception>
    public static double Invariant(ReadOnlySpan<double> balances, ReadOnlySpan<double> weights)
    {
        if (balances.Length != weights.Length)
        {
            throw new ArgumentException($"{balances.Length} balances have {weights.Length} weights");
        }

        double sum = 0, exponent = 0;
        for (var i = 0; i < balances.Length; i++)
        {
            if (!(balances[i] > 0))
            {
                throw new ArgumentException($"balance {i} is {balances[i]}; it must be above 0", nameof(balances));
            }

            sum += weights[i];
            exponent += weights[i] * LaneMath.Log(balances[i]);
        }

        return Math.Abs(sum - 1) < 1e-9
            ? LaneMath.Exp(exponent)
            : throw new ArgumentException($"the weights sum to {sum}, not to 1", nameof(weights));
    }

    /// <summary>Output for an input; at least 0, below <paramref name="reserveOut"/>.</summary>
    /// <param name="input">Amount paid in, fee included, at least 0.</param>
    /// <param name="reserveIn">Reserve of what is paid in, positive.</param>
    /// <param name="reserveOut">Reserve of what is taken, positive.</param>
    /// <param name="power">Weight of what is paid in over that of what is taken.</param>
    /// <param name="gamma">1 - fee.</param>
    public static Vec Out(Vec input, Vec reserveIn, Vec reserveOut, double power, Vec gamma) =>
        -reserveOut * LaneMath.Expm1(-power * LaneMath.Log1p(gamma * input / reserveIn));

    /// <inheritdoc cref="Out(Vec, Vec, Vec, double, Vec)"/>
    public static double Out(double input, double reserveIn, double reserveOut, double power, double gamma) =>
        Out(new Vec(input), reserveIn, reserveOut, power, gamma)[0];

    /// <summary>Input that an output below <paramref name="reserveOut"/> costs, fee included.</summary>
    /// <inheritdoc cref="Out(Vec, Vec, Vec, double, Vec)"/>
    public static Vec In(Vec output, Vec reserveIn, Vec reserveOut, double power, Vec gamma) =>
        reserveIn / gamma * LaneMath.Expm1(-(1 / power) * LaneMath.Log1p(-output / reserveOut));

    /// <inheritdoc cref="In(Vec, Vec, Vec, double, Vec)"/>
    public static double In(double output, double reserveIn, double reserveOut, double power, double gamma) =>
        In(new Vec(output), reserveIn, reserveOut, power, gamma)[0];

    /// <summary>Price of the base before fee.</summary>
    public static Vec Spot(Vec reserveBase, Vec reserveQuote, double weightBase) =>
        reserveQuote / reserveBase * (weightBase / (1 - weightBase));

    /// <summary>What an arbitrageur with the fair price pays in; both are 0 inside the band [g spot, spot/g].</summary>
    /// <param name="reserveBase">Base reserve x, positive.</param>
    /// <param name="reserveQuote">Quote reserve y, positive.</param>
    /// <param name="weightBase">Weight of the base.</param>
    /// <param name="gamma">1 - fee.</param>
    /// <param name="fair">Fair price, quote per base, positive.</param>
    public static Arbitrage ArbitrageTo(Vec reserveBase, Vec reserveQuote, double weightBase, Vec gamma, Vec fair)
    {
        var move = fair / Spot(reserveBase, reserveQuote, weightBase);
        var isUp = move > 1.0;
        var target = Vec.Select(isUp, Vec.Max(gamma * move, 1.0), Vec.Min(move / gamma, 1.0));
        var log = LaneMath.Log(target);
        var quoteMore = reserveQuote * LaneMath.Expm1(weightBase * log);
        var baseMore = reserveBase * LaneMath.Expm1((weightBase - 1) * log);
        Vec quoteIn = Vec.Where(isUp, quoteMore / gamma), baseOut = Vec.Where(isUp, -baseMore);
        Vec baseIn = Vec.Where(!isUp, baseMore / gamma), quoteOut = Vec.Where(!isUp, -quoteMore);
        return Arbitrage.At(fair, quoteIn, baseOut, baseIn, quoteOut);
    }

    /// <summary>Share of the value lost against the first holding when the price is <paramref name="ratio"/> times as
    /// high.</summary>
    public static Vec ImpermanentLoss(Vec ratio, double weightBase) =>
        LaneMath.Exp(weightBase * LaneMath.Log(ratio)) / (weightBase * ratio + (1 - weightBase)) - 1.0;

    /// <summary>Loss versus rebalancing per year as a share of the pool's value.</summary>
    public static Vec LossRate(Vec volatility, double weightBase) =>
        0.5 * weightBase * (1 - weightBase) * volatility * volatility;
}
