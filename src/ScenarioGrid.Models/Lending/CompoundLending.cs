using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Lending;

/// <summary>Lending whose protocol absorbs accounts that fail, and sells their collateral from a store front: Compound
/// v3.</summary>
/// <remarks>
/// <para>Collateral C, debt D, oracle price P; LF liquidation factor, sf store front, g, x, y 1 - fee and reserves of
/// the venue, h what keepers want per dollar (margin and flash fee):</para>
/// <code>
/// absorb      where C P liquidationThreshold &lt; D: D -> 0, the account is credited max(C P LF - D, 0);
///             bad debt max(D - C P, 0); the rest is the cost of the collateral
/// sale        while reserves less that cost are below the target, at P (1 - sf (1 - LF)), of q tokens until the next
///             one pays no more: g x y / (x + g q)^2 = ask (1 + h), if the profit is above the gas
/// result      proceeds less cost to the reserve; a loss goes down the waterfall
/// supply      deposits earn a curve of their own; the reserve gets the difference to what borrowers pay
/// </code>
/// <para>Interest, borrowers, keepers and waterfall are those of every market: cohorts of positions, kinked rates,
/// reserve, insurance fund (here the reserves at the start), stake, minted tokens, depositors. Absorbing costs gas and
/// needs no capital; keepers do it where the discount on the position is above the gas.</para>
/// <para>Shapes: cohorts [cohorts + whales][paths], everything else [paths].</para>
/// <para>Other collateral: WBTC 70 / 77 / 95 %, COMP 65 / 70 / 93 %, UNI 75 / 81 / 93 %, LINK 79 / 85 / 93 % as
/// borrowFactor / liquidationThreshold / liquidationFactor.</para>
/// <para>Source: comet, Comet.sol (absorbInternal, buyCollateral, quoteCollateral) and the configuration of mainnet
/// USDC, mid-2026; buyers: own derivation.</para>
/// </remarks>
[Component("compound-lending")]
public sealed partial class CompoundLending(CompoundLending.Parameters p) : CohortLending(p, RulesOf(p))
{
    private readonly Parameters _p = p;

