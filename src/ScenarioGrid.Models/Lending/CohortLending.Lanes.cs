using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Lending;

/// <content>Lanes: what the market reads, keeps and publishes.</content>
public abstract partial class CohortLending
{
    /// <summary>Price the protocol values collateral at.</summary>
    public Lane<UsdPerToken> OraclePrice { get; } = Lane.Input<UsdPerToken>("oracle.price");

    /// <summary>1 while the oracle's price may be used.</summary>
    public Lane<Fraction> OracleIsFresh { get; } = Lane.Input<Fraction>("oracle.isFresh");

    /// <summary>Base reserve of the venue the collateral is sold at.</summary>
    public Lane<Token> ReserveBase { get; } = Lane.Input<Token>("router.reserveBase");

    /// <summary>Quote reserve of that venue.</summary>
    public Lane<Usd> ReserveQuote { get; } = Lane.Input<Usd>("router.reserveQuote");

    /// <summary>1 where that venue tells its depth by a ladder and not by its reserves.</summary>
    public Lane<Number> VenueCurve { get; } = Lane.Input<Number>("router.curve");

    /// <summary>Base that such a venue takes until its price is down by 10, 50, 100, 200 and 1000 bps.</summary>
    public Lane<Token> VenueDepths { get; } =
        Lane.Input<Token>("router.sellDepths", rows: LiquidityLadder.Bins);

    /// <summary>Fee of that venue.</summary>
    public Lane<Fraction> VenueFee { get; } = Lane.Input<Fraction>("router.fee");

    /// <summary>Spot price at that venue.</summary>
    public Lane<UsdPerToken> Spot { get; } = Lane.Input<UsdPerToken>("router.spot");

    /// <summary>Average price of the venue's last sales.</summary>
    public Lane<UsdPerToken> AverageSellPrice { get; } = Lane.Input<UsdPerToken>("router.averageSellPrice");

    /// <summary>Ticks until the result of a sale can be read: 1 or 2.</summary>
    public Lane<Count> Latency { get; } = Lane.Input<Count>("router.latency");

    /// <summary>1 while the venue trades.</summary>
    public Lane<Fraction> VenueIsUp { get; } = Lane.Input<Fraction>("router.isUp");

    /// <summary>Gas price of a standard bid.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice", absent: 0);

    /// <summary>Price of the chain's native token.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice", absent: 0);

    /// <summary>Probability per block that a standard bid is included.</summary>
    public Lane<Fraction> Inclusion { get; } = Lane.Input<Fraction>("chain.inclusion", absent: 1);

    /// <summary>Probability that a bid by the chain's fixed rule is included.</summary>
    public Lane<Fraction> StaticInclusion { get; } = Lane.Input<Fraction>("chain.staticInclusion", absent: 1);

    /// <summary>1 while the chain makes blocks.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>Blocks made this tick; one without a chain.</summary>
    public Lane<Block> Blocks { get; } = Lane.Input<Block>("chain.blocks", absent: 1);

    /// <summary>Time that keepers' requests take on their way to the chain.</summary>
    public Lane<Second> GatewayDelay { get; } = Lane.Input<Second>("gateway.delay", absent: 0);

    /// <summary>Share of keepers' requests that are lost on the way.</summary>
    public Lane<Fraction> GatewayRejects { get; } = Lane.Input<Fraction>("gateway.rejectShare", absent: 0);

    /// <summary>Collateral an attacker pledges.</summary>
    public Lane<Token> AttackCollateral { get; } = Lane.Inbox<Token>();

    /// <summary>Loan the attacker asks for; granted up to the loan-to-value and the cash.</summary>
    public Lane<Usd> AttackDebt { get; } = Lane.Inbox<Usd>();

    /// <summary>Collateral sold this tick by keepers and bots.</summary>
    public Lane<Token> Sell { get; } = Lane.Push<Token>("router.sell");

    /// <summary>Money spent on collateral this tick by bots.</summary>
    public Lane<Usd> Buy { get; } = Lane.Push<Usd>("router.buy");

    /// <summary>Collateral of each cohort, weakest ratio first.</summary>
    public Lane<Token> CohortCollateral { get; } = Lane.State<Token>(0, (int)(p.Cohorts.Value + p.Whales.Value));

