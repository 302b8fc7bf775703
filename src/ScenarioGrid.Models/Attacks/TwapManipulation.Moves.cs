using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <content>What the attacker does in a tick, for four paths.</content>
public sealed partial class TwapManipulation
{
    /// <summary>Takes the fills of earlier orders; a venue sends back what it does not fill, a router keeps
    /// trying.</summary>
    private void Settle(ref Moves moves, int i, Vec price)
    {
        Vecs flyingQuote = FlyingQuote.Vecs, flyingBase = FlyingBase.Vecs, cash = Cash.Vecs, inventory = Inventory.Vecs;
        var returns = Latency.Vecs[i] < 1.5;
        Vec allSpent = VenueSpent.Vecs[i], spent = Vec.Min(flyingQuote[i], allSpent);
        var bought = Vec.Where(spent > Vec.Zero, VenueBought.Vecs[i] * (spent / allSpent));
        var restQuote = flyingQuote[i] - spent;
        cash[i] += Vec.Where(returns, restQuote);
        flyingQuote[i] = Vec.Select(returns, Vec.Zero, restQuote);
        Vec allSold = VenueSold.Vecs[i], sold = Vec.Min(flyingBase[i], allSold);
        var proceeds = Vec.Where(sold > Vec.Zero, VenueProceeds.Vecs[i] * (sold / allSold));
        var restBase = flyingBase[i] - sold;
        inventory[i] += bought + Vec.Where(returns, restBase);
        flyingBase[i] = Vec.Select(returns, Vec.Zero, restBase);
        cash[i] += proceeds;
        moves.Bought = bought;
        moves.Sold = sold;
        moves.Paid = spent;
        moves.Received = proceeds;
        moves.Cost = spent - bought * price + (sold * price - proceeds);
    }

    /// <summary>The attacker does the arbitrage of this tick himself, with what he has.</summary>
    private void Reverse(ref Moves moves, int i, Vec price, Mask reverses, in Pool pool, in Tick tick)
    {
        var own = reverses & (VenueIsUp.Vecs[i] >= 0.5);
        if (p.Regime == Regime.SingleBlock)
        {
            own &= tick.Uniform(ReverseDraw, i) < p.ProposerShare.Value;
        }

        if (IsUp)
        {
            SellBack(ref moves, i, price, own, pool);
        }
        else
        {
            BuyBack(ref moves, i, price, own, pool);
        }
    }

    private void SellBack(ref Moves moves, int i, Vec price, Mask own, in Pool pool)
    {
        Vecs cash = Cash.Vecs, inventory = Inventory.Vecs;
        var (baseIn, quoteOut) = pool.SellTo(price);
        own &= baseIn > Vec.Zero;
        var share = Vec.Where(own, Vec.Min(inventory[i] / baseIn, 1.0));
        Vec given = Vec.Min(Vec.Where(own, share * baseIn), inventory[i]);
        var taken = Vec.Where(own, share * quoteOut);
        var bribe = p.Regime == Regime.Bribe ? Vec.Max(taken - given * price, Vec.Zero) : Vec.Zero;
        inventory[i] -= given;
        cash[i] += taken - bribe;
        moves.Sold += given;
        moves.Received += taken;
        moves.Paid += bribe;
        moves.Cost += given * price - taken + bribe;
    }

    private void BuyBack(ref Moves moves, int i, Vec price, Mask own, in Pool pool)
    {
        Vecs cash = Cash.Vecs, inventory = Inventory.Vecs;
        var (quoteIn, baseOut) = pool.BuyTo(price);
        own &= quoteIn > Vec.Zero;
        var share = Vec.Where(own, Vec.Min(cash[i] / quoteIn, 1.0));
        var given = Vec.Min(Vec.Where(own, share * quoteIn), cash[i]);
        var taken = Vec.Where(own, share * baseOut);
        var left = cash[i] - given;
        var bribe = p.Regime == Regime.Bribe ? Vec.Min(Vec.Max(taken * price - given, Vec.Zero), left) : Vec.Zero;
        inventory[i] += taken;
        cash[i] = left - bribe;
        moves.Bought += taken;
        moves.Paid += given + bribe;
        moves.Cost += given - taken * price + bribe;
    }

    /// <summary>Moves the spot during the hold, unwinds after it.</summary>
    private void Trade(ref Moves moves, int i, Vec price, Mask begun, Mask holds, in Pool pool)
    {
        Vecs cash = Cash.Vecs, inventory = Inventory.Vecs, flyingQuote = FlyingQuote.Vecs, flyingBase = FlyingBase.Vecs;
        Vecs buy = Buy.Vecs, sell = Sell.Vecs;
        var acts = begun & (VenueIsUp.Vecs[i] >= 0.5);
        Vec spent = Vec.Zero, sold = Vec.Zero;
        if ((acts & holds).Any)
        {
            Push(i, price, acts & holds, pool, out spent, out sold);
        }

        if ((acts & !holds).Any)
        {
            Unwind(i, price, acts & !holds, pool, ref spent, ref sold);
        }

        var gas = Vec.Where((spent + sold) > Vec.Zero, Vec.Min(Gas(i), cash[i] - spent));
        buy[i] = spent;
        sell[i] = sold;
        cash[i] -= spent + gas;
        flyingQuote[i] += spent;
        inventory[i] -= sold;
        flyingBase[i] += sold;
        moves.Paid += gas;
        moves.Cost += gas;
    }

