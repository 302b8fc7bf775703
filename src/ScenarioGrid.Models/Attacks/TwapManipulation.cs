using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <summary>Lifts the spot of an oracle's venue for some blocks, then cashes in on the oracle price and
/// unwinds.</summary>
/// <remarks>
/// <para>With window W and hold m of the oracle's mean (in ticks n and m), fair price P, quote reserve y and fee
/// phi:</para>
/// <code>
/// spot multiple   q = T^(n/m) for a geometric mean, (n T - (n - m))/m for an arithmetic one
/// every tick      arbitrageurs take the spot to P; the attacker buys until it stands at q P
/// cost of a block C = y (sqrt(q) - 1)^2 / sqrt(q) + phi * in,    in = y (sqrt(q) - 1)
/// after the hold  borrows min(borrowLimit * collateral * oracle, cash of the lender) and leaves the collateral, where
///                 that is more than it is worth; collects exposure * (oracle - P); sells what it bought
/// engages where   gain at T  >  m C + fees + gas + unwinding + financing,   and the capital is within the budget
/// </code>
/// <para>Regimes: on the open market outsiders do the arbitrage and C is lost. A proposer who also makes the next block
/// (probability proposerShare) reverses his own trade first and pays only fees. With bribes builders leave the reversal
/// to the attacker and are paid what it earns.</para>
/// <para>The venue has to let orders stand until the next tick (arbitrageTiming next-tick): where arbitrage answers
/// within the tick the oracle never sees the lifted spot, and the attack loses what it pays.</para>
/// <para>Sources: Bentley (Euler, 2021); Mackinga, Nadahalli and Wattenhofer (2022).</para>
/// </remarks>
[Component("twap-manipulation")]
public sealed partial class TwapManipulation(TwapManipulation.Parameters p) : Attack
{
    private const double SpotMultipleMax = 1e18;

    /// <summary>Who takes the spot back.</summary>
    public enum Regime
    {
        /// <summary>Arbitrageurs, in every block.</summary>
        OpenMarket,

        /// <summary>The attacker in the blocks that he proposes, arbitrageurs in the others.</summary>
        ProposerControl,

        /// <summary>The attacker, who pays the builders what arbitrage would have earned.</summary>
        Bribe,
    }

    public sealed record Parameters
    {
        /// <summary>Quote at hand at the start.</summary>
        [Bounds(0, 1e11)] public Quantity<Usd> Budget { get; init; } = new(5e7);

        /// <summary>Multiple of the fair price that the oracle shall show, 1.35 (Bentley).</summary>
        [Bounds(1.001, 1000)] public Quantity<Number> TargetMultiple { get; init; } = new(1.35);

        /// <summary>How long the spot is held; whole ticks.</summary>
        [Bounds(1, 604_800)] public Quantity<Second> HoldTime { get; init; } = new(600);

        /// <summary>Who takes the spot back.</summary>
        public Regime Regime { get; init; } = Regime.OpenMarket;

        /// <summary>Share of the blocks that the attacker proposes.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> ProposerShare { get; init; } = new(0.1);

        /// <summary>Value of the tokens that the attacker can post as collateral, at the start.</summary>
        [Bounds(0, 1e11)] public Quantity<Usd> Collateral { get; init; } = new(1e6);

        /// <summary>Tokens of a position elsewhere that settles on the oracle price after the hold.</summary>
        [Bounds(0, 1e9)] public Quantity<Token> Exposure { get; init; } = new(0);

        /// <summary>Attacks only where it expects a profit within its budget.</summary>
        public bool Rational { get; init; } = true;

        /// <summary>Gas of one trade, 120k (swap).</summary>
        [Bounds(0, 1e7)] public Quantity<Gas> TradeGas { get; init; } = new(120_000);

        /// <summary>Cost of the capital in use.</summary>
        [Bounds(0, 10)] public Quantity<PerYear> Financing { get; init; } = new(0.1);

