using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <content>Lanes: what it reads, what it orders, what it has and publishes.</content>
public sealed partial class StalePriceBorrow
{
    /// <summary>Most that the edge is told.</summary>
    private const double EdgeMax = 1e6;

    /// <summary>Price of the lender's oracle.</summary>
    public Lane<UsdPerToken> OraclePrice { get; } = Lane.Input<UsdPerToken>("lending/oracle.price");

    /// <summary>Loan-to-value that the lender offers; 0 while it lends nothing.</summary>
    public Lane<Fraction> BorrowLimit { get; } = Lane.Input<Fraction>("lending.borrowLimit");

    /// <summary>Quote that the lender can lend.</summary>
    public Lane<Usd> LenderCash { get; } = Lane.Input<Usd>("lending.cash");

    /// <summary>Loan that the lender has granted.</summary>
    public Lane<Usd> Granted { get; } = Lane.Input<Usd>("lending.attackBorrowed");

    /// <summary>Quote reserve of the venue where he buys.</summary>
    public Lane<Usd> ReserveQuote { get; } = Lane.Input<Usd>("venue.reserveQuote");

    /// <summary>1 where the venue tells its depth by a ladder.</summary>
    public Lane<Number> Curve { get; } = Lane.Input<Number>("venue.curve");

    /// <summary>Quote that lifts the spot by 10, 50, 100, 200 and 1000 bps, the fee aside.</summary>
    public Lane<Usd> BuyDepths { get; } = Lane.Input<Usd>("venue.buyDepths", rows: LiquidityLadder.Bins);

    /// <summary>Fee of the venue.</summary>
    public Lane<Fraction> Fee { get; } = Lane.Input<Fraction>("venue.fee");

    /// <summary>Spot of the venue.</summary>
    public Lane<UsdPerToken> Spot { get; } = Lane.Input<UsdPerToken>("venue.spot");

    /// <summary>1 while the venue trades.</summary>
    public Lane<Fraction> VenueIsUp { get; } = Lane.Input<Fraction>("venue.isUp");

    /// <summary>Ticks until the venue shows the result of an order.</summary>
    public Lane<Count> Latency { get; } = Lane.Input<Count>("venue.latency");

    /// <summary>Quote that the venue took from buyers in the last tick.</summary>
    public Lane<Usd> VenueSpent { get; } = Lane.Input<Usd>("venue.spentQuote");

    /// <summary>Base that it paid them.</summary>
    public Lane<Token> VenueBought { get; } = Lane.Input<Token>("venue.boughtBase");

    /// <summary>Fair price; 0 where the venue names no market.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("venue/market.price", absent: 0);

    /// <summary>Gas price of a standard bid; 0 without a chain.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice", absent: 0);

    /// <summary>Price of the chain's native token; 0 without a chain.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice", absent: 0);

    /// <summary>Quote spent on the venue in this tick.</summary>
    public Lane<Usd> Buy { get; } = Lane.Push<Usd>("venue.buy");

    /// <summary>Collateral posted in this tick.</summary>
    [Leaves("base")] public Lane<Token> AttackCollateral { get; } = Lane.Push<Token>("lending.attackCollateral");

    /// <summary>Debt asked for on it.</summary>
    public Lane<Usd> AttackDebt { get; } = Lane.Push<Usd>("lending.attackDebt");

    /// <summary>Quote at hand.</summary>
    [Holds("usd")] public Lane<Usd> Cash { get; } = Lane.State<Usd>();

    /// <summary>Quote in orders that are not settled.</summary>
    [Holds("usd")] public Lane<Usd> Flying { get; } = Lane.State<Usd>();

    /// <summary>Tokens bought and not posted.</summary>
    [Holds("base")] public Lane<Token> Inventory { get; } = Lane.State<Token>();

    /// <summary>Loans granted in the tick.</summary>
    [Enters("usd")] public Lane<Usd> Received { get; } = Lane.State<Usd>();

    /// <summary>Quote that the venue took, and gas.</summary>
    [Leaves("usd")] public Lane<Usd> Paid { get; } = Lane.State<Usd>();

    /// <summary>Tokens bought in the tick.</summary>
    [Enters("base")] public Lane<Token> Bought { get; } = Lane.State<Token>();

    /// <summary>Collateral posted so far.</summary>
    public Lane<Token> Posted { get; } = Lane.State<Token>();

    /// <summary>Loans granted so far.</summary>
    public Lane<Usd> Owed { get; } = Lane.State<Usd>();

    /// <summary>Loan asked for in the last tick.</summary>
    public Lane<Usd> AskedBefore { get; } = Lane.State<Usd>();

    /// <summary>Loan asked for in the tick before, which the lender has answered by now.</summary>
    public Lane<Usd> AskedEarlier { get; } = Lane.State<Usd>();

    /// <summary>1 where he has posted anything.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Engaged { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Loan on a token over what it costs, at most 10^6: above 1 the attack pays; the largest as a
    /// measure.</summary>
    [Bounds(0, EdgeMax)] public Lane<Number> Edge { get; } = Lane.Output<Number>(0, Over.Max);

    /// <summary>Quote paid for tokens and gas so far.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Cost { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Loans so far, interest aside.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Borrowed { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Wealth at the fair price less the budget.</summary>
    public Lane<Usd> Profit { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Most quote of his own that was tied up.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Capital { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>1 where the attack took place and paid.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Success { get; } = Lane.Output<Fraction>(0, Over.Final);
}
