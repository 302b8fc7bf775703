namespace ScenarioGrid.Models.Lending;

/// <summary>Where the price comes to rest when liquidations sell into the pool that the oracle reads.</summary>
/// <param name="Price">Price at rest, dollars per token.</param>
/// <param name="Sold">Tokens sold by liquidations.</param>
/// <param name="Gain">Loop gain c |dP/dS| at rest; at 1 and above the fall feeds itself
/// until nothing is left to sell.</param>
/// <remarks>
/// <para>Pool of base x and invariant k = x y, price k/x^2. Below a price T every dollar of fall sells c tokens:</para>
/// <code>
/// P = k / (x + S)^2,  S = min(c max(T - P, 0), cap)      |dP/dS| = 2 P / (x + S)
/// </code>
/// <para>S grows concavely with the fall it causes, so where the price starts below T there is one rest point; it is
/// found by 60 bisections. Source: own derivation.</para>
/// </remarks>
public readonly record struct LiquidationSpiral(double Price, double Sold, double Gain)
{
    /// <summary>The loop gain c 2 P / x of a constant-product pool.</summary>
    public static double GainOf(double tokensPerDollar, double price, double x) => tokensPerDollar * 2 * price / x;

    /// <summary>How much a small fall is amplified, 1/(1 - G), for a gain below 1.</summary>
    public static double Amplification(double gain) => 1 / (1 - gain);

    /// <summary>Solves the rest point.</summary>
    /// <param name="x">Base reserve after the shock, before liquidations.</param>
    /// <param name="y">Quote reserve after the shock.</param>
    /// <param name="tokensPerDollar">c: tokens that liquidations sell per dollar of price fall.</param>
    /// <param name="start">T: the price below which liquidations begin.</param>
    /// <param name="cap">Tokens there are to liquidate.</param>
    public static LiquidationSpiral Solve(double x, double y, double tokensPerDollar, double start, double cap)
    {
        var k = x * y;
        double low = 0, high = y / x < start ? cap : 0;
        for (var step = 0; step < 60; step++)
        {
            var sold = (low + high) / 2;
            var wanted = Math.Min(tokensPerDollar * Math.Max(start - PriceAt(sold), 0), cap);
            (low, high) = wanted > sold ? (sold, high) : (low, sold);
        }

        var price = PriceAt(high);
        return new LiquidationSpiral(price, high, GainOf(tokensPerDollar, price, x + high));

        double PriceAt(double sold) => k / ((x + sold) * (x + sold));
    }
}
