using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Balancers;

/// <content>Lanes.</content>
public sealed partial class OptimalRouter
{
    /// <summary>Base reserve of each venue.</summary>
    public LaneList<Token> VenueBase { get; } = Lane.Inputs<Token>("venues.reserveBase");

    /// <summary>Quote reserve of each venue.</summary>
    public LaneList<Usd> VenueQuote { get; } = Lane.Inputs<Usd>("venues.reserveQuote");

    /// <summary>Fee of each venue.</summary>
    public LaneList<Fraction> VenueFee { get; } = Lane.Inputs<Fraction>("venues.fee");

    /// <summary>1 for each venue that trades.</summary>
    public LaneList<Fraction> VenueIsUp { get; } = Lane.Inputs<Fraction>("venues.isUp");

    /// <summary>Base that each venue took from sellers in the last tick.</summary>
    public LaneList<Token> VenueSold { get; } = Lane.Inputs<Token>("venues.soldBase");

    /// <summary>Quote that each venue paid them.</summary>
    public LaneList<Usd> VenueProceeds { get; } = Lane.Inputs<Usd>("venues.proceeds");

    /// <summary>Quote that each venue took from buyers in the last tick.</summary>
    public LaneList<Usd> VenueSpent { get; } = Lane.Inputs<Usd>("venues.spentQuote");

    /// <summary>Base that each venue paid them.</summary>
    public LaneList<Token> VenueBought { get; } = Lane.Inputs<Token>("venues.boughtBase");

    /// <summary>Marginal price of each venue.</summary>
    public LaneList<UsdPerToken> VenueSpot { get; } = Lane.Inputs<UsdPerToken>("venues.spot");

    /// <summary>1 for each venue that is told by its ladder, 0 for constant product.</summary>
    public LaneList<Number> VenueCurve { get; } = Lane.Inputs<Number>("venues.curve");

    /// <summary>Base, net of fee, that lowers the price of each ladder venue by 10, 50, 100, 200 and 1000
    /// bps.</summary>
    public LaneList<Token> VenueSellDepths { get; } = Lane.Inputs<Token>("venues.sellDepths", rows: Bins);

    /// <summary>Quote, net of fee, that raises the price of each ladder venue by as much.</summary>
    public LaneList<Usd> VenueBuyDepths { get; } = Lane.Inputs<Usd>("venues.buyDepths", rows: Bins);

    /// <summary>Market price of each venue.</summary>
    public LaneList<UsdPerToken> VenueMarket { get; } = Lane.Inputs<UsdPerToken>("venues/market.price");

    /// <summary>Volatility of the market of each venue.</summary>
    public LaneList<Volatility> VenueVolatility { get; } =
        Lane.Inputs<Volatility>("venues/market.volatility", absent: 0);

    /// <summary>Expected delay until the chain of each venue includes a bid.</summary>
    public LaneList<Second> VenueDelay { get; } = Lane.Inputs<Second>("venues/chain.delay", absent: 0);

    /// <summary>Gas price on the chain of each venue; where a venue has none, that of the router's.</summary>
    public LaneList<Gwei> VenueGasPrice { get; } = Lane.Inputs<Gwei>("venues/chain.gasPrice", absent: 0);

    /// <summary>Price of the native token of the chain of each venue.</summary>
    public LaneList<UsdPerToken> VenueNativePrice { get; } =
        Lane.Inputs<UsdPerToken>("venues/chain.nativePrice", absent: 0);

    /// <summary>Share of bids that the chain of each venue includes.</summary>
    public LaneList<Fraction> VenueInclusion { get; } = Lane.Inputs<Fraction>("venues/chain.inclusion", absent: 1);

    /// <summary>Base sent to each venue.</summary>
    public LaneList<Token> SellLegs { get; } = Lane.Pushes<Token>("venues.sell");

    /// <summary>Quote sent to each venue.</summary>
    public LaneList<Usd> BuyLegs { get; } = Lane.Pushes<Usd>("venues.buy");

    /// <summary>Market price that dispersion is measured against; each venue's own where left out.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price", absent: 0);

    /// <summary>Gas price of a standard bid; 0 without a chain.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice", absent: 0);

    /// <summary>Price of the chain's native token; 0 without a chain.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice", absent: 0);

    /// <summary>1 while the chain is up; 1 without a chain.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>Base that liquidations sell.</summary>
    [Enters("base")] public Lane<Token> Sell { get; } = Lane.Inbox<Token>();

    /// <summary>Quote that liquidations spend on base.</summary>
    [Enters("usd")] public Lane<Usd> Buy { get; } = Lane.Inbox<Usd>();

    /// <summary>Base that users sell.</summary>
    [Enters("base")] public Lane<Token> UserSell { get; } = Lane.Inbox<Token>();

    /// <summary>Quote that users spend on base.</summary>
    [Enters("usd")] public Lane<Usd> UserBuy { get; } = Lane.Inbox<Usd>();

