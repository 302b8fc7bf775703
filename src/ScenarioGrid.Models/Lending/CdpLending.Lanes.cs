using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>Lanes: what the market reads, keeps and publishes.</content>
public sealed partial class CdpLending
{
    /// <summary>Price the protocol values collateral at.</summary>
    public Lane<UsdPerToken> OraclePrice { get; } = Lane.Input<UsdPerToken>("oracle.price");

    /// <summary>1 while the oracle's price may be used.</summary>
    public Lane<Fraction> OracleIsFresh { get; } = Lane.Input<Fraction>("oracle.isFresh");

    /// <summary>Base reserve of the venue the collateral is sold at.</summary>
    public Lane<Token> ReserveBase { get; } = Lane.Input<Token>("router.reserveBase");

    /// <summary>Quote reserve of that venue.</summary>
    public Lane<Usd> ReserveQuote { get; } = Lane.Input<Usd>("router.reserveQuote");

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

    /// <summary>1 while the chain makes blocks.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>Blocks made this tick; one without a chain.</summary>
    public Lane<Block> Blocks { get; } = Lane.Input<Block>("chain.blocks", absent: 1);

    /// <summary>Collateral an attacker pledges.</summary>
    public Lane<Token> AttackCollateral { get; } = Lane.Inbox<Token>();

    /// <summary>Loan the attacker asks for; granted up to the loan-to-value and the cash.</summary>
    public Lane<Usd> AttackDebt { get; } = Lane.Inbox<Usd>();

    /// <summary>Collateral sold this tick by keepers and bots.</summary>
    public Lane<Token> Sell { get; } = Lane.Push<Token>("router.sell");

    /// <summary>Money spent on collateral this tick by bots.</summary>
    public Lane<Usd> Buy { get; } = Lane.Push<Usd>("router.buy");

    /// <summary>Collateral of each cohort, weakest ratio first.</summary>
    public Lane<Token> CohortCollateral { get; } = Lane.State<Token>(0, (int)p.Cohorts.Value);

    /// <summary>Debt of each cohort per unit of the debt index.</summary>
    public Lane<Usd> CohortDebt { get; } = Lane.State<Usd>(0, (int)p.Cohorts.Value);

    /// <summary>Own cash each cohort can still add; 0 for those who do not watch.</summary>
    public Lane<Usd> CohortCash { get; } = Lane.State<Usd>(0, (int)p.Cohorts.Value);

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

    /// <summary>Dollars repaid this tick.</summary>
    [Enters("usd")] public Lane<Usd> UsdIn { get; } = Lane.State<Usd>();

    /// <summary>Dollars lent this tick.</summary>
    [Leaves("usd")] public Lane<Usd> UsdOut { get; } = Lane.State<Usd>();

    /// <summary>Collateral pledged this tick.</summary>
    [Enters("base")] public Lane<Token> BaseIn { get; } = Lane.State<Token>();

    /// <summary>Collateral seized by keepers or sold by bots this tick.</summary>
    [Leaves("base")] public Lane<Token> BaseOut { get; } = Lane.State<Token>();

    /// <summary>Debt without collateral: realised, and at the end also marked at the venue's spot price.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> BadDebt { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Bad debt of liquidated positions, before reserve and insurance.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> BadDebtRealised { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Bad debt over the debt at the start.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Fraction> ShortfallShare { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Share of deposits lost after reserve and insurance.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Fraction> Haircut { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Debt repaid by keepers.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Liquidated { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Debt repaid by keepers so far, over the debt at the start.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Fraction> LiquidatedShare { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Collateral taken above the debt repaid, at the oracle price: the borrowers' loss.</summary>
    public Lane<Usd> BonusPaid { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Proceeds of keepers less repayments, flash-loan fees and gas, when the sale is settled.</summary>
    public Lane<Usd> KeeperProfit { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Liquidatable debt that was not liquidated in the tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> LateLiquidations { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Ticks in a row with liquidations.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Count> CascadeDepth { get; } = Lane.Output<Count>(0, Over.Max);

    /// <summary>Loop gain of the liquidation spiral; at 1 and above a fall feeds itself.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Number> LoopGain { get; } = Lane.Output<Number>(0, Over.Max);

    /// <summary>All debt, with interest.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Debt { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>All collateral at the oracle price.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> CollateralValue { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Loan a dollar of collateral raises: the loan-to-value, 0 while lending is closed.
    /// Rises with the threshold.</summary>
    [Bounds(0, 1)] public Lane<Fraction> CapitalEfficiency { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Share of collateral value that no debt needs at the threshold: idle capital.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IdleCollateral { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Loan-to-value offered now; 0 while the oracle is stale or the chain is down.</summary>
    [Bounds(0, 1)] public Lane<Fraction> BorrowLimit { get; } = Lane.Output<Fraction>();

    /// <summary>Cash that can be borrowed.</summary>
    [Bounds(0, double.PositiveInfinity)] [Holds("usd")] public Lane<Usd> Cash { get; } = Lane.Output<Usd>();

    /// <summary>Debt over debt and cash; at 1 depositors cannot withdraw.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Utilisation { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Reserve and insurance fund.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Insurance { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Rate borrowers pay.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<PerYear> BorrowRate { get; } = Lane.Output<PerYear>(0, Over.Mean);

    /// <summary>Rate depositors earn.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<PerYear> SupplyRate { get; } = Lane.Output<PerYear>(0, Over.Mean);

    /// <summary>Loan granted to the attacker this tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> AttackBorrowed { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Collateral borrowers pledged or debt they repaid this tick to avoid liquidation, in dollars.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Defended { get; } = Lane.Output<Usd>(0, Over.Total);
}
