using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>What pools add whose reserves do not tell their depth: what their providers earn, and what they leave
/// unfilled.</summary>
public abstract class LadderVenue(PoolVenue.PoolParameters p) : PoolVenue(p, isLadder: true)
{
    /// <summary>Quote that sellers can take before the spot is down by 100 bps, smallest of any tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Depth100 { get; } = Lane.Output<Usd>(0, Over.Min);

    /// <summary>Return of the providers beyond holding the same coins and trading them at the market price: what
    /// trades of users, orders and arbitrageurs left, over the value of the pool.</summary>
    public Lane<Fraction> LpReturn { get; } = Lane.Output<Fraction>(0, Over.Total);

    /// <summary>Largest value of orders in one tick that the pool did not take.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Unfilled { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Moves of the price that the depths are told for.</summary>
    private protected static ReadOnlySpan<double> Moves => LiquidityLadder.PriceMoves;

    internal void PublishOrders(int i, Vec market, Vec earned)
    {
        Vecs lpReturn = LpReturn.Vecs, unfilled = Unfilled.Vecs;
        lpReturn[i] = earned;
        Vec coins = Sell.Vecs[i] - SoldBase.Vecs[i], quote = Buy.Vecs[i] - SpentQuote.Vecs[i];
        unfilled[i] = coins * market + quote;
    }
}
