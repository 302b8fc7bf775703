using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>What keepers' deeds do to the balance sheet, and who bears a loss.</content>
public abstract partial class CohortLending
{
    /// <summary>Books what keepers did: cash, collateral, loss and order.</summary>
    private void Book(in Desk desk, int i)
    {
        Vecs cash = Cash.Vecs, usdIn = UsdIn.Vecs, baseOut = BaseOut.Vecs, sell = Sell.Vecs;
        Vecs sold = SoldBefore.Vecs, cost = CostBefore.Vecs, liquidated = Liquidated.Vecs, late = LateLiquidations.Vecs;
        Vecs bonus = BonusPaid.Vecs, share = LiquidatedShare.Vecs;
        cash[i] += desk.Repaid;
        usdIn[i] += desk.Repaid;
        baseOut[i] += desk.Sold;
        Keep(desk, i);
        sell[i] += desk.Sold;
        sold[i] = desk.Sold;
        cost[i] = desk.Repaid * (1 + p.FlashFee.Value) + desk.Gas;
        liquidated[i] = desk.Repaid + desk.Absorbed;
        share[i] += liquidated[i] / p.Debt.Value;
        bonus[i] += desk.Seized * desk.Price - liquidated[i];
        late[i] = desk.Late;
        Lose(desk.BadDebt, i);
    }

    /// <summary>Takes what was seized and did not go to keepers; it has not left the protocol. The treasury keeps it
    /// where the protocol does not say otherwise.</summary>
    protected virtual void Keep(in Desk desk, int i)
    {
        var treasury = Treasury.Vecs;
        treasury[i] += desk.Seized - desk.Sold;
    }

    /// <summary>Passes a loss down the waterfall: reserve, insurance fund, stake, minted tokens, and who is
    /// left.</summary>
    protected void Lose(Vec loss, int i)
    {
        Vecs cash = Cash.Vecs, fund = Fund.Vecs, reserve = Reserve.Vecs, uncovered = Uncovered.Vecs;
        Vecs realised = BadDebtRealised.Vecs, draw = InsuranceDraw.Vecs;
        realised[i] += loss;
        var byReserve = Vec.Min(Vec.Max(reserve[i], Vec.Zero), loss);
        var byFund = Vec.Min(fund[i], loss - byReserve);
        reserve[i] -= byReserve;
        fund[i] -= byFund;
        cash[i] += byFund;
        var open = loss - byReserve - byFund;
        draw[i] += byReserve + byFund;
        if (_hasBackstop && (open > Vec.Zero).Any)
        {
            open -= SellTokens(open, i);
        }

        uncovered[i] += open;
    }

    /// <summary>What a dollar of stake or of mintable tokens of the start brings now.</summary>
    private Vec TokenPrice(int i) =>
        Vec.Min(LaneMath.Pow(OraclePrice.Vecs[i] / PriceStart.Vecs[i], p.TokenBeta.Value), 1.0)
            * (1 - p.MintImpact.Value);

    /// <summary>Sells stake, and then minted tokens, at the price they have in this market.</summary>
    /// <returns>Dollars raised, at most what is needed.</returns>
    private Vec SellTokens(Vec needed, int i)
    {
        Vecs stake = Stake.Vecs, mint = MintLeft.Vecs, draw = InsuranceDraw.Vecs, minted = Minted.Vecs;
        Vecs cash = Cash.Vecs, usdIn = UsdIn.Vecs;
        var price = TokenPrice(i);
        var byStake = Vec.Min(stake[i] * price, needed);
        var byMint = Vec.Min(mint[i] * price, needed - byStake);
        stake[i] = Vec.Max(stake[i] - byStake / price, Vec.Zero);
        mint[i] = Vec.Max(mint[i] - byMint / price, Vec.Zero);
        draw[i] += byStake;
        minted[i] += byMint;
        cash[i] += byStake + byMint;
        usdIn[i] += byStake + byMint;
        return byStake + byMint;
    }
}
