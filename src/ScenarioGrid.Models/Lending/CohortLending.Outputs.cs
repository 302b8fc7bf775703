using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>Lanes: flows of the tick, and what the market publishes.</content>
public abstract partial class CohortLending
{
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

    /// <summary>Debt above collateral at the venue's spot price of what is not liquidated yet, at the end.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BadDebtMarked { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Losses met by reserve, insurance fund and safety stake so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> InsuranceDraw { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Losses met by minting governance tokens so far.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Minted { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>What stake and minted tokens would raise now.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Backstop { get; } = Lane.Output<Usd>(0, Over.Min);

    /// <summary>Penalties that owners would have paid had they not acted, less what their bots paid for swaps, so
    /// far.</summary>
    public Lane<Usd> PenaltySaved { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>1 until a loss falls on depositors or holders; its mean times the horizon is the time to
    /// insolvency.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsCovered { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>1 while utilisation is so high that nobody can withdraw or borrow.</summary>
    [Bounds(0, 1)] public Lane<Fraction> WithdrawalsBlocked { get; } = Lane.Output<Fraction>(0, Over.Mean);
}
