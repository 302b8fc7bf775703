using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <summary>A limit order book whose makers follow the market late, widen, and withdraw when it falls.</summary>
/// <remarks>
/// <para>Per path and tick of h seconds, market price p, volatility s, calm volatility s0; see
/// <see cref="BookVenue"/> for all phases:</para>
/// <code>
/// depth     ln D follows -withdrawalByVolatility (s/s0 - 1)+ - withdrawalByDrawdown drawdown + ln multiple,
///           at withdrawalRate downwards and returnRate upwards
/// refill    q(j) += (1 - exp(-ln 2/refillHalfLife D h)) (calm q(j) D - q(j))
/// quotes    anchor (1 +- half-spread) (1 +- d(j)); the anchor is the market price makerLatency ago
/// snipe     quotes that the market has passed meanwhile are taken: the makers' loss
/// match     orders, then users: buys and sells cross at the mid, the rest walks down the levels
/// settle    each tick's matches fail to settle with a probability that rises with volatility and latency
/// </code>
/// <para>Shapes: every lane is [paths], Asks and Bids [levels x paths]. This is the hybrid venue without its pool; the
/// reserves are what stands behind the quotes.</para>
/// <para>Source: see <see cref="BookVenue"/>.</para>
/// </remarks>
[Component("order-book-venue")]
public sealed class OrderBookVenue(OrderBookVenue.Parameters p) : BookVenue(p, capital: 1)
{
    /// <summary>Parameters of the book.</summary>
    public sealed record Parameters : BookParameters;

    private protected override Pool OpenPool(int i) => new() { Gamma = 1.0, PerGamma = 1.0 };

    private protected override void Arbitrage(ref Desk desk, int i)
    {
    }

    private protected override void ClosePool(in Desk desk, int i)
    {
    }
}
