using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <content>What the attacker does in a tick, for four paths.</content>
public sealed partial class TwapManipulation
{
    /// <summary>Sets the spot to hold, and whether the attack pays.</summary>
    private void Decide(int i, Vec price, int held, in Tick tick)
    {
        Vecs engaged = Engaged.Vecs, multiple = SpotMultiple.Vecs;
        var window = OracleWindow.Vecs[i] / tick.Seconds;
        var blocks = Vec.Min(held, window);
        var target = new Vec(p.TargetMultiple.Value);
        var geometric = LaneMath.Exp(Vec.Min(LaneMath.Log(target) * window / blocks, 41.0));
        var arithmetic = (window * target - (window - blocks)) / blocks;
        var q = Vec.Min(Vec.Select(OracleAveraging.Vecs[i] >= 0.5, geometric, arithmetic), SpotMultipleMax);
        multiple[i] = q;
        if (!p.Rational)
        {
            engaged[i] = 1.0;
            return;
        }

        Vec side = ReserveQuote.Vecs[i], phi = Fee.Vecs[i], root = Vec.Sqrt(q);
        var capitalOfBlock = side * (root - 1.0) / (1.0 - phi);
        var lost = p.Regime == Regime.ProposerControl ? 1 - p.ProposerShare.Value : 1;
        var fees = phi * capitalOfBlock * (p.Regime == Regime.OpenMarket ? 1 : 2);
        var kept = held * side * (1.0 - 1.0 / root) * lost;
        var capital = capitalOfBlock * (p.Regime == Regime.OpenMarket ? held : 1 + lost * (held - 1));
        var cost = held * (lost * Pricing.TwapManipulation.Loss(side, q) + fees + Gas(i))
            + kept * (phi + 0.5 * p.UnwindImpact.Value)
            + capital * (p.Financing.Value * held * tick.Years);
        var worth = Pledge.Vecs[i] * price;
        var loan = Vec.Min(BorrowLimit.Vecs[i] * worth * target, LenderCash.Vecs[i]);
        var gain = Vec.Max(loan - worth, Vec.Zero) + p.Exposure.Value * price * (target - 1.0);
        engaged[i] = ((gain > cost) & (capital <= Cash.Vecs[i])).AsOne();
    }

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

    /// <summary>The attacker does the arbitrage of this tick himself, with the tokens he has.</summary>
    private void Reverse(ref Moves moves, int i, Vec price, in Tick tick)
    {
        Vecs cash = Cash.Vecs, inventory = Inventory.Vecs;
        var trade = ConstantProduct.ArbitrageTo(ReserveBase.Vecs[i], ReserveQuote.Vecs[i], 1.0 - Fee.Vecs[i], price);
        var own = (Engaged.Vecs[i] > Vec.Zero) & (trade.BaseIn > Vec.Zero) & (VenueIsUp.Vecs[i] >= 0.5);
        if (p.Regime == Regime.ProposerControl)
        {
            own &= tick.Uniform(0, i) < p.ProposerShare.Value;
        }

        var share = Vec.Where(own, Vec.Min(inventory[i] / trade.BaseIn, 1.0));
        Vec given = Vec.Min(Vec.Where(own, share * trade.BaseIn), inventory[i]);
        var taken = Vec.Where(own, share * trade.QuoteOut);
        var bribe = p.Regime == Regime.Bribe ? Vec.Max(taken - given * price, Vec.Zero) : Vec.Zero;
        inventory[i] -= given;
        cash[i] += taken - bribe;
        moves.Sold += given;
        moves.Received += taken;
        moves.Paid += bribe;
        moves.Cost += given * price - taken + bribe;
    }

    /// <summary>Lifts the spot during the hold, unwinds after it.</summary>
    private void Trade(ref Moves moves, int i, Vec price, bool isHeld)
    {
        Vecs cash = Cash.Vecs, inventory = Inventory.Vecs, flyingQuote = FlyingQuote.Vecs, flyingBase = FlyingBase.Vecs;
        Vecs buy = Buy.Vecs, sell = Sell.Vecs;
        Vec x = ReserveBase.Vecs[i], y = ReserveQuote.Vecs[i], gamma = 1.0 - Fee.Vecs[i];
        var trade = ConstantProduct.ArbitrageTo(x, y, gamma, price);
        x += trade.BaseIn - trade.BaseOut;
        y += trade.QuoteIn - trade.QuoteOut;
        var acts = (Engaged.Vecs[i] > Vec.Zero) & (VenueIsUp.Vecs[i] >= 0.5);
        Vec spent = Vec.Zero, sold = Vec.Zero;
        if (isHeld)
        {
            var wanted = ConstantProduct.InputToMultiple(y, SpotMultiple.Vecs[i] * price * x / y, gamma);
            spent = Vec.Where(acts, Vec.Min(wanted, Vec.Max(cash[i] - Gas(i), Vec.Zero)));
        }
        else
        {
            var reach = ConstantProduct.InputToMultiple(x, 1 / (1 - p.UnwindImpact.Value), gamma);
            sold = Vec.Where(acts, Vec.Min(inventory[i], reach));
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

    /// <summary>Borrows on the inflated collateral and settles the position elsewhere, in the first tick after the
    /// hold.</summary>
    private void Extract(ref Moves moves, int i, Vec price, bool isDue)
    {
        Vecs collateral = AttackCollateral.Vecs, debt = AttackDebt.Vecs, pledge = Pledge.Vecs, cash = Cash.Vecs;
        Vecs gain = Gain.Vecs;
        Vec posted = Vec.Zero, borrowed = Vec.Zero;
        if (isDue)
        {
            var acts = Engaged.Vecs[i] > Vec.Zero;
            var oracle = OraclePrice.Vecs[i];
            var loan = Vec.Min(BorrowLimit.Vecs[i] * pledge[i] * oracle, LenderCash.Vecs[i]);
            var leaves = acts & (loan > pledge[i] * price);
            posted = Vec.Where(leaves, pledge[i]);
            borrowed = Vec.Where(leaves, loan);
            var settled = Vec.Where(acts, p.Exposure.Value * Vec.Max(oracle - price, Vec.Zero));
            pledge[i] -= posted;
            cash[i] += borrowed + settled;
            moves.Received += settled;
            gain[i] = borrowed - posted * price + settled;
        }

        collateral[i] = posted;
        debt[i] = borrowed;
    }

    private void Book(in Moves moves, int i, Vec price, in Tick tick, bool isOn)
    {
        Vecs cash = Cash.Vecs, cost = Cost.Vecs, profit = Profit.Vecs, capital = Capital.Vecs, success = Success.Vecs;
        Vecs shift = OracleShift.Vecs, bought = Bought.Vecs, sold = Sold.Vecs;
        Vecs paid = Paid.Vecs, received = Received.Vecs;
        var engaged = Engaged.Vecs[i] > Vec.Zero;
        var tied = Vec.Where(engaged, Vec.Max(p.Budget.Value - cash[i], Vec.Zero));
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
        shift[i] = isOn ? Vec.Where(engaged, LaneMath.Log(OraclePrice.Vecs[i] / price)) : Vec.Zero;
    }

    private Vec Gas(int i) => GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.TradeGas.Value * 1e-9);

    /// <summary>Flows of the tick in quote and tokens, and their cost at the fair price.</summary>
    private record struct Moves(Vec Bought, Vec Sold, Vec Paid, Vec Received, Vec Cost);
}