        /// <summary>Fall of the spot that a tick of unwinding accepts.</summary>
        [Bounds(0.0001, 0.5)] public Quantity<Fraction> UnwindImpact { get; init; } = new(0.01);
    }

    /// <summary>Price of the oracle attacked.</summary>
    public Lane<UsdPerToken> OraclePrice { get; } = Lane.Input<UsdPerToken>("target.price");

    /// <summary>Window of its mean.</summary>
    public Lane<Second> OracleWindow { get; } = Lane.Input<Second>("target.window");

    /// <summary>How it averages: the number of an <see cref="Oracles.Averaging"/>.</summary>
    public Lane<Count> OracleAveraging { get; } = Lane.Input<Count>("target.averaging");

    /// <summary>Base reserve of its venue.</summary>
    public Lane<Token> ReserveBase { get; } = Lane.Input<Token>("target/venue.reserveBase");

    /// <summary>Quote reserve of its venue.</summary>
    public Lane<Usd> ReserveQuote { get; } = Lane.Input<Usd>("target/venue.reserveQuote");

    /// <summary>Fee of its venue.</summary>
    public Lane<Fraction> Fee { get; } = Lane.Input<Fraction>("target/venue.fee");

    /// <summary>Spot of its venue.</summary>
    public Lane<UsdPerToken> Spot { get; } = Lane.Input<UsdPerToken>("target/venue.spot");

    /// <summary>1 while its venue trades.</summary>
    public Lane<Fraction> VenueIsUp { get; } = Lane.Input<Fraction>("target/venue.isUp");

    /// <summary>Ticks until its venue shows the result of an order.</summary>
    public Lane<Count> Latency { get; } = Lane.Input<Count>("target/venue.latency");

    /// <summary>Quote that its venue took from buyers in the last tick.</summary>
    public Lane<Usd> VenueSpent { get; } = Lane.Input<Usd>("target/venue.spentQuote");

    /// <summary>Base that it paid them.</summary>
    public Lane<Token> VenueBought { get; } = Lane.Input<Token>("target/venue.boughtBase");

    /// <summary>Base that its venue took from sellers in the last tick.</summary>
    public Lane<Token> VenueSold { get; } = Lane.Input<Token>("target/venue.soldBase");

    /// <summary>Quote that it paid them.</summary>
    public Lane<Usd> VenueProceeds { get; } = Lane.Input<Usd>("target/venue.proceeds");

    /// <summary>Fair price; 0 where the venue names no market.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("target/venue/market.price", absent: 0);

    /// <summary>Quote that the lender can lend; 0 without a lender.</summary>
    public Lane<Usd> LenderCash { get; } = Lane.Input<Usd>("lending.cash", absent: 0);

    /// <summary>Loan-to-value that the lender offers; 0 without a lender.</summary>
    public Lane<Fraction> BorrowLimit { get; } = Lane.Input<Fraction>("lending.borrowLimit", absent: 0);

    /// <summary>Gas price of a standard bid; 0 without a chain.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice", absent: 0);

    /// <summary>Price of the chain's native token; 0 without a chain.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice", absent: 0);

    /// <summary>Quote spent on the venue in this tick.</summary>
    public Lane<Usd> Buy { get; } = Lane.Push<Usd>("target/venue.buy");

    /// <summary>Base sold on the venue in this tick.</summary>
    public Lane<Token> Sell { get; } = Lane.Push<Token>("target/venue.sell");

    /// <summary>Collateral posted in this tick.</summary>
    [Leaves("base")] public Lane<Token> AttackCollateral { get; } = Lane.Push<Token>("lending.attackCollateral");

    /// <summary>Debt taken on it.</summary>
    [Enters("usd")] public Lane<Usd> AttackDebt { get; } = Lane.Push<Usd>("lending.attackDebt");

    /// <summary>Quote at hand.</summary>
    [Holds("usd")] public Lane<Usd> Cash { get; } = Lane.State<Usd>();