    /// <summary>Collateral seized and not sold yet.</summary>
    [Holds("base")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Token> Inventory { get; } = Lane.Output<Token>(0, Over.Max);

    /// <summary>What it has cost: debts paid off and credits to accounts.</summary>
    public Lane<Usd> InventoryCost { get; } = Lane.State<Usd>();

    /// <summary>Proceeds of the store front so far.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Recovered { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Collateral value above debt that went back to absorbed accounts so far.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Credited { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <inheritdoc/>
    protected override Mask LiquidatePosition(ref Desk desk, ref Vec collateral, ref Vec debt, Vec size)
    {
        var value = collateral * desk.Price;
        var under = (value * _p.LiquidationThreshold.Value < debt) & (collateral > Vec.Zero);
        if (under.None)
        {
            return under;
        }

        // What the store front will give away on one position pays for the gas.
        var discount = value / debt * size * (_p.StoreFront.Value * (1 - _p.LiquidationFactor.Value));
        var allowed = under & desk.CanActShallow & (discount >= desk.GasCost);
        var share = Vec.Where(allowed, desk.Room(debt, size));
        var (gone, _) = desk.TakeOut(under, share, size, ref collateral, ref debt);
        var worth = share * value;
        var lost = Vec.Max(gone - worth, Vec.Zero);
        desk.Absorbed += gone - lost;
        desk.BadDebt += lost;
        desk.Dollars += CometRules.Credit(worth, gone, _p.LiquidationFactor.Value);
        return under;
    }

    /// <inheritdoc/>
    protected override void Keep(in Desk desk, int i)
    {
        Vecs inventory = Inventory.Vecs, cost = InventoryCost.Vecs, deposits = Deposits.Vecs, credited = Credited.Vecs;
        var bonus = BonusPaid.Vecs;
        inventory[i] += desk.Seized;
        cost[i] += desk.Absorbed + desk.Dollars;
        deposits[i] += desk.Dollars;
        credited[i] += desk.Dollars;
        bonus[i] -= desk.Dollars;
    }

    /// <summary>Sells seized collateral to whoever can resell it at a profit.</summary>
    protected override void Proceed(in Tick tick, int i)
    {
        Vecs inventory = Inventory.Vecs, costs = InventoryCost.Vecs, fund = Fund.Vecs, reserve = Reserve.Vecs;
        var reserves = fund[i] + reserve[i] - costs[i];
        var open = (inventory[i] > Vec.Zero) & IsOpen(OracleIsFresh.Vecs[i], ChainIsUp.Vecs[i])
            & (VenueIsUp.Vecs[i] > 0.5) & (reserves < _p.TargetReserves.Value);
        if (open.None)
        {
            return;
        }

        open &= tick.Uniform(OwnDraw, i) < KeeperChance(tick, i);
        Vecs sell = Sell.Vecs, sold = SoldBefore.Vecs, cost = CostBefore.Vecs, inFlight = InFlight.Vecs;
        Vecs cash = Cash.Vecs, usdIn = UsdIn.Vecs, baseOut = BaseOut.Vecs, recovered = Recovered.Vecs;
        var (x, y) = SaleDepth(i);
        var gamma = 1.0 - VenueFee.Vecs[i];
        var ask = CometRules.AskPrice(OraclePrice.Vecs[i], _p.LiquidationFactor.Value, _p.StoreFront.Value);
        var outlay = ask * (1 + _p.FlashFee.Value);
        var least = ask * (1 + _p.FlashFee.Value + _p.KeeperMargin.Value);
        var room = FixedSpread.SellableAtProfit(least, 1.0, x, y, gamma) - sell[i];
        var capital = Vec.Max(_p.KeeperCapital.Value - inFlight[i], Vec.Zero) / ask;
        var tokens = Vec.Max(Vec.Min(Vec.Min(room, capital), inventory[i]), Vec.Zero);
        var profit = ConstantProduct.Out(sell[i] + tokens, x, y, gamma) - ConstantProduct.Out(sell[i], x, y, gamma)
            - tokens * outlay;
        tokens = Vec.Where(open & (profit > GasBill(i)), tokens);
        var isTraded = tokens > Vec.Zero;
        if (isTraded.None)
        {
            return;
        }

        var paid = tokens * ask;
        var costOfSold = Vec.Where(isTraded, costs[i] * (tokens / inventory[i]));
        inventory[i] -= tokens;
        costs[i] -= costOfSold;
        cash[i] += paid;
        usdIn[i] += paid;
        baseOut[i] += tokens;
        recovered[i] += paid;
        sell[i] += tokens;
        sold[i] += tokens;
        cost[i] += tokens * outlay + Vec.Where(isTraded, GasBill(i));
        reserve[i] += Vec.Max(paid - costOfSold, Vec.Zero);
        Lose(Vec.Max(costOfSold - paid, Vec.Zero), i);
    }

    /// <inheritdoc/>
    protected override Vec MarkedLoss(int i) =>
        Vec.Max(InventoryCost.Vecs[i] - Inventory.Vecs[i] * Spot.Vecs[i], Vec.Zero);

    private static LendingRules RulesOf(Parameters p) => new(
        p.LiquidationThreshold.Value, p.BorrowFactor.Value, 1 / p.LiquidationThreshold.Value,
        (1 - p.LiquidationFactor.Value) / p.LiquidationThreshold.Value,
        RateCurve.Comet(p.BorrowBase.Value, p.BorrowKink.Value, p.BorrowLow.Value, p.BorrowHigh.Value))
    {
        Supply = RateCurve.Comet(0, p.SupplyKink.Value, p.SupplyLow.Value, p.SupplyHigh.Value),
    };
}
