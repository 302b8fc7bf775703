using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>Closed forms of Compound v3: an account that fails is absorbed by the protocol, which sells its collateral
/// at a discount.</summary>
/// <remarks>
/// <para>LF is the liquidation factor, sf the store-front factor, P the oracle price:</para>
/// <code>
/// absorb    debt D -> 0;  the account is credited max(C P LF - D, 0)
/// sale      price P (1 - sf (1 - LF))
/// </code>
/// <para>Source: comet, Comet.sol (absorbInternal, quoteCollateral).</para>
/// </remarks>
public static class CometRules
{
    /// <summary>Price that the protocol asks for seized collateral.</summary>
    public static Vec AskPrice(Vec price, double liquidationFactor, double storeFront) =>
        price * (1 - storeFront * (1 - liquidationFactor));

    /// <inheritdoc cref="AskPrice(Vec, double, double)"/>
    public static double AskPrice(double price, double liquidationFactor, double storeFront) =>
        AskPrice(new Vec(price), liquidationFactor, storeFront)[0];

    /// <summary>Tokens that dollars buy from the protocol.</summary>
    public static double QuoteCollateral(double dollars, double price, double liquidationFactor, double storeFront) =>
        dollars / AskPrice(price, liquidationFactor, storeFront);

    /// <summary>What an absorbed account gets back: the value of its collateral, less the penalty, above its
    /// debt.</summary>
    public static Vec Credit(Vec value, Vec debt, double liquidationFactor) =>
        Vec.Max(value * liquidationFactor - debt, Vec.Zero);
}
