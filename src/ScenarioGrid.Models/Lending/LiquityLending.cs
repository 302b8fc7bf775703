using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>Positions without interest that mint a stablecoin, backed by a stability pool of that coin: Liquity
/// v1.</summary>
/// <remarks>
/// <para>Collateral C, debt D, oracle price P, coins S in the pool, supply = all debt, TCR = all C P / all D:</para>
/// <code>
/// liquidate   where C P &lt; minimumRatio D; the liquidator gets gasShare of C and the gas compensation
/// pool        min(D, S) is burned from the pool, which gets its part of the collateral: product P' = P (1 - Q/S),
///             sum S' = S + P E/Q; depositors bear max(Q - E P, 0) and sell a share of what they gain
/// beyond      the rest of debt and collateral goes to all other positions in proportion to their collateral
/// recovery    while TCR &lt; criticalRatio also where C P &lt; min(TCR, criticalRatio) D, by the pool alone, which
///             gets at most minimumRatio D of the collateral; the rest is the owner's
/// coin        d ln c = -reversion ln c dt + volatility dW + impact redeemed/supply
/// redeem      while c &lt; 1 - feeFloor - base - margin - flash fee: a dollar of collateral for a coin, lowest ratio
///             first, until the fee that redemptions raise eats the profit;
///             base' = base d^minutes + redeemed/(beta supply)
/// borrow      a new loan L adds L (1 + min(feeFloor + base, borrowingFeeMax)) to the debt; in recovery mode L alone
/// </code>
/// <para>Borrowers, keepers, whales and loop gain are those of every market. Cash is room for new coins; the
/// coins of the borrowing fee are minted beside it, for stakers who keep them. A loss of the pool counts as bad debt
/// that insurance has met: the pool is the insurance.</para>
/// <para>Shapes: cohorts [cohorts + whales][paths], everything else [paths]. Redeemers sell what they get. Redemptions
/// touch no position that can be liquidated. With nobody left to take a debt, it is lost.</para>
/// <para>Source: liquity/dev, TroveManager.sol, BorrowerOperations.sol, StabilityPool.sol, FeeArithmeticTest.js; coin,
/// refill and redeemers: own derivation.</para>
/// </remarks>
[Component("liquity-lending")]
public sealed partial class LiquityLending(LiquityLending.Parameters p) : CohortLending(p, RulesOf(p))
{
    private const int CoinDraw = OwnDraw, RedeemDraw = OwnDraw + 1;

    private readonly Parameters _p = p;

    /// <summary>Added to the log of the coin's price: a run on it.</summary>
    public Lane<Number> LogShift { get; } = Lane.Dial<Number>(0);

    /// <summary>Log of the coin's price without the shift.</summary>
    public Lane<Number> CoinLog { get; } = Lane.State<Number>();

    /// <summary>Price of the stablecoin.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<UsdPerToken> CoinPrice { get; } = Lane.Output<UsdPerToken>(1, Over.Min);

    /// <summary>Coins in the stability pool.</summary>
    [Holds("usd")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> PoolCoins { get; } = Lane.Output<Usd>(0, Over.Min);

    /// <summary>Share of a coin deposited at the start that is left.</summary>
    [Bounds(0, 1)] public Lane<Fraction> PoolProduct { get; } = Lane.Output<Fraction>(1, Over.Final);

    /// <summary>Collateral that a coin deposited at the start has gained.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> PoolSum { get; } = Lane.Output<Token>(0, Over.Final);

    /// <summary>Base rate of the redemption fee.</summary>
    [Bounds(0, 1)] public Lane<Fraction> BaseRate { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Debt redeemed.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Redeemed { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Fees on new loans so far: debt that nobody was lent.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> BorrowingFees { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Debt moved to other positions so far, as the stability pool was empty.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Redistributed { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>1 while recovery mode holds.</summary>
    [Bounds(0, 1)] public Lane<Fraction> RecoveryMode { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <inheritdoc/>
    public override void Start(in Tick tick)
    {
        base.Start(tick);
        PoolCoins.Span.Fill(_p.PoolShare.Value * _p.Debt.Value);
    }

    /// <inheritdoc/>
    protected override Vec LoanFee(int i) => Vec.Where(
        RecoveryMode.Vecs[i] < 0.5,
        RedemptionFee.RateAt(BaseRate.Vecs[i], _p.FeeFloor.Value, _p.BorrowingFeeMax.Value));

    /// <inheritdoc/>
    protected override bool HasCause(int i) => InRecovery(i).Any;

    /// <inheritdoc/>
    protected override void Prepare(ref Desk desk, int i)
    {
        desk.Coins = PoolCoins.Vecs[i];
        var (debt, value) = System(i);
        desk.Ratio = Vec.Where(InRecovery(i), Vec.Min(value / debt, _p.CriticalRatio.Value));
    }

    /// <inheritdoc/>
    protected override Mask LiquidatePosition(ref Desk desk, ref Vec collateral, ref Vec debt, Vec size)
    {
        var value = collateral * desk.Price;
        var isFailing = value * Threshold < debt;
        var under = (isFailing | (value < debt * desk.Ratio)) & (collateral > Vec.Zero);
        if (under.None)
        {
            return under;
        }

        var pay = _p.GasCompensation.Value + value / debt * size * _p.GasShare.Value;
        var allowed = under & desk.CanActShallow & (pay >= desk.GasCost);
        var share = Vec.Where(allowed, desk.Room(debt, size));

        // Sound positions are only taken as far as the pool can pay.
        share = Vec.Select(isFailing, share, Vec.Where(share > Vec.Zero, Vec.Min(share, desk.Coins / debt)));
        var (gone, taken) = desk.TakeOut(under, share, size, ref collateral, ref debt);
        var forKeeper = taken * _p.GasShare.Value;
        var burned = Vec.Min(gone, desk.Coins);
        var byPool = Vec.Where(gone > Vec.Zero, burned / gone);
        var claim = Vec.Where(
            !isFailing, Vec.Max(taken - forKeeper - gone * _p.MinimumRatio.Value / desk.Price, Vec.Zero));
        var toPool = (taken - forKeeper - claim) * byPool;
        desk.Sold += forKeeper;
        desk.Absorbed += burned;
        desk.Lost += Vec.Max(burned - toPool * desk.Price, Vec.Zero);
        desk.Coins = Vec.Max(desk.Coins - burned, Vec.Zero);
        desk.Burned += burned;
        desk.Tokens += toPool;
        desk.Claimed += claim;
        desk.Spread += gone - burned;
        return under;
    }

    /// <summary>All debt, and the value of all collateral.</summary>
    private (Vec Debt, Vec Value) System(int i) => (BorrowersDebt.Vecs[i] + AttackerDebt.Vecs[i],
        (Collateral.Vecs[i] + AttackerCollateral.Vecs[i]) * OraclePrice.Vecs[i]);

    private Mask InRecovery(int i)
    {
        var (debt, value) = System(i);
        return (value < debt * _p.CriticalRatio.Value) & (debt > Vec.Zero);
    }

    private static LendingRules RulesOf(Parameters p) => new(
        p.ThresholdShare, p.ThresholdShare, p.DepositorsSell.Value * p.MinimumRatio.Value,
        p.MinimumRatio.Value - 1, RateCurve.Flat(0))
    {
        Mints = true,
    };
}