    /// <summary>Debt of each cohort per unit of the debt index.</summary>
    public Lane<Usd> CohortDebt { get; } = Lane.State<Usd>(0, (int)(p.Cohorts.Value + p.Whales.Value));

    /// <summary>Own cash each cohort can still add; 0 for those who do not watch.</summary>
    public Lane<Usd> CohortCash { get; } = Lane.State<Usd>(0, (int)(p.Cohorts.Value + p.Whales.Value));

    /// <summary>Debt of one position of each cohort; kept where there are whales.</summary>
    public Lane<Usd> CohortSize { get; } =
        Lane.State<Usd>(0, p.Whales.Value > 0 ? (int)(p.Cohorts.Value + p.Whales.Value) : 1);

    /// <summary>Debt index of the cohorts.</summary>
    public Lane<Number> Index { get; } = Lane.State<Number>(1);

    /// <summary>Debt of all cohorts.</summary>
    public Lane<Usd> BorrowersDebt { get; } = Lane.State<Usd>();

    /// <summary>Collateral of all cohorts.</summary>
    [Holds("base")] public Lane<Token> Collateral { get; } = Lane.State<Token>();

    /// <summary>Collateral of the attacker.</summary>
    [Holds("base")] public Lane<Token> AttackerCollateral { get; } = Lane.State<Token>();

    /// <summary>Debt of the attacker.</summary>
    public Lane<Usd> AttackerDebt { get; } = Lane.State<Usd>();

    /// <summary>The protocol's share of bonuses, in collateral.</summary>
    [Holds("base")] public Lane<Token> Treasury { get; } = Lane.State<Token>();

    /// <summary>Price per unit of the index below which a cohort is liquidatable or acts.</summary>
    public Lane<UsdPerToken> Trigger { get; } = Lane.State<UsdPerToken>();

    /// <summary>Price per unit of the index above which a bot borrows more.</summary>
    public Lane<UsdPerToken> BoostTrigger { get; } = Lane.State<UsdPerToken>(Never);

    /// <summary>Grace left after a halt of the chain.</summary>
    public Lane<Second> Grace { get; } = Lane.State<Second>();

    /// <summary>Share of interest kept by the protocol: a claim, not cash.</summary>
    public Lane<Usd> Reserve { get; } = Lane.State<Usd>();

    /// <summary>Cash of the insurance fund.</summary>
    [Holds("usd")] public Lane<Usd> Fund { get; } = Lane.State<Usd>();

    /// <summary>What depositors are owed.</summary>
    public Lane<Usd> Deposits { get; } = Lane.State<Usd>();

    /// <summary>Realised bad debt that neither reserve nor fund met.</summary>
    public Lane<Usd> Uncovered { get; } = Lane.State<Usd>();

    /// <summary>Tokens keepers sold a tick ago.</summary>
    public Lane<Token> SoldBefore { get; } = Lane.State<Token>();

    /// <summary>What they cost.</summary>
    public Lane<Usd> CostBefore { get; } = Lane.State<Usd>();

    /// <summary>Tokens keepers sold two ticks ago.</summary>
    public Lane<Token> SoldEarlier { get; } = Lane.State<Token>();

    /// <summary>What they cost.</summary>
    public Lane<Usd> CostEarlier { get; } = Lane.State<Usd>();

    /// <summary>Keepers' money in sales not settled yet.</summary>
    public Lane<Usd> InFlight { get; } = Lane.State<Usd>();

    /// <summary>Oracle price at the start.</summary>
    public Lane<UsdPerToken> PriceStart { get; } = Lane.State<UsdPerToken>();

    /// <summary>Mean gas price of the time before, for keepers who bid by it.</summary>
    public Lane<Gwei> GasMean { get; } = Lane.State<Gwei>();

    /// <summary>Stake that can still be taken, at its price of the start.</summary>
    public Lane<Usd> Stake { get; } = Lane.State<Usd>();

    /// <summary>Tokens that can still be minted, at their price of the start.</summary>
    public Lane<Usd> MintLeft { get; } = Lane.State<Usd>();

    /// <summary>Mean price, per unit of the index, at which owners who acted would have been liquidated.</summary>
    public Lane<UsdPerToken> RescuedPrice { get; } = Lane.State<UsdPerToken>();

    /// <summary>Penalties they will have avoided then.</summary>
    public Lane<Usd> RescuedPenalty { get; } = Lane.State<Usd>();
}
