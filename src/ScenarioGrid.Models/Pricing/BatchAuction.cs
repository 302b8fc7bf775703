namespace ScenarioGrid.Models.Pricing;

/// <summary>Result of a batch.</summary>
/// <param name="Volume">Base that changes hands.</param>
/// <param name="Price">Price of all of it: the middle of the prices with that volume; 0 without any.</param>
/// <param name="PriceLow">Lowest price with that volume.</param>
/// <param name="PriceHigh">Highest price with that volume.</param>
public readonly record struct BatchResult(double Volume, double Price, double PriceLow, double PriceHigh);

/// <summary>Frequent batch auction: all orders of a batch trade at one price, that with the largest volume.</summary>
/// <remarks>
/// <code>
/// volume(p) = min(bids at p or above, asks at p or below)        price = middle of the p with the largest volume
/// orders at the marginal price are filled in proportion to their size
/// </code>
/// <para>Source: Budish, Cramton and Shim, "The high-frequency trading arms race" (2015); ties by own choice.</para>
/// </remarks>
public static class BatchAuction
{
    /// <summary>Clears a batch.</summary>
    /// <param name="bids">Buy orders in any order.</param>
    /// <param name="asks">Sell orders in any order.</param>
    public static BatchResult Clear(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        double volume = 0, low = 0, high = 0;
        for (var n = 0; n < bids.Length + asks.Length; n++)
        {
            var price = n < bids.Length ? bids[n].Price : asks[n - bids.Length].Price;
            var traded = Math.Min(Demand(bids, price), Supply(asks, price));
            if (traded > volume)
            {
                (volume, low, high) = (traded, price, price);
            }
            else if (traded == volume && volume > 0)
            {
                (low, high) = (Math.Min(low, price), Math.Max(high, price));
            }
        }

        return new BatchResult(volume, 0.5 * (low + high), low, high);
    }

    /// <summary>Filled amount of the asks at a limit price; those below it come first.</summary>
    public static double AskFill(ReadOnlySpan<BookLevel> asks, double limit, double volume)
    {
        double better = 0, same = 0;
        foreach (var ask in asks)
        {
            better += ask.Price < limit ? ask.Size : 0;
            same += ask.Price == limit ? ask.Size : 0;
        }

        return Math.Clamp(volume - better, 0, same);
    }

    private static double Demand(ReadOnlySpan<BookLevel> bids, double price)
    {
        var sum = 0.0;
        foreach (var bid in bids)
        {
            sum += bid.Price >= price ? bid.Size : 0;
        }

        return sum;
    }

    private static double Supply(ReadOnlySpan<BookLevel> asks, double price)
    {
        var sum = 0.0;
        foreach (var ask in asks)
        {
            sum += ask.Price <= price ? ask.Size : 0;
        }

        return sum;
    }
}