    /// <summary>Brings the spot to its multiple: by quote on the way up, by tokens on the way down.</summary>
    private void Push(int i, Vec price, Mask acts, in Pool pool, out Vec spent, out Vec sold)
    {
        spent = sold = Vec.Zero;
        if (IsUp)
        {
            var wanted = pool.QuoteToLift(price, SpotMultiple.Vecs[i]);
            spent = Vec.Where(acts, Vec.Min(wanted, Vec.Max(Cash.Vecs[i] - Gas(i), Vec.Zero)));
            return;
        }

        var fall = 1.0 - SpotMultiple.Vecs[i] * price / pool.AfterArbitrage(price);
        sold = Vec.Where(acts, Vec.Min(pool.BaseToLower(price, Vec.Max(fall, Vec.Zero)), Inventory.Vecs[i]));
    }

    /// <summary>Sells what was bought, or buys back what was sold, as far as the spot may move in a tick.</summary>
    private void Unwind(int i, Vec price, Mask acts, in Pool pool, ref Vec spent, ref Vec sold)
    {
        if (IsUp)
        {
            var reach = pool.BaseToLower(price, p.UnwindImpact.Value);
            sold += Vec.Where(acts, Vec.Min(Inventory.Vecs[i], reach));
            return;
        }

        // At the highest price of the tick, so that no rest is left to be bought.
        var highest = pool.AfterArbitrage(price) * (1 + p.UnwindImpact.Value);
        var wanted = Vec.Max(Missing(i) - FlyingBase.Vecs[i] - FlyingQuote.Vecs[i] / price, Vec.Zero) * highest
            / (1.0 - Fee.Vecs[i]);
        var most = Vec.Min(pool.QuoteToLift(price, highest / price), Vec.Max(Cash.Vecs[i] - Gas(i), Vec.Zero));
        spent += Vec.Where(acts, Vec.Min(wanted, most));
    }

    /// <summary>Tokens of the start that he has not now.</summary>
    private Vec Missing(int i) => Vec.Max(InventoryStart.Vecs[i] - Inventory.Vecs[i], Vec.Zero);

    /// <summary>Asks for the loan on the inflated collateral, and takes what the lender has granted two ticks later,
    /// when it can be read.</summary>
    private void Borrow(ref Moves moves, int i, Vec price, Mask asks, Mask isGranted)
    {
        Vecs collateral = AttackCollateral.Vecs, debt = AttackDebt.Vecs, pledge = Pledge.Vecs, cash = Cash.Vecs;
        Vecs gain = Gain.Vecs, posted = Posted.Vecs;
        var leaves = asks & (LoanNow(i, price) > pledge[i] * price);
        collateral[i] = Vec.Where(leaves, pledge[i]);
        debt[i] = Vec.Where(leaves, LenderCash.Vecs[i]);
        posted[i] += collateral[i];
        pledge[i] -= collateral[i];
        var granted = Vec.Where(isGranted & (posted[i] > Vec.Zero), Granted.Vecs[i]);
        cash[i] += granted;
        moves.Received += granted;
        gain[i] += Vec.Where(isGranted, granted - posted[i] * price);
    }

    /// <summary>What the lender lends at the price it shows; of a loan that is bundled, at the price to come.</summary>
    private Vec LoanNow(int i, Vec price)
    {
        if (p.Bundled)
        {
            return LoanAt(i, price);
        }

        var lenderPrice = LenderPrice.Vecs[i];
        var valued = Vec.Select(lenderPrice > Vec.Zero, lenderPrice, OraclePrice.Vecs[i]);
        return Vec.Min(BorrowLimit.Vecs[i] * Pledge.Vecs[i] * valued, LenderCash.Vecs[i]);
    }

    /// <summary>Settles the position elsewhere, in the first tick after the hold.</summary>
    private void SettleElsewhere(ref Moves moves, int i, Vec price, Mask isDue)
    {
        if (isDue.None)
        {
            return;
        }

        Vecs cash = Cash.Vecs, gain = Gain.Vecs;
        var oracle = OraclePrice.Vecs[i];
        var shift = IsUp ? oracle - price : price - oracle;
        var settled = Vec.Where(isDue, p.Exposure.Value * Vec.Max(shift, Vec.Zero));
        cash[i] += settled;
        moves.Received += settled;
        gain[i] += settled;
    }

    private void Book(in Moves moves, int i, Vec price, Mask isOn, in Tick tick)
    {
        Vecs cash = Cash.Vecs, cost = Cost.Vecs, profit = Profit.Vecs, capital = Capital.Vecs, success = Success.Vecs;
        Vecs shift = OracleShift.Vecs, bought = Bought.Vecs, sold = Sold.Vecs;
        Vecs paid = Paid.Vecs, received = Received.Vecs;
        var engaged = Engaged.Vecs[i] > Vec.Zero;
        var tied = Vec.Where(engaged, IsUp ? Vec.Max(p.Budget.Value - cash[i], Vec.Zero) : Missing(i) * price);
        var interest = Vec.Min(tied * (p.Financing.Value * tick.Years), cash[i]);
        cash[i] -= interest;
        var total = cost[i] + moves.Cost + interest;
        var net = Gain.Vecs[i] - total;
        cost[i] = total;
        profit[i] = net;
        capital[i] = tied;
        success[i] = (engaged & (net > Vec.Zero)).AsOne();
        bought[i] = moves.Bought;
        sold[i] = moves.Sold;
        paid[i] = moves.Paid + interest;
        received[i] = moves.Received;
        var ratio = IsUp ? OraclePrice.Vecs[i] / price : price / OraclePrice.Vecs[i];
        shift[i] = isOn.Any ? Vec.Where(isOn, LaneMath.Log(ratio)) : Vec.Zero;
    }

    private Vec Gas(int i) => GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.TradeGas.Value * 1e-9);

    /// <summary>Flows of the tick in quote and tokens, and their cost at the fair price.</summary>
    private record struct Moves(Vec Bought, Vec Sold, Vec Paid, Vec Received, Vec Cost);
}
