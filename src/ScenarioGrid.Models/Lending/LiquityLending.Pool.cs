using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>Stability pool, redistribution and redemptions.</content>
public sealed partial class LiquityLending
{
    /// <summary>The pool burns its coins and shares the collateral; what it could not pay for goes to the other
    /// positions.</summary>
    protected override void Keep(in Desk desk, int i)
    {
        Vecs coins = PoolCoins.Vecs, product = PoolProduct.Vecs, sum = PoolSum.Vecs, cash = Cash.Vecs;
        Vecs baseOut = BaseOut.Vecs, sell = Sell.Vecs, bonus = BonusPaid.Vecs, profit = KeeperProfit.Vecs;
        Vecs realised = BadDebtRealised.Vecs, draw = InsuranceDraw.Vecs;
        var after = new StabilityPool(coins[i], product[i], sum[i]).Offset(desk.Burned, desk.Tokens);
        (coins[i], product[i], sum[i]) = (after.Coins, after.Product, after.Sum);
        cash[i] += desk.Burned;
        baseOut[i] += desk.Tokens + desk.Claimed;
        sell[i] += desk.Tokens * _p.DepositorsSell.Value;
        profit[i] += desk.Positions * _p.GasCompensation.Value;
        realised[i] += desk.Lost;
        draw[i] += desk.Lost;

        // What is spread over other positions is not lost to the owners as a whole, nor is a claim.
        var spread = Vec.Max(desk.Seized - desk.Sold - desk.Tokens - desk.Claimed, Vec.Zero);
        bonus[i] -= (spread + desk.Claimed) * desk.Price;
        if ((desk.Spread > Vec.Zero).Any)
        {
            Spread(desk.Spread, spread, i);
        }
    }

    /// <inheritdoc/>
    protected override void Proceed(in Tick tick, int i)
    {
        Vecs log = CoinLog.Vecs, price = CoinPrice.Vecs, shift = LogShift.Vecs, rate = BaseRate.Vecs;
        Vecs coins = PoolCoins.Vecs, recovery = RecoveryMode.Vecs, usdIn = UsdIn.Vecs, redeemed = Redeemed.Vecs;
        Vecs fees = BorrowingFees.Vecs, lent = UsdOut.Vecs;
        fees[i] += lent[i] * LoanFee(i);
        var reversion = _p.CoinReversion.Value;
        var keeps = LaneMath.Exp(-reversion * tick.Years);
        var variance = reversion > 0 ? -LaneMath.Expm1(-2 * reversion * tick.Years) / (2 * reversion) : tick.Years;
        log[i] = log[i] * keeps + tick.Normal(CoinDraw, i) * (_p.CoinVolatility.Value * Math.Sqrt(variance));
        price[i] = LaneMath.Exp(log[i] + shift[i]);
        rate[i] *= RedemptionFee.DecayOf(tick.Seconds);
        redeemed[i] = Vec.Zero;
        var (supply, _) = System(i);
        var refill = -LaneMath.Expm1(-_p.PoolRefill.Value * tick.Years);
        var deposited = Vec.Max(_p.PoolShare.Value * supply - coins[i], Vec.Zero) * refill;
        coins[i] += deposited;
        usdIn[i] += deposited;
        recovery[i] = InRecovery(i).AsOne();
        Redeem(tick, supply, i);
    }

    /// <summary>Moves debt and collateral to the positions that are left, in proportion to their collateral.</summary>
    private void Spread(Vec debt, Vec tokens, int i)
    {
        Vecs collaterals = Collateral.Vecs, debts = BorrowersDebt.Vecs, moved = Redistributed.Vecs;
        Vecs treasury = Treasury.Vecs;
        var (left, index) = (Vec.Zero, Index.Vecs[i]);
        for (var row = 0; row < Rows; row++)
        {
            left += CohortCollateral.Row(row)[i];
        }

        var spreads = debt > Vec.Zero;
        var hasHeirs = spreads & (left > Vec.Zero);
        Vec debtEach = Vec.Where(hasHeirs, debt / (left * index)), growth = Vec.Where(hasHeirs, tokens / left);
        Vec allTokens = Vec.Zero, allDebt = Vec.Zero;
        for (var row = 0; row < Rows; row++)
        {
            Vecs collateral = CohortCollateral.Row(row), owed = CohortDebt.Row(row);
            owed[i] += collateral[i] * debtEach;
            collateral[i] += collateral[i] * growth;
            allTokens += collateral[i];
            allDebt += owed[i];
        }

        collaterals[i] = Vec.Select(spreads, allTokens, collaterals[i]);
        debts[i] = Vec.Select(spreads, allDebt * index, debts[i]);
        moved[i] += Vec.Where(hasHeirs, debt);
        var isLost = spreads & !hasHeirs;
        treasury[i] += Vec.Where(isLost, tokens);
        Lose(Vec.Where(isLost, debt), i);
    }