    /// <summary>Base of liquidations that waits for its next try.</summary>
    [Holds("base")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> BacklogBase { get; } = Lane.Output<Token>();

    /// <summary>Quote of liquidations that waits for its next try.</summary>
    [Holds("usd")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BacklogQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base sent to venues in this tick.</summary>
    [Holds("base")] public Lane<Token> FlyingBase { get; } = Lane.State<Token>();

    /// <summary>Quote sent to venues in this tick.</summary>
    [Holds("usd")] public Lane<Usd> FlyingQuote { get; } = Lane.State<Usd>();

    /// <summary>Base of users that waits for its next try.</summary>
    [Holds("base")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> UserBacklogBase { get; } = Lane.Output<Token>();

    /// <summary>Quote of users that waits for its next try.</summary>
    [Holds("usd")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> UserBacklogQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base of users sent to venues in this tick.</summary>
    [Holds("base")] public Lane<Token> UserFlyingBase { get; } = Lane.State<Token>();

    /// <summary>Quote of users sent to venues in this tick.</summary>
    [Holds("usd")] public Lane<Usd> UserFlyingQuote { get; } = Lane.State<Usd>();

    /// <summary>Orders routed so far: whose turn it is.</summary>
    public Lane<Count> Turn { get; } = Lane.State<Count>();

    /// <summary>Base of liquidations in the backlog times the seconds that it has waited.</summary>
    public Lane<Number> Waited { get; } = Lane.State<Number>();

    /// <summary>Base reserves at the last refresh of the quotes.</summary>
    public Lane<Token> QuotedBase { get; } = Lane.State<Token>(rows: p.QuoteInterval.Value > 0 ? VenuesMax : 1);

    /// <summary>Quote reserves at the last refresh of the quotes.</summary>
    public Lane<Usd> QuotedQuote { get; } = Lane.State<Usd>(rows: p.QuoteInterval.Value > 0 ? VenuesMax : 1);

    /// <summary>Spot and depths of ladder venues at the last refresh of the quotes.</summary>
    public Lane<Number> QuotedLadder { get; } =
        Lane.State<Number>(rows: p.QuoteInterval.Value > 0 ? VenuesMax * QuotesPerVenue : 1);

    /// <summary>Base reserves that the next order meets: of the venues that are up (of all where none is).</summary>
    public Lane<Token> ReserveBase { get; } = Lane.Output<Token>();

    /// <summary>Quote reserves that the next order meets.</summary>
    public Lane<Usd> ReserveQuote { get; } = Lane.Output<Usd>();

    /// <summary>Mean fee, weighted by quote reserves.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Fee { get; } = Lane.Output<Fraction>();

    /// <summary>1 where a venue is a ladder: then the depths below tell what the router takes.</summary>
    [Bounds(0, 1)] public Lane<Number> Curve { get; } = Lane.Output<Number>();

    /// <summary>Base, net of fee, that lowers the spot by 10, 50, 100, 200 and 1000 bps, all venues together; 0 without
    /// ladders.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> SellDepths { get; } = Lane.Output<Token>(rows: Bins);

    /// <summary>Quote, net of fee, that raises the spot by as much, all venues together; 0 without ladders.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BuyDepths { get; } = Lane.Output<Usd>(rows: Bins);

    /// <summary>Quote reserves over base reserves; over ladders the mean spot, weighted by depth.</summary>
    public Lane<UsdPerToken> Spot { get; } = Lane.Output<UsdPerToken>(1);

    /// <summary>Average price of what was sold, by liquidations and users; the marginal price if
    /// nothing.</summary>
    public Lane<UsdPerToken> AverageSellPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Average price of what was bought, by liquidations and users; the marginal price if
    /// nothing.</summary>
    public Lane<UsdPerToken> AverageBuyPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Base of liquidations that venues took in the last tick.</summary>
    [Leaves("base")] public Lane<Token> SoldBase { get; } = Lane.Output<Token>();

    /// <summary>Quote paid out for it.</summary>
    public Lane<Usd> Proceeds { get; } = Lane.Output<Usd>();

    /// <summary>Quote of liquidations that venues took in the last tick.</summary>
    [Leaves("usd")] public Lane<Usd> SpentQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base paid out for it.</summary>
    public Lane<Token> BoughtBase { get; } = Lane.Output<Token>();

    /// <summary>Base of users that venues took in the last tick.</summary>
    [Leaves("base")] public Lane<Token> UserSoldBase { get; } = Lane.Output<Token>();

    /// <summary>Quote paid out for it.</summary>
    public Lane<Usd> UserProceeds { get; } = Lane.Output<Usd>();

    /// <summary>Quote of users that venues took in the last tick.</summary>
    [Leaves("usd")] public Lane<Usd> UserSpentQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base paid out for it.</summary>
    public Lane<Token> UserBoughtBase { get; } = Lane.Output<Token>();

    /// <summary>1 while the chain and a venue are up.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsUp { get; } = Lane.Output<Fraction>(1);

    /// <summary>Ticks until a sender of an earlier stage can read the result of its order.</summary>
    public Lane<Count> Latency { get; } = Lane.Output<Count>(2);

    /// <summary>Largest share of the output lost against the optimal split of the same amount.</summary>
    [Bounds(-1e-6, 1)] public Lane<Fraction> Regret { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Value lost against the optimal split.</summary>
    public Lane<Usd> RegretLoss { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Largest distance |ln spot/reference| of a venue; the reference is the market, else all venues
    /// together.</summary>
    public Lane<Number> Dispersion { get; } = Lane.Output<Number>(0, Over.Max);

    /// <summary>Largest value of liquidations that waited unfilled.</summary>
    public Lane<Usd> Backlog { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Largest share of a tick's orders that one venue got.</summary>
    [Bounds(0, 1)] public Lane<Fraction> VenueShare { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Largest shortfall of the average sell price against the spot before the trade, fee included.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Slippage { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Largest value of users that waited unfilled.</summary>
    public Lane<Usd> UserBacklog { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Value of liquidations sent to venues later than in the tick that asked for them.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> LateLiquidations { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Time during which more than 1 USD of liquidations waited.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> WaitingTime { get; } = Lane.Output<Second>(0, Over.Total);
}