    /// <summary>Quote in orders that are not settled.</summary>
    [Holds("usd")] public Lane<Usd> FlyingQuote { get; } = Lane.State<Usd>();

    /// <summary>Tokens kept to be posted as collateral.</summary>
    [Holds("base")] public Lane<Token> Pledge { get; } = Lane.State<Token>();

    /// <summary>Tokens bought on the venue.</summary>
    [Holds("base")] public Lane<Token> Inventory { get; } = Lane.State<Token>();

    /// <summary>Tokens in orders that are not settled.</summary>
    [Holds("base")] public Lane<Token> FlyingBase { get; } = Lane.State<Token>();

    /// <summary>Quote received from the venue, from reversals and from the position elsewhere.</summary>
    [Enters("usd")] public Lane<Usd> Received { get; } = Lane.Output<Usd>();

    /// <summary>Quote paid to the venue and for gas, bribes and capital.</summary>
    [Leaves("usd")] public Lane<Usd> Paid { get; } = Lane.Output<Usd>();

    /// <summary>Tokens bought.</summary>
    [Enters("base")] public Lane<Token> Bought { get; } = Lane.Output<Token>();

    /// <summary>Tokens sold.</summary>
    [Leaves("base")] public Lane<Token> Sold { get; } = Lane.Output<Token>();

    /// <summary>Spot over fair price that is held.</summary>
    public Lane<Number> SpotMultiple { get; } = Lane.State<Number>(1);

    /// <summary>Fair price where no market is named: the spot before the attack.</summary>
    public Lane<UsdPerToken> Fair { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>What was gained, before costs.</summary>
    public Lane<Usd> Gain { get; } = Lane.State<Usd>();

    /// <summary>1 where the attack took place.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Engaged { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Cost of the manipulation at fair prices: trades, gas, bribes and capital.</summary>
    public Lane<Usd> Cost { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Gain less cost.</summary>
    public Lane<Usd> Profit { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Most quote that was tied up.</summary>
    public Lane<Usd> Capital { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>1 where the attack took place and paid.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Success { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Largest ln of the oracle over the fair price while the attack lasts.</summary>
    public Lane<Number> OracleShift { get; } = Lane.Output<Number>(0, Over.Max);

    public override void Start(in Tick tick)
    {
        Vecs cash = Cash.Vecs, pledge = Pledge.Vecs, fair = Fair.Vecs, spot = Spot.Vecs, market = MarketPrice.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var price = Vec.Select(market[i] > Vec.Zero, market[i], spot[i]);
            cash[i] = p.Budget.Value;
            pledge[i] = p.Collateral.Value / price;
            fair[i] = price;
        }
    }

    public override void Step(in Tick tick)
    {
        var first = (int)Math.Ceiling(Onset / tick.Seconds);
        var held = (int)Math.Ceiling(p.HoldTime.Value / tick.Seconds);
        if (tick.Index < first)
        {
            return;
        }

        for (var i = 0; i < tick.Vectors; i++)
        {
            var price = FairPrice(i, tick.Index == first);
            var moves = new Moves();
            if (tick.Index == first)
            {
                Decide(i, price, held, tick);
            }

            Settle(ref moves, i, price);
            if (tick.Index > first && tick.Index <= first + held && p.Regime != Regime.OpenMarket)
            {
                Reverse(ref moves, i, price, tick);
            }

            Trade(ref moves, i, price, tick.Index < first + held);
            Extract(ref moves, i, price, tick.Index == first + held);
            Book(moves, i, price, tick, tick.Index <= first + held);
        }
    }

    private Vec FairPrice(int i, bool isFirst)
    {
        var fair = Fair.Vecs;
        var market = MarketPrice.Vecs[i];
        fair[i] = Vec.Select(market > Vec.Zero, market, isFirst ? Spot.Vecs[i] : fair[i]);
        return fair[i];
    }
}
