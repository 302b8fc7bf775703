using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>What it takes to move a time-weighted mean over n blocks by holding the spot for m of them.</summary>
/// <remarks>
/// <code>
/// spot multiple q for an oracle multiple T:    geometric T^(n/m)      arithmetic (n T - (n - m))/m
///                                              exponential T^(1/(1 - (1 - a)^m)) with weight a a block
/// pool with value R on each side, fee aside:   pays in R (sqrt(q) - 1), receives R (1 - 1/sqrt(q)),
///                                              loses R (sqrt(q) + 1/sqrt(q) - 2) when arbitrage reverts it
/// </code>
/// <para>The loss is y (sqrt(q) - 1)^2 / sqrt(q) with y the quote reserve.</para>
/// <para>Sources: M. Bentley, "Manipulating Uniswap v3 TWAP oracles" (Euler, 2021); Mackinga, Nadahalli and
/// Wattenhofer, "TWAP oracle attacks: easier done than said?" (2022).</para>
/// </remarks>
public static class TwapManipulation
{
    /// <summary>Spot multiple that moves a geometric mean of n blocks by the multiple in m blocks.</summary>
    public static double GeometricSpot(double multiple, double window, double held) =>
        LaneMath.Pow(multiple, window / held);

    /// <summary>Spot multiple that moves an arithmetic mean of n blocks by the multiple in m blocks.</summary>
    public static double ArithmeticSpot(double multiple, double window, double held) =>
        (window * multiple - (window - held)) / held;

    /// <summary>Spot multiple that moves an exponential mean of ln price by the multiple in m blocks.</summary>
    /// <param name="multiple">Multiple of the oracle.</param>
    /// <param name="weight">Weight of the newest block, in (0, 1].</param>
    /// <param name="held">Blocks held.</param>
    public static double ExponentialSpot(double multiple, double weight, double held) =>
        LaneMath.Pow(multiple, 1 / (1 - LaneMath.Pow(1 - weight, held)));

    /// <summary>Multiple of a geometric mean when k of W seconds (or blocks) stand at the spot multiple m:
    /// m^(k/W).</summary>
    public static double GeometricShift(double spot, double held, double window) =>
        LaneMath.Pow(spot, Math.Min(held, window) / window);

    /// <summary>Multiple of an arithmetic mean when k of W seconds (or blocks) stand at m: 1 + (m - 1) k/W.</summary>
    public static double ArithmeticShift(double spot, double held, double window) =>
        1 + (spot - 1) * Math.Min(held, window) / window;

    /// <summary>Capital paid into a pool with value R on each side to lift its spot to the multiple.</summary>
    public static double CapitalIn(double side, double spot) => side * (Math.Sqrt(spot) - 1);

    /// <summary>Value at the fair price of what the capital buys.</summary>
    public static double Received(double side, double spot) => side * (1 - 1 / Math.Sqrt(spot));

    /// <summary>Loss of one block when arbitrage brings the price back, without fees.</summary>
    public static Vec Loss(Vec side, Vec spot)
    {
        var root = Vec.Sqrt(spot);
        return side * (root - 1.0) * (root - 1.0) / root;
    }

    /// <inheritdoc cref="Loss(Vec, Vec)"/>
    public static double Loss(double side, double spot) => Loss(new Vec(side), spot)[0];

    /// <summary>Shift e above which one block at m e costs less than m blocks at e, for an arithmetic mean.</summary>
    /// <remarks>Root of C(1 + m e) = m C(1 + e) by bisection in ln e on [1e-3, 1e3], 100 halvings.</remarks>
    public static double SingleBlockCrossover(int blocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 2);
        double low = 1e-3, high = 1e3;
        for (var i = 0; i < 100; i++)
        {
            var shift = Math.Sqrt(low * high);
            var singleIsCheaper = Loss(1.0, 1 + blocks * shift) < blocks * Loss(1.0, 1 + shift);
            (low, high) = singleIsCheaper ? (low, shift) : (shift, high);
        }

        return Math.Sqrt(low * high);
    }

    /// <summary>Reserve value a side must have for a manipulation by the multiple to cost what it can win.</summary>
    public static double SideNeeded(double winnable, double spot) => winnable / Loss(1.0, spot);

    /// <summary>Reserves before a swap, from its amounts and the move of the price: what an attack's traces tell of a
    /// pool.</summary>
    /// <param name="paid">Input of the swap.</param>
    /// <param name="received">Output of the swap.</param>
    /// <param name="gamma">1 - fee.</param>
    /// <param name="multiple">Price after over price before, fee in the pool, above 1.</param>
    /// <returns>Reserve of the input and of the output.</returns>
    public static (double In, double Out) ImpliedReserves(double paid, double received, double gamma, double multiple)
    {
        // (R + d)(R + g d) = m R^2, solved for R; then out = g d Q / (R + g d) for Q.
        var sum = 1 + gamma;
        var reserve = paid * (sum + Math.Sqrt(sum * sum + 4 * gamma * (multiple - 1))) / (2 * (multiple - 1));
        return (reserve, received * (reserve + gamma * paid) / (gamma * paid));
    }
}
