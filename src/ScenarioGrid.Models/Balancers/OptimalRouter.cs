using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Balancers;

/// <summary>Splits orders over constant-product venues, on quotes that may be stale, and retries what was not
/// filled.</summary>
/// <remarks>
/// <para>Per path and tick, over venues with reserves R (in), Q (out) and g = 1 - fee that are up:</para>
/// <code>
/// order     = new + retry * backlog
/// split     = policy(order; quotes of the last refresh)      optimal: equal marginal prices (see OptimalSplit)
/// leg       = min(leg, where its marginal price is (1 - slippageLimit) of the best quote before the trade)
/// backlog'  = backlog + new - sum of legs, and next tick plus what the venues did not take
/// regret    = 1 - out(split)/out(optimal split of the same amount), both on the latest quotes
/// </code>
/// <para>The router looks like one venue: reserves are the sums over the venues that are up. An order placed in a tick
/// is executed by the venues in that tick; its result is published in the next and read by lenders in the one after
/// (latency 2). Where others trade on a venue too, the fills of a tick are shared in the order of the router
/// first.</para>
/// <para>Gas drops the legs whose benefit is below the price of gas (policy optimal).</para>
/// <para>Sources: Angeris et al. (2022) for the optimum; power of d choices after Mitzenmacher (2001).</para>
/// </remarks>
[Component("optimal-router")]
public sealed partial class OptimalRouter(OptimalRouter.Parameters p) : Component
{
    private const int VenuesMax = 16;

    /// <summary>How an order is split.</summary>
    public enum Rule
    {
        /// <summary>Water-filling: all venues used end at one marginal price.</summary>
        Optimal,

        /// <summary>In proportion to the input reserves.</summary>
        ProRata,

        /// <summary>The same to every venue.</summary>
        Uniform,

        /// <summary>All to the best price before the trade.</summary>
        BestPrice,

        /// <summary>All to the best quote for the whole order.</summary>
        BestQuote,

        /// <summary>All to the best quote of a few venues drawn at random.</summary>
        PowerOfD,

        /// <summary>Equal slices, each to the venue that pays most for it.</summary>
        Greedy,
    }

    public sealed record Parameters
    {
        /// <summary>How an order is split.</summary>
        public Rule Policy { get; init; } = Rule.Optimal;

        /// <summary>Time between two refreshes of the quotes; 0 is every tick.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> QuoteInterval { get; init; } = new(0);

        /// <summary>Fall of the marginal price, from the best quote, at which a leg stops: 500 bps for
        /// liquidations.</summary>
        [Bounds(0.0001, 1)] public Quantity<Fraction> SlippageLimit { get; init; } = new(0.05);

        /// <summary>Share of the backlog that is tried again in a tick.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Retry { get; init; } = new(1);

        /// <summary>Gas of one leg, 120k (swap).</summary>
        [Bounds(0, 1e7)] public Quantity<Gas> LegGas { get; init; } = new(120_000);

        /// <summary>Venues asked by power-of-d.</summary>
        [Bounds(1, 16, Whole = true)] public Quantity<Count> Choices { get; init; } = new(2);

        /// <summary>Slices of greedy.</summary>
        [Bounds(1, 100, Whole = true)] public Quantity<Count> Slices { get; init; } = new(10);
    }

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

    /// <summary>Market price of each venue.</summary>
    public LaneList<UsdPerToken> VenueMarket { get; } = Lane.Inputs<UsdPerToken>("venues/market.price");

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

    /// <summary>Base to sell.</summary>
    [Enters("base")] public Lane<Token> Sell { get; } = Lane.Inbox<Token>();

    /// <summary>Quote to spend on base.</summary>
    [Enters("usd")] public Lane<Usd> Buy { get; } = Lane.Inbox<Usd>();

