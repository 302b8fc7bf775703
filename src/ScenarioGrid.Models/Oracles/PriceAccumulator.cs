namespace ScenarioGrid.Models.Oracles;

/// <summary>The accumulators of a Uniswap v2 pair: the price and its inverse, each summed over time.</summary>
/// <param name="Seconds">Time of the last touch.</param>
/// <param name="Price">Sum of quote per base times seconds.</param>
/// <param name="Inverse">Sum of base per quote times seconds; its mean is not 1 over the mean of the price.</param>
/// <remarks>Source: Uniswap v2-core @ee547b17, UniswapV2Pair._update, in doubles.</remarks>
public readonly record struct PriceAccumulator(double Seconds, double Price, double Inverse)
{
    /// <summary>The accumulators after the reserves stood as they are up to a later time.</summary>
    public PriceAccumulator Advance(double reserveBase, double reserveQuote, double seconds) => new(
        Seconds + seconds,
        Price + reserveQuote / reserveBase * seconds,
        Inverse + reserveBase / reserveQuote * seconds);

    /// <summary>Mean price and mean inverse price since an earlier reading.</summary>
    public (double Price, double Inverse) MeanSince(PriceAccumulator earlier) => (
        (Price - earlier.Price) / (Seconds - earlier.Seconds),
        (Inverse - earlier.Inverse) / (Seconds - earlier.Seconds));
}
