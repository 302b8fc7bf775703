using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>A constant-product pool with users, liquidity providers and arbitrageurs who pay for gas.</summary>
/// <remarks>
/// <para>The curve, reserves x (base) and y (quote), g = 1 - fee(t); the fee stays in the reserves:</para>
/// <code>
/// x y = k       spot = y/x       loss rate = volatility^2/8       value = 2 y
/// </code>
/// <para>Per path and step of h years, market price p:</para>
/// <code>
/// fee(t)    = clip(fee + feeVolatilityGain * volatility * sqrt(12 s in years), fee, feeMax)
/// 1 liquidity   x, y *= multiple(t)/multiple(t-1) * exp(liquiditySpeed * tanh((feeYield - loss rate - hurdle)
///                       / hurdleScale) * h)
/// 2 orders      base for sale first, then quote to spend; each takes at most outflowLimit of the reserve
/// 3 users       buys and sells, each a Poisson number of log-normal trades (log-deviation 1.5, cut at 5 % of the
///               depth at 100 bp), rate (volatility/calm)^elasticity season plus self-excitation; what matches is
///               crossed at the spot, only the rest moves the price
/// 4 arbitrage   to the band [g spot, spot/g] around p, when it earns more than its gas
/// 5 breaker     halts for haltTime when |ln spot(t)/spot(t - breakerWindow)| is above breakerThreshold
/// </code>
/// <para>The sum of a side's trades is drawn log-normal with the mean and variance of the cut trades; trades shrink
/// with the depth when it falls below that of the start. feeYield is the pool's fees per year over its value, smoothed
/// with half-life yieldMemory.</para>
/// <para>Within a tick arbitrageurs answer the orders of that tick, as fits ticks longer than a block. Where a tick is
/// one block, <c>next-tick</c> lets them come first in the next one: the price that an oracle reads then shows the
/// orders. The breaker looks back on a grid of an eighth of its window.</para>
/// <para>Sources: Uniswap v2-core; loss versus rebalancing: Milionis et al. (2022); order flow and liquidity: own
/// model, volume in proportion to volatility.</para>
/// </remarks>
[Component("constant-product-venue")]
public sealed class ConstantProductVenue(ConstantProductVenue.Parameters p) : PoolVenue(p, isLadder: false)
{
    private const double DepthMove = 0.01;

    /// <inheritdoc cref="PoolVenue.PoolParameters"/>
    public sealed record Parameters : PoolParameters;

    /// <summary>Quote that sellers can take before the spot is down by 100 bps, smallest of any tick.</summary>
    public Lane<Usd> Depth { get; } = Lane.Output<Usd>(0, Over.Min);

    /// <summary>Spot at the start.</summary>
    public Lane<UsdPerToken> SpotStart { get; } = Lane.State<UsdPerToken>(1);

    private protected override double QuoteStart => 0.5 * LiquidityStart;

    public override void Start(in Tick tick)
    {
        Hold(tick, 0.5, SpotStart);
        Open<Product>(tick, MarketPrice.Vecs);
    }

    public override void Step(in Tick tick) => Advance<Product>(tick);

    private struct Product : ICurve<Product>
    {
        private Reserves _held;
        private Vec _start;

        public static bool IsLadder => false;

        public readonly Vec Base => _held.Base;

        public readonly Vec Quote => _held.Quote;

        public readonly Vec Spot => Quote / Base;

        public static Product Load(PoolVenue venue, int i) => new()
        {
            _held = new Reserves(venue.ReserveBase.Vecs[i], venue.ReserveQuote.Vecs[i]),
            _start = 0.5 * venue.LiquidityStart,
        };

        public readonly Vec Coins(Vec value) => value * Base / Quote;

        public readonly Vec Depth() => Quote / _start;

        public readonly Vec LossRate(Vec sigma) => 0.125 * sigma * sigma;

        public void Scale(Vec factor) => _held.Scale(factor);

        // An input of x c / (g (1 - c)) takes the share c of the other reserve.
        public readonly Vec SellLimit(double share, Vec gamma) => share / (1 - share) / gamma * Base;

        public readonly Vec BuyLimit(double share, Vec gamma) => share / (1 - share) / gamma * Quote;

        public Fill Sell(Vec sold, Vec gamma)
        {
            var spot = Quote / Base;
            var taken = ConstantProduct.Out(sold, Base, Quote, gamma);
            (_held.Base, _held.Quote) = (Base + sold, Left(Quote, taken, Base, sold));
            return new Fill(taken, (1.0 - gamma) * sold * spot);
        }

        public Fill Buy(Vec spent, Vec gamma)
        {
            var bought = ConstantProduct.Out(spent, Quote, Base, gamma);
            (_held.Base, _held.Quote) = (Left(Base, bought, Quote, spent), Quote + spent);
            return new Fill(bought, (1.0 - gamma) * spent);
        }

        /// <summary>What a trade leaves of a reserve: where rounding would take the last of it, half of what the curve
        /// leaves.</summary>
        private static Vec Left(Vec reserve, Vec taken, Vec other, Vec input) =>
            Vec.Max(reserve - taken, 0.5 * reserve * (other / (other + input)));

        public void Add(Vec baseFee, Vec quoteFee) => _held.Add(baseFee, quoteFee);

        public readonly Mask IsOutside(Vec gamma, Vec fair)
        {
            Vec wanted = fair * Base, asked = Quote;
            return (gamma * wanted > asked) | (wanted < gamma * asked);
        }

        public readonly Arbitrage ArbitrageTo(Vec gamma, Vec fair) =>
            ConstantProduct.ArbitrageTo(Base, Quote, gamma, fair);

        public Vec Apply(in Arbitrage trade, Mask acts, Vec gamma, Vec fair) =>
            _held.Apply(trade, acts, gamma, fair);

        public readonly void Store(PoolVenue venue, int i, Vec market)
        {
            var own = (ConstantProductVenue)venue;
            Vecs tvl = own.Tvl.Vecs, depth = own.Depth.Vecs, impermanent = own.ImpermanentLoss.Vecs;
            tvl[i] = 2.0 * Quote;
            depth[i] = Quote * ConstantProduct.SellDepth(1, DepthMove);
            impermanent[i] = Vec.Min(
                ConstantProduct.ImpermanentLoss(Quote / Base / own.SpotStart.Vecs[i]), Vec.Zero);
        }
    }
}
