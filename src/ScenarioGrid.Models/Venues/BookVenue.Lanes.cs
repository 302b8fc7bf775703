using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>Lanes.</content>
public abstract partial class BookVenue
{
    /// <summary>Market price.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price");

    /// <summary>Realised volatility of the market.</summary>
    public Lane<Volatility> MarketVolatility { get; } = Lane.Input<Volatility>("market.volatility");

    /// <summary>Multiple of the liquidity that comes with the regime of the market.</summary>
    public Lane<Number> MarketLiquidity { get; } = Lane.Input<Number>("market.liquidityScale", absent: 1);

    /// <summary>1 while the chain that settles is up; 1 without a chain.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>1 while the sequencer that keeps the book is up; 1 without one.</summary>
    public Lane<Fraction> SequencerIsUp { get; } = Lane.Input<Fraction>("sequencer.isUp", absent: 1);

    /// <summary>Base to sell in this tick.</summary>
    public Lane<Token> Sell { get; } = Lane.Inbox<Token>();

    /// <summary>Quote to spend on base in this tick.</summary>
    public Lane<Usd> Buy { get; } = Lane.Inbox<Usd>();

    /// <summary>Depth that shocks leave to the makers, as a multiple of what they would show; limited to [1e-6,
    /// 1e6].</summary>
    public Lane<Number> LiquidityMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>Base behind the asks, and in the pool.</summary>
    [Holds("base")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> ReserveBase { get; } = Lane.Output<Token>();

    /// <summary>Quote behind the bids, and in the pool.</summary>
    [Holds("usd")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> ReserveQuote { get; } = Lane.Output<Usd>();

    /// <summary>Fee of the venue on what a taker gives.</summary>
    [Bounds(0, 0.01)] public Lane<Fraction> Fee { get; } = Lane.Output<Fraction>();

    /// <summary>Middle of the best bid and the best ask of book and pool; the makers' price where one is
    /// missing.</summary>
    public Lane<UsdPerToken> Spot { get; } = Lane.Output<UsdPerToken>(1);

    /// <summary>Average price of the orders that sold; the best bid after the fee where none did.</summary>
    public Lane<UsdPerToken> AverageSellPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Average price of the orders that bought; the best ask with the fee where none did.</summary>
    public Lane<UsdPerToken> AverageBuyPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Base sold by orders in this tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> SoldBase { get; } = Lane.Output<Token>();

    /// <summary>Quote paid out for it.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Proceeds { get; } = Lane.Output<Usd>();

    /// <summary>Quote spent by orders in this tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> SpentQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base paid out for it.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> BoughtBase { get; } = Lane.Output<Token>();

    /// <summary>1 while orders are taken, by the book or by the pool.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsUp { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>Ticks until a sender of an earlier stage can read the result of its order.</summary>
    public Lane<Count> Latency { get; } = Lane.Output<Count>(1);

    /// <summary>1: depth is told by the ladder, not by the reserves.</summary>
    public Lane<Number> Curve { get; } = Lane.Output<Number>(1);

    /// <summary>Base it takes, after the fee, until the best price is 10, 50, 100, 200 and 1000 bps below the
    /// spot.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepths { get; } = Lane.Output<Token>(rows: LiquidityLadder.Bins);

    /// <summary>Quote it takes, after the fee, until the best price is 10, 50, 100, 200 and 1000 bps above the
    /// spot.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepths { get; } = Lane.Output<Usd>(rows: LiquidityLadder.Bins);

    /// <summary>Base that came in; what passes straight through to a maker is left out.</summary>
    [Enters("base")] public Lane<Token> BaseIn { get; } = Lane.Output<Token>();

    /// <summary>Base that went out, in the same way.</summary>
    [Leaves("base")] public Lane<Token> BaseOut { get; } = Lane.Output<Token>();

    /// <summary>Quote that came in, in the same way.</summary>
    [Enters("usd")] public Lane<Usd> QuoteIn { get; } = Lane.Output<Usd>();

    /// <summary>Quote that went out, in the same way.</summary>
    [Leaves("usd")] public Lane<Usd> QuoteOut { get; } = Lane.Output<Usd>();

    /// <summary>Net buying by orders and users, for markets that answer to it.</summary>
    public Lane<Usd> NetFlow { get; } = Lane.Push<Usd>("market.netFlow");

    /// <summary>Volume of orders and users, what crosses counted once for each side.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Volume { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Fees of the venue.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Fees { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Shortfall of the price of orders that sold against the mid before them, fee included; the
    /// largest.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Slippage { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>What takers paid so far above the mid, fee included, over the value that walked down the book; for a
    /// tick's net order up to sizeSmall, users' or others'.</summary>
    public Lane<Fraction> EffectiveHalfSpreadSmall { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>The same for orders between sizeSmall and sizeLarge.</summary>
    public Lane<Fraction> EffectiveHalfSpreadMedium { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>The same for orders from sizeLarge on.</summary>
    public Lane<Fraction> EffectiveHalfSpreadLarge { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Half-spread that makers quote.</summary>
    [Bounds(0, 0.25)] public Lane<Fraction> QuotedHalfSpread { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Depth of the book as a multiple of calm depth, as makers want it; smallest of any tick.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Number> DepthMultiple { get; } = Lane.Output<Number>(1, Over.Min);

    /// <summary>Quote that sellers can take before the best bid is 100 bps below the spot, mean over time.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Depth100 { get; } = Lane.Output<Usd>(0, Over.Mean);

    /// <summary>The same, smallest of any tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Depth { get; } = Lane.Output<Usd>(0, Over.Min);

    /// <summary>Capital behind quotes and in the pool over the depth at 100 bps of both sides; at most a
    /// million.</summary>
    [Bounds(0, 1.000001e6)] public Lane<Number> CapitalPerDepth { get; } = Lane.Output<Number>(0, Over.Mean);

    /// <summary>Time in which a taker finds no bid or no ask.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> TimeWithoutQuotes { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Orders filled by one leg at a worse price than the other still offered: must be 0.</summary>
    [Bounds(0, 0)] public Lane<Count> TradeThroughs { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Loss of the makers to those who take their stale quotes.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> MakerLoss { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Gain of the makers on what takers trade with them, at the market price; below 0 when it has
    /// moved.</summary>
    public Lane<Usd> MakerRevenue { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Value matched in the book whose settlement failed.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> FailedSettlements { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Value matched in the book that is not settled on the chain yet.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Unsettled { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Share of the best price's queue that stands before the tracked orders, mean of both sides.</summary>
    [Bounds(0, 1)] public Lane<Fraction> QueueAhead { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Value of the tracked orders that was filled.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> TrackedFills { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Base at each level of the asks, best first.</summary>
    public Lane<Token> Asks { get; }

    /// <summary>Base wanted at each level of the bids, best first.</summary>
    public Lane<Token> Bids { get; }

    /// <summary>The makers' view of the price.</summary>
    public Lane<UsdPerToken> Anchor { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Quote behind the bids.</summary>
    public Lane<Usd> BidValue { get; } = Lane.State<Usd>();

    /// <summary>Log of the depth multiple.</summary>
    public Lane<Number> LogDepth { get; } = Lane.State<Number>();

    /// <summary>High of the last 24 hours.</summary>
    public Lane<UsdPerToken> High { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Highs of the last eight stretches of three hours.</summary>
    public Lane<UsdPerToken> Highs { get; } = Lane.State<UsdPerToken>(1, HighRows);

    /// <summary>Users' trades per second above the base rate.</summary>
    public Lane<Number> Excess { get; } = Lane.State<Number>();

    /// <summary>Tracked order at the best ask, and what stands before it.</summary>
    public Lane<Token> TrackedAsk { get; } = Lane.State<Token>(0, 2);

    /// <summary>Tracked order at the best bid, and what stands before it.</summary>
    public Lane<Token> TrackedBid { get; } = Lane.State<Token>(0, 2);

    /// <summary>Value and cost of small, medium and large orders so far: rows value, cost, value, ...</summary>
    public Lane<Usd> Paid { get; } = Lane.State<Usd>(0, 6);
}
