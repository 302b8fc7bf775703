using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Balancers;

/// <summary>Splits orders over venues of any kind, on quotes that may be stale, and retries what was not
/// filled.</summary>
/// <remarks>
/// <para>Per path and tick, over the venues that are up; a venue is a constant-product pool of its reserves, or what
/// its liquidity ladder says where it publishes <c>curve</c> 1:</para>
/// <code>
/// order     = new + retry * backlog                          the backlog with probability retryChance, else nothing
/// split     = policy(order; quotes of the last refresh)      optimal: equal marginal prices (see OptimalSplit)
/// leg       = min(leg, where its marginal price is (1 - slippageLimit) of the best quote before the trade,
///                 capacity * inclusion of the venue's chain)
/// backlog'  = backlog + new - sum of legs, and next tick plus what the venues did not take
/// regret    = 1 - out(split)/out(optimal split of the same amount), both on the latest quotes
/// congestion-aware: optimal for prices times 1 - volatility sqrt(delay) sqrt(2/pi), less the gas of each venue's chain
/// </code>
/// <para>Two classes: liquidations (<c>sell</c>, <c>buy</c>) come first and under their own slippage limit; users
/// (<c>userSell</c>, <c>userBuy</c>) get what capacity and price are left, and wait in a backlog of their own.</para>
/// <para>The router looks like one venue: reserves are the sums over the venues that are up (under single and
/// round-robin, those of the venue that the next order goes to), and over ladders the merged ladder at the mean spot.
/// An order placed in a tick is executed by the venues in that tick; its result is published in the next and read by
/// lenders in the one after (latency 2). Where others trade on a venue too, the fills of a tick are shared in the order
/// of the router first.</para>
/// <para>Gas drops the legs whose benefit is below the price of gas (policy optimal).</para>
/// <para>Assumes that a policy knows the venues by their last quotes only, and that the orders of a tick and class are
/// one order.</para>
/// <para>Sources: Angeris et al. (2022) for the optimum; power of d choices after Mitzenmacher (2001); sticky after
/// Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with bounded loads" (2016); loss to delay: mean |move| of a
/// normal over the delay.</para>
/// </remarks>
[Component("optimal-router")]
public sealed partial class OptimalRouter(OptimalRouter.Parameters p) : Component
{
    private const int VenuesMax = 16, QuotesPerVenue = 1 + 2 * LiquidityLadder.Bins;
    private const int RetryDraw = VenuesMax;
    private const double DepthMove = 0.01;

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

        /// <summary>All to the first venue that is up.</summary>
        Single,

        /// <summary>All to one venue after the other, of those up.</summary>
        RoundRobin,

        /// <summary>In proportion to what each venue takes until its price has moved by 100 bps.</summary>
        DepthWeighted,

        /// <summary>Water-filling on prices net of what the delay and the gas of each venue cost.</summary>
        CongestionAware,

        /// <summary>By client: each stays with the venue that its name hashes to, up to the bounded load.</summary>
        Sticky,
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

        /// <summary>The same for users: 50 bps.</summary>
        [Bounds(0.0001, 1)] public Quantity<Fraction> UserSlippageLimit { get; init; } = new(0.005);

        /// <summary>Most value that a venue takes from this router in a tick, times the share of bids that its chain
        /// includes; 0 is no limit.</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> Capacity { get; init; } = new(0);

        /// <summary>Share of the backlog that is tried again in a tick.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Retry { get; init; } = new(1);

        /// <summary>Probability that the backlog is tried in a tick at all.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> RetryChance { get; init; } = new(1);

        /// <summary>Gas of one leg, 120k (swap).</summary>
        [Bounds(0, 1e7)] public Quantity<Gas> LegGas { get; init; } = new(120_000);

        /// <summary>Venues asked by power-of-d.</summary>
        [Bounds(1, 16, Whole = true)] public Quantity<Count> Choices { get; init; } = new(2);

        /// <summary>Slices of greedy, clients of sticky.</summary>
        [Bounds(1, 100, Whole = true)] public Quantity<Count> Slices { get; init; } = new(10);

        /// <summary>Most clients of a venue under sticky, over its share by reserves (HAProxy's default is 1.25, from
        /// memory).</summary>
        [Bounds(1, 10)] public Quantity<Number> LoadBound { get; init; } = new(1.25);
    }

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
            Publish(i, tick, false);

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
        var hasLadders = HasLadders(tick.Vectors);
        var isGeneral = hasLadders || p.Capacity.Value > 0 || p.Policy == Rule.CongestionAware;
        var general = isGeneral ? stackalloc Vec[OptimalSplit.GeneralPerVenue * venues] : default;
        var split = new OptimalSplit(venues, scratch, general);
        var refreshes = p.QuoteInterval.Value <= tick.Seconds || tick.Index == 0
            || Math.Floor((tick.Index + 1) * tick.Seconds / p.QuoteInterval.Value)
                > Math.Floor(tick.Start / p.QuoteInterval.Value);
        for (var i = 0; i < tick.Vectors; i++)
        {
            Settle(i);
            if (refreshes && p.QuoteInterval.Value > 0)
            {
                Refresh(i, hasLadders);
            }

            Route(split, uniforms, i, tick, hasLadders);
            Publish(i, tick, hasLadders);
        }
    }

    /// <summary>True when a venue is a ladder on any path: then there is something to read of it.</summary>
    private bool HasLadders(int vectors)
    {
        var largest = Vec.Zero;
        for (var v = 0; v < VenueCurve.Count; v++)
        {
            var curve = VenueCurve[v].Vecs;
            for (var i = 0; i < vectors; i++)
            {
                largest = Vec.Max(largest, curve[i]);
            }
        }

        return (largest >= 0.5).Any;
    }
}