    /// <summary>Base that waits for its next try.</summary>
    [Holds("base")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> BacklogBase { get; } = Lane.Output<Token>();

    /// <summary>Quote that waits for its next try.</summary>
    [Holds("usd")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BacklogQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base sent to venues in this tick.</summary>
    [Holds("base")] public Lane<Token> FlyingBase { get; } = Lane.State<Token>();

    /// <summary>Quote sent to venues in this tick.</summary>
    [Holds("usd")] public Lane<Usd> FlyingQuote { get; } = Lane.State<Usd>();

    /// <summary>Base reserves at the last refresh of the quotes.</summary>
    public Lane<Token> QuotedBase { get; } = Lane.State<Token>(rows: p.QuoteInterval.Value > 0 ? VenuesMax : 1);

    /// <summary>Quote reserves at the last refresh of the quotes.</summary>
    public Lane<Usd> QuotedQuote { get; } = Lane.State<Usd>(rows: p.QuoteInterval.Value > 0 ? VenuesMax : 1);

    /// <summary>Base reserves of the venues that are up (of all where none is).</summary>
    public Lane<Token> ReserveBase { get; } = Lane.Output<Token>();

    /// <summary>Quote reserves of the venues that are up (of all where none is).</summary>
    public Lane<Usd> ReserveQuote { get; } = Lane.Output<Usd>();

    /// <summary>Mean fee, weighted by quote reserves.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Fee { get; } = Lane.Output<Fraction>();

    /// <summary>Quote reserves over base reserves.</summary>
    public Lane<UsdPerToken> Spot { get; } = Lane.Output<UsdPerToken>(1);

    /// <summary>Average price of what was sold; the marginal price where nothing was.</summary>
    public Lane<UsdPerToken> AverageSellPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Average price of what was bought; the marginal price where nothing was.</summary>
    public Lane<UsdPerToken> AverageBuyPrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Base that venues took in the last tick.</summary>
    [Leaves("base")] public Lane<Token> SoldBase { get; } = Lane.Output<Token>();

    /// <summary>Quote paid out for it.</summary>
    public Lane<Usd> Proceeds { get; } = Lane.Output<Usd>();

    /// <summary>Quote that venues took in the last tick.</summary>
    [Leaves("usd")] public Lane<Usd> SpentQuote { get; } = Lane.Output<Usd>();

    /// <summary>Base paid out for it.</summary>
    public Lane<Token> BoughtBase { get; } = Lane.Output<Token>();

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

    /// <summary>Largest value that waited unfilled.</summary>
    public Lane<Usd> Backlog { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Largest share of a tick's orders that one venue got.</summary>
    [Bounds(0, 1)] public Lane<Fraction> VenueShare { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Largest shortfall of the average sell price against the spot before the trade, fee included.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Slippage { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <exception cref="InvalidOperationException">More venues are named than the router can compare.</exception>
    public override void Start(in Tick tick)
    {
        if (VenueBase.Count > VenuesMax)
        {
            throw new InvalidOperationException(
                $"optimal-router: venues names {VenueBase.Count} venues; at most {VenuesMax} can be compared");
        }

        for (var i = 0; i < tick.Vectors; i++)
        {
            Publish(i);

            // Venues start after the router, at the price of their market.
            var spot = Spot.Vecs;
            spot[i] = VenueMarket[0].Vecs[i];
        }
    }

    public override void Step(in Tick tick)
    {
        var venues = VenueBase.Count;
        Span<Vec> scratch = stackalloc Vec[OptimalSplit.ScratchPerVenue * VenuesMax];
        Span<Vec> uniforms = stackalloc Vec[VenuesMax];
        var split = new OptimalSplit(venues, scratch);
        var refreshes = p.QuoteInterval.Value <= tick.Seconds || tick.Index == 0
            || Math.Floor((tick.Index + 1) * tick.Seconds / p.QuoteInterval.Value)
                > Math.Floor(tick.Start / p.QuoteInterval.Value);
        for (var i = 0; i < tick.Vectors; i++)
        {
            Settle(i);
            if (refreshes && p.QuoteInterval.Value > 0)
            {
                Refresh(i);
            }

            Route(split, uniforms, i, tick);
            Publish(i);
        }
    }

    private void Refresh(int i)
    {
        for (var v = 0; v < VenueBase.Count; v++)
        {
            Vecs x = QuotedBase.Row(v), y = QuotedQuote.Row(v);
            x[i] = VenueBase[v].Vecs[i];
            y[i] = VenueQuote[v].Vecs[i];
        }
    }
}
