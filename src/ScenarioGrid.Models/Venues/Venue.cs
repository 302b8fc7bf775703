using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>What routers, lenders, oracles and attackers find at every venue: where orders go, what became of them, and
/// how deep it is.</summary>
/// <remarks>
/// <para>Depths are net of fee, taken from the spot at the end of the tick. Between two of them a reader takes
/// liquidity as constant, as <see cref="ConcentratedLiquidity"/> has it.</para>
/// </remarks>
/// <param name="isLadder">True where the depths tell how deep it is, false for a constant product, whose reserves
/// do.</param>
public abstract class Venue(bool isLadder) : Component
{
    /// <inheritdoc cref="LiquidityLadder.Percent"/>
    private protected const int Percent = LiquidityLadder.Percent;

    private const double MultipleMin = 1e-6, MultipleMax = 1e6;

    /// <summary>Market price.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price");

    /// <summary>Realised volatility of the market.</summary>
    public Lane<Volatility> MarketVolatility { get; } = Lane.Input<Volatility>("market.volatility");

    /// <summary>Multiple of the liquidity that comes with the regime of the market.</summary>
    public Lane<Number> MarketLiquidity { get; } = Lane.Input<Number>("market.liquidityScale", absent: 1);

    /// <summary>1 while the chain that settles is up; 1 without a chain.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>Base to sell in this tick.</summary>
    public Lane<Token> Sell { get; } = Lane.Inbox<Token>();

    /// <summary>Quote to spend on base in this tick.</summary>
    public Lane<Usd> Buy { get; } = Lane.Inbox<Usd>();

    /// <summary>Liquidity that shocks leave, as a multiple of what there would be; limited to [1e-6, 1e6].</summary>
    public Lane<Number> LiquidityMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>Base held: in a pool, and behind the asks of a book.</summary>
    [Holds("base")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> ReserveBase { get; } = Lane.Output<Token>();

    /// <summary>Quote held: in a pool, and behind the bids of a book.</summary>
    [Holds("usd")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> ReserveQuote { get; } = Lane.Output<Usd>();

    /// <summary>Price before fee at the end of the tick: the marginal one of a pool; of a book the middle of the best
    /// bid and ask, or the makers' price where one is missing.</summary>
    public Lane<UsdPerToken> Spot { get; } = Lane.Output<UsdPerToken>(1);

    /// <summary>Average price of the orders that sold; the best price after the fee where none did.</summary>
    public Lane<UsdPerToken> AverageSellPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Average price of the orders that bought; the best price with the fee where none did.</summary>
    public Lane<UsdPerToken> AverageBuyPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Base sold by orders in this tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> SoldBase { get; } = Lane.Output<Token>();

    /// <summary>Quote paid out for it.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Proceeds { get; } = Lane.Output<Usd>();

    /// <summary>Quote spent by orders in this tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> SpentQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base paid out for it.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> BoughtBase { get; } = Lane.Output<Token>();

    /// <summary>1 while orders are taken: 0 while the chain is down or the breaker of a pool is open, and without its
    /// sequencer for a book that has no pool.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsUp { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>Ticks until a sender of an earlier stage can read the result of its order.</summary>
    public Lane<Count> Latency { get; } = Lane.Output<Count>(1);

    /// <summary>0 for a constant product, whose reserves tell its depth; 1 where the ladder of depths does.</summary>
    public Lane<Number> Curve { get; } = Lane.Output<Number>(isLadder ? 1 : 0);

    /// <summary>Base that sellers may bring, net of fee, until the best price is 10, 50, 100, 200 and 1000 bps below
    /// the spot; 0 for a constant product.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepths { get; } = Lane.Output<Token>(rows: LiquidityLadder.Bins);

    /// <summary>Quote that buyers may bring, net of fee, until the best price is as much above the spot; 0 for a
    /// constant product.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepths { get; } = Lane.Output<Usd>(rows: LiquidityLadder.Bins);

    /// <summary>Base that came in; what passes straight through to another is left out.</summary>
    [Enters("base")] public Lane<Token> BaseIn { get; } = Lane.Output<Token>();

    /// <summary>Base that went out, in the same way.</summary>
    [Leaves("base")] public Lane<Token> BaseOut { get; } = Lane.Output<Token>();

    /// <summary>Quote that came in, in the same way.</summary>
    [Enters("usd")] public Lane<Usd> QuoteIn { get; } = Lane.Output<Usd>();

    /// <summary>Quote that went out, in the same way.</summary>
    [Leaves("usd")] public Lane<Usd> QuoteOut { get; } = Lane.Output<Usd>();

    /// <summary>Net buying by orders and users, for markets that answer to it.</summary>
    public Lane<Usd> NetFlow { get; } = Lane.Push<Usd>("market.netFlow");

    /// <summary>Volume of orders and users, and of arbitrageurs at a pool; what crosses is counted once for each
    /// side.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Volume { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Fees: those of a book, and those that stayed in a pool, arbitrageurs' fees among them.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Fees { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Largest shortfall of the price of orders that sold against the spot before them, fee
    /// included.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Slippage { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Users' trades per second above the base rate.</summary>
    public Lane<Number> Excess { get; } = Lane.State<Number>();

    /// <summary>Multiple of the liquidity that shocks and regime leave together.</summary>
    private protected Vec LiquidityWanted(int i) =>
        Vec.Clamp(LiquidityMultiple.Vecs[i] * MarketLiquidity.Vecs[i], MultipleMin, MultipleMax);
}
