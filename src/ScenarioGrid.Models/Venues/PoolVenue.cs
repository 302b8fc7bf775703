using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <summary>What pools of every curve have in common: users, liquidity providers, arbitrageurs who pay for gas, a
/// breaker.</summary>
/// <remarks>
/// <para>Per path and step of h years, holdings x (base) and y (quote), g = 1 - fee(t), market price p:</para>
/// <code>
/// fee(t)    = clip(fee + feeVolatilityGain * volatility * sqrt(12 s in years), fee, feeMax)
/// 1 liquidity   x, y *= multiple(t)/multiple(t-1) * exp(liquiditySpeed * tanh((feeYield - loss rate - hurdle)
///                       / hurdleScale) * h)
/// 2 orders      base for sale first, then quote to spend; each takes at most outflowLimit of the holding
/// 3 users       buys and sells, each a Poisson number of log-normal trades (log-deviation 1.5, cut at 5 % of the
///               depth at 100 bp), rate (volatility/calm)^elasticity season plus self-excitation; what matches is
///               crossed at the spot, only the rest moves the price
/// 4 arbitrage   to the band [g spot, spot/g] around p, when it earns more than its gas
/// 5 breaker     halts for haltTime when |ln spot(t)/spot(t - breakerWindow)| is above breakerThreshold
/// </code>
/// <para>The sum of a side's trades is drawn log-normal with the mean and variance of the cut trades; trades shrink
/// with the depth when it falls below that of the start. A kind is its curve (<see cref="ICurve{TSelf}"/>) and its
/// parameters. feeYield is the pool's fees per year over its value, smoothed with half-life yieldMemory.</para>
/// <para>Within a tick arbitrageurs answer the orders of that tick, as fits ticks longer than a block. Where a tick is
/// one block, <c>next-tick</c> lets them come first in the next one: the price that an oracle reads then shows the
/// orders. The breaker looks back on a grid of an eighth of its window.</para>
/// <para>Source: order flow and liquidity: own model, volume in proportion to volatility; loss versus rebalancing:
/// Milionis et al. (2022).</para>
/// </remarks>
public abstract partial class PoolVenue(PoolVenue.PoolParameters p, bool isLadder) : Venue(isLadder)
{
    private const int References = 8;
    private const double BlockYears = 12 / Tick.YearSeconds;

    /// <summary>When arbitrageurs answer the orders of a tick.</summary>
    public enum Timing
    {
        /// <summary>In the same tick, after the orders.</summary>
        WithinTick,

        /// <summary>At the top of the next tick, before its orders.</summary>
        NextTick,
    }

    /// <summary>What all pools have in common; a kind adds its curve.</summary>
    public abstract record PoolParameters
    {
        /// <summary>Value of both reserves together at the start, at the market price.</summary>
        [Bounds(1e3, 1e11)] public Quantity<Usd> Liquidity { get; init; } = new(1e8);

        /// <summary>Fee of a trade: 30 bps (Uniswap v2, v3), 4 bps on stableswap (Curve).</summary>
        [Bounds(0, 0.1)] public Quantity<Fraction> Fee { get; init; } = new(0.003);

        /// <summary>Added fee per unit of volatility times the square root of a 12 s block in years; 0 is a fixed
        /// fee.</summary>
        [Bounds(0, 1000)] public Quantity<Number> FeeVolatilityGain { get; init; } = new(0);

        /// <summary>Highest fee the volatility can raise it to; the fee itself where that is higher.</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> FeeMax { get; init; } = new(0.05);

        /// <summary>Arbitrageurs pull the spot to the market price.</summary>
        public bool Arbitrage { get; init; } = true;

        /// <summary>When arbitrageurs answer the orders of a tick.</summary>
        public Timing ArbitrageTiming { get; init; } = Timing.WithinTick;

        /// <summary>Gas of one arbitrage trade, 120k (two-leg swap).</summary>
        [Bounds(0, 1e7)] public Quantity<Gas> ArbitrageGas { get; init; } = new(120_000);

        /// <summary>Uninformed volume per year over the starting liquidity, at calm volatility; what pays for itself:
        /// 0.15 a day on a constant product, 1 a day on the default range of concentrated liquidity.</summary>
        [Bounds(0, 36_500)] public Quantity<PerYear> Turnover { get; init; } = new(0.15 * 365);

        /// <summary>Median size of a user's trade (own choice).</summary>
        [Bounds(1, 1e7)] public Quantity<Usd> TradeSize { get; init; } = new(1000);

        /// <summary>Power of volatility over calm volatility that the number of trades follows.</summary>
        [Bounds(0, 3)] public Quantity<Number> VolumeElasticity { get; init; } = new(1);

