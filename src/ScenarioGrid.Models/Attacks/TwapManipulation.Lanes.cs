using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <content>Lanes: what it reads, what it orders, what it has and publishes.</content>
public sealed partial class TwapManipulation
{
    /// <summary>Price of the oracle attacked.</summary>
    public Lane<UsdPerToken> OraclePrice { get; } = Lane.Input<UsdPerToken>("target.price");

    /// <summary>Price of the lender's oracle; 0 without a lender.</summary>
    public Lane<UsdPerToken> LenderPrice { get; } = Lane.Input<UsdPerToken>("lending/oracle.price", absent: 0);

    /// <summary>Window or time constant of the oracle attacked.</summary>
    public Lane<Second> OracleWindow { get; } = Lane.Input<Second>("target.window");

    /// <summary>How it averages: the number of an <see cref="Oracles.Averaging"/>.</summary>
    public Lane<Count> OracleAveraging { get; } = Lane.Input<Count>("target.averaging");

    /// <summary>Most that ln of what it records moves in a tick; 0 is no limit.</summary>
    public Lane<Number> OracleMoveLimit { get; } = Lane.Input<Number>("target.moveLimit");

    /// <summary>Base reserve of its venue.</summary>
    public Lane<Token> ReserveBase { get; } = Lane.Input<Token>("target/venue.reserveBase");

    /// <summary>Quote reserve of its venue.</summary>
    public Lane<Usd> ReserveQuote { get; } = Lane.Input<Usd>("target/venue.reserveQuote");

    /// <summary>1 where its venue tells its depth by a ladder.</summary>
    public Lane<Number> Curve { get; } = Lane.Input<Number>("target/venue.curve");

    /// <summary>Base that lowers the spot of its venue by 10, 50, 100, 200 and 1000 bps, the fee aside.</summary>
    public Lane<Token> SellDepths { get; } =
        Lane.Input<Token>("target/venue.sellDepths", rows: LiquidityLadder.Bins);

    /// <summary>Quote that lifts the spot of its venue by as much, the fee aside.</summary>
    public Lane<Usd> BuyDepths { get; } =
        Lane.Input<Usd>("target/venue.buyDepths", rows: LiquidityLadder.Bins);

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

    /// <summary>Loan that the lender has granted; 0 without a lender.</summary>
    public Lane<Usd> Granted { get; } = Lane.Input<Usd>("lending.attackBorrowed", absent: 0);

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

    /// <summary>Debt asked for on it.</summary>
    public Lane<Usd> AttackDebt { get; } = Lane.Push<Usd>("lending.attackDebt");

    /// <summary>Quote at hand.</summary>
    [Holds("usd")] public Lane<Usd> Cash { get; } = Lane.State<Usd>();

    /// <summary>Quote in orders that are not settled.</summary>
    [Holds("usd")] public Lane<Usd> FlyingQuote { get; } = Lane.State<Usd>();

    /// <summary>Tokens kept to be posted as collateral.</summary>
    [Holds("base")] public Lane<Token> Pledge { get; } = Lane.State<Token>();

    /// <summary>Tokens to trade with: bought on the venue, or those of a push down that are not sold.</summary>
    [Holds("base")] public Lane<Token> Inventory { get; } = Lane.State<Token>();

    /// <summary>Tokens at the start, for a push down.</summary>
    public Lane<Token> InventoryStart { get; } = Lane.State<Token>();

    /// <summary>Tokens in orders that are not settled.</summary>
    [Holds("base")] public Lane<Token> FlyingBase { get; } = Lane.State<Token>();

    /// <summary>Quote received from the venue, from reversals, from the lender and from the position
    /// elsewhere.</summary>
    [Enters("usd")] public Lane<Usd> Received { get; } = Lane.Output<Usd>();

    /// <summary>Quote paid to the venue and for gas, bribes and capital.</summary>
    [Leaves("usd")] public Lane<Usd> Paid { get; } = Lane.Output<Usd>();

    /// <summary>Tokens bought.</summary>
    [Enters("base")] public Lane<Token> Bought { get; } = Lane.Output<Token>();

    /// <summary>Tokens sold.</summary>
    [Leaves("base")] public Lane<Token> Sold { get; } = Lane.Output<Token>();

    /// <summary>Number of the tick in which the attack began; -1 before it.</summary>
    public Lane<Count> Begun { get; } = Lane.State<Count>(-1);

    /// <summary>Slots of a run that was too short, and that are passed over.</summary>
    public Lane<Count> PassedOver { get; } = Lane.State<Count>();

    /// <summary>Spot over fair price that is held.</summary>
    public Lane<Number> SpotMultiple { get; } = Lane.State<Number>(1);

    /// <summary>Fair price where no market is named: the spot before the attack.</summary>
    public Lane<UsdPerToken> Fair { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Collateral posted for the loan.</summary>
    public Lane<Token> Posted { get; } = Lane.State<Token>();

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

    /// <summary>Largest ln of the oracle over the fair price while the attack lasts; of its inverse for a push
    /// down.</summary>
    public Lane<Number> OracleShift { get; } = Lane.Output<Number>(0, Over.Max);

    /// <summary>Cost of the attack as expected when it was last weighed, for a target within reach.</summary>
    public Lane<Usd> ExpectedCost { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Most that the oracle at its target would let him win: the value at risk of the oracle.</summary>
    public Lane<Usd> Winnable { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Expected cost over what can be won, at most 10^6: above 1 the attack does not pay.</summary>
    [Bounds(0, MarginMax)] public Lane<Number> SecurityMargin { get; } = Lane.Output<Number>(0, Over.Final);

    /// <summary>Full-range reserve a side at which the blocks on the open market cost what can be won.</summary>
    public Lane<Usd> MinimumLiquidity { get; } = Lane.Output<Usd>(0, Over.Final);
}