    /// <summary>Arbitrage of a cheap coin: redemptions from the lowest ratio up, until the fee eats the
    /// profit.</summary>
    private void Redeem(in Tick tick, Vec supply, int i)
    {
        Vecs rate = BaseRate.Vecs, price = CoinPrice.Vecs, log = CoinLog.Vecs, redeemed = Redeemed.Vecs;
        var gap = 1.0 - price[i] - _p.FeeFloor.Value - rate[i] - _p.KeeperMargin.Value - _p.FlashFee.Value;
        var open = (gap > Vec.Zero) & (supply > Vec.Zero) & IsOpen(OracleIsFresh.Vecs[i], ChainIsUp.Vecs[i]);
        if (open.None)
        {
            return;
        }

        // Each share of the supply raises the fee by 1/beta and the price of the coin by the impact.
        open &= tick.Uniform(RedeemDraw, i) < KeeperChance(tick, i);
        var share = gap * (1 / (1 / _p.Beta.Value + _p.RedemptionImpact.Value));
        var wanted = Vec.Where(open, Vec.Min(Vec.Min(share, 1.0) * supply, CapitalLeft(i)));
        wanted = Vec.Where(wanted * share > GasBill(i), wanted);
        if ((wanted > Vec.Zero).None)
        {
            return;
        }

        var (debt, tokens) = TakeLowest(wanted, i);
        var part = Vec.Where(debt > Vec.Zero, debt / supply);
        var raised = RedemptionFee.Raised(rate[i], part, _p.Beta.Value);

        // Many small redemptions, each at the fee of its time: the mean of before and after.
        BookRedemption(debt, tokens, RedemptionFee.RateAt(0.5 * (rate[i] + raised), _p.FeeFloor.Value), i);
        redeemed[i] = debt;
        rate[i] = raised;
        log[i] += part * _p.RedemptionImpact.Value;
        Sort(i);
        Aim(i);
    }

    /// <summary>Takes debt, and collateral of the same value, from the lowest ratios that cannot be
    /// liquidated.</summary>
    private (Vec Debt, Vec Tokens) TakeLowest(Vec wanted, int i)
    {
        Vec price = OraclePrice.Vecs[i], index = Index.Vecs[i], left = wanted, tokens = Vec.Zero;
        for (var row = 0; row < Rows && (left > Vec.Zero).Any; row++)
        {
            Vecs collaterals = CohortCollateral.Row(row), debts = CohortDebt.Row(row);
            Vec collateral = collaterals[i], debt = debts[i] * index;
            var may = (left > Vec.Zero) & (collateral * price >= debt * _p.MinimumRatio.Value);
            var taken = Vec.Where(may, Vec.Min(left, debt));
            var paid = Vec.Min(taken / price, collateral);
            collaterals[i] = collateral - paid;
            debts[i] = Vec.Max(debts[i] - taken / index, Vec.Zero);
            left -= taken;
            tokens += paid;
        }

        return (wanted - left, tokens);
    }

    private void BookRedemption(Vec debt, Vec tokens, Vec fee, int i)
    {
        Vecs cash = Cash.Vecs, usdIn = UsdIn.Vecs, baseOut = BaseOut.Vecs, sell = Sell.Vecs;
        Vecs sold = SoldBefore.Vecs, cost = CostBefore.Vecs;
        Vecs collateral = Collateral.Vecs, owed = BorrowersDebt.Vecs;
        collateral[i] = Vec.Max(collateral[i] - tokens, Vec.Zero);
        owed[i] = Vec.Max(owed[i] - debt, Vec.Zero);
        cash[i] += debt;
        usdIn[i] += debt;
        baseOut[i] += tokens;

        // The fee is paid in collateral, to stakers who keep it.
        var kept = tokens * (1.0 - fee);
        sell[i] += kept;
        sold[i] += kept;
        cost[i] += debt * CoinPrice.Vecs[i] * (1 + _p.FlashFee.Value) + Vec.Where(debt > Vec.Zero, GasBill(i));
    }
}