        /// <summary>Trades that one trade calls forth in the mean (self-excitation); 0 is none, 0.6 usual.</summary>
        [Bounds(0, 0.95)] public Quantity<Number> Excitation { get; init; } = new(0);

        /// <summary>Mean time until they come (own choice).</summary>
        [Bounds(1, 86_400)] public Quantity<Second> ExcitationTime { get; init; } = new(60);

        /// <summary>How much more users trade at the busiest time of the day than in the mean, and less half a day
        /// later.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> DaySwing { get; init; } = new(0);

        /// <summary>Busiest time of the day; scenarios begin at 0:00. Default: 16:00, when Europe and America are up
        /// (own choice).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> BusiestTime { get; init; } = new(57_600);

        /// <summary>Volatility at which the turnover holds (ETH 2020 to 2023, hourly: 93 %/yr; 2 %/yr at a
        /// peg).</summary>
        [Bounds(0.01, 10)] public Quantity<Volatility> CalmVolatility { get; init; } = new(0.93);

        /// <summary>Yield that liquidity providers ask for beyond their loss to arbitrageurs; 2 %/yr at a peg (own
        /// choice).</summary>
        [Bounds(0, 10)] public Quantity<PerYear> Hurdle { get; init; } = new(0.08);

        /// <summary>Shortfall or surplus of yield at which providers move at three quarters of full speed (own
        /// choice).</summary>
        [Bounds(0.001, 10)] public Quantity<PerYear> HurdleScale { get; init; } = new(0.08);

        /// <summary>Fastest growth or loss of liquidity by choice of the providers, 0.3 a day.</summary>
        [Bounds(0, 3650)] public Quantity<PerYear> LiquiditySpeed { get; init; } = new(0.3 * 365);

        /// <summary>Half-life of the fee yield that providers look at.</summary>
        [Bounds(60, 2_592_000)] public Quantity<Second> YieldMemory { get; init; } = new(86_400);

        /// <summary>Largest share of a reserve that the orders of one tick and side may take; 1 is no limit.</summary>
        [Bounds(0.001, 1)] public Quantity<Fraction> OutflowLimit { get; init; } = new(1);

        /// <summary>Log-move of the spot over the breaker's window that halts the venue; 0 is no breaker.</summary>
        [Bounds(0, 5)] public Quantity<Number> BreakerThreshold { get; init; } = new(0);

        /// <summary>Window of the breaker.</summary>
        [Bounds(12, 86_400)] public Quantity<Second> BreakerWindow { get; init; } = new(300);

        /// <summary>How long the breaker halts the venue.</summary>
        [Bounds(12, 86_400)] public Quantity<Second> HaltTime { get; init; } = new(900);
    }

    /// <summary>Gas price of a standard bid; 0 without a chain.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice", absent: 0);

    /// <summary>Price of the chain's native token; 0 without a chain.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice", absent: 0);

    /// <summary>Fee on the input in this tick.</summary>
    [Bounds(0, 0.5)] public Lane<Fraction> Fee { get; } = Lane.Output<Fraction>();

    /// <summary>Loss of the pool to arbitrageurs before their fees, at the market price.</summary>
    public Lane<Usd> LossVersusRebalancing { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Loss against holding the first reserves, fees aside.</summary>
    [Bounds(-1, 0)] public Lane<Fraction> ImpermanentLoss { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Distance |ln spot/market| at the end of the tick, mean over time.</summary>
    public Lane<Number> Mispricing { get; } = Lane.Output<Number>(0, Over.Mean);

    /// <summary>Largest distance |ln spot/market| at the end of a tick.</summary>
    public Lane<Number> MispricingMax { get; } = Lane.Output<Number>(0, Over.Max);

    /// <summary>Value of both reserves at the spot.</summary>
    public Lane<Usd> Tvl { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Multiple of the dial that the reserves stand at.</summary>
    public Lane<Number> Multiple { get; } = Lane.State<Number>(1);

    /// <summary>Fees per year over the value of the pool, smoothed.</summary>
    public Lane<PerYear> FeeYield { get; } = Lane.State<PerYear>();

    /// <summary>Seconds that the halt still lasts.</summary>
    public Lane<Second> HaltLeft { get; } = Lane.State<Second>();

    /// <summary>Spot at the last times of the breaker's grid.</summary>
    public Lane<UsdPerToken> Reference { get; } =
        Lane.State<UsdPerToken>(1, p.BreakerThreshold.Value > 0 ? References : 1);

    /// <summary>Value of the pool at the start.</summary>
    internal double LiquidityStart => p.Liquidity.Value;

    /// <summary>Quote of a constant product as deep as the pool at its start: it cuts the trades of users.</summary>
    private protected abstract double QuoteStart { get; }
}
