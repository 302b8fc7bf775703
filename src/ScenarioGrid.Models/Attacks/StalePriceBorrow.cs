using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <summary>Buys a token below the price at which a lender values it, borrows on it and never comes back.</summary>
/// <remarks>
/// <para>With spot s and fee phi of the venue, oracle price O of the lender and its loan-to-value L, from the onset on
/// and for a time, in every tick of h seconds:</para>
/// <code>
/// edge      = L O (1 - phi) / s                       above 1 + margin it pays: the oracle is above the market by more
///                                                     than 1/L
/// spent     = min(cash, speed h, quote that lifts the spot to min(s (1 + buyImpact), L O (1 - phi)/(1 + margin)),
///                 price of the tokens that the lender's cash and the supply cap leave room for)
/// posted    = tokens that the venue has delivered, up to supplyCap / O in all
/// asked     = min(L O posted - owed, cash of the lender);   the lender grants it one tick later, read after two
/// profit    = cash, tokens at the fair price, and what the collateral is worth above the debt, less the budget
/// </code>
/// <para>Loans pay for the next purchases, so that cash of the lender, liquidity of the token and speed are the limits
/// and not the budget. Gas is paid for a tick with a purchase, and none is made that would not earn it. A venue with a
/// liquidity ladder (<c>curve</c> 1) is bought up bin by bin, any other as a constant product.</para>
/// <para>Shapes: all lanes [paths]. Assumes that he is the only attacker of this lender.</para>
/// <para>Source: Venus and Blizz, 12 May 2022: the feed's lowest answer held LUNA at 0.107 USD while it traded at 0.01.
/// Own derivation.</para>
/// </remarks>
[Component("stale-price-borrow")]
public sealed partial class StalePriceBorrow(StalePriceBorrow.Parameters p) : Attack
{
    public sealed record Parameters
    {
        /// <summary>Quote at hand at the start (own choice).</summary>
        [Bounds(0, 1e11), Means] public Quantity<Usd> Budget { get; init; } = new(1e6);

        /// <summary>How long after the onset he goes on (own choice).</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(604_800);

        /// <summary>Most quote that he spends a second (own choice).</summary>
        [Bounds(0, 1e9), Means] public Quantity<UsdPerSecond> Speed { get; init; } = new(10_000);

        /// <summary>Rise of the spot that a tick of buying accepts (own choice).</summary>
        [Bounds(0.0001, 1)] public Quantity<Fraction> BuyImpact { get; init; } = new(0.05);

        /// <summary>Loan over price, less 1, from which on he acts (own choice).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Margin { get; init; } = new(0.05);

        /// <summary>Most collateral that the lender takes, at its oracle's price; 0 is no cap.</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> SupplyCap { get; init; } = new(0);

        /// <summary>Gas of a purchase, a deposit and a loan, 500k (from memory).</summary>
        [Bounds(0, 1e7)] public Quantity<Gas> StepGas { get; init; } = new(500_000);
    }

    public override void Start(in Tick tick) => Cash.Span.Fill(p.Budget.Value);

    public override void Step(in Tick tick)
    {
        var lasts = tick.Start >= Onset && tick.Start < Onset + p.For.Value;
        Span<Vec> memory = stackalloc Vec[LiquidityLadder.MemorySize];
        for (var i = 0; i < tick.Vectors; i++)
        {
            Settle(i);
            Borrow(i, lasts);
            Purchase(i, lasts, tick, memory);
            Book(i);
        }
    }

    /// <summary>Takes what the venue has filled and what the lender has granted; a venue sends back what it does not
    /// fill, a router keeps trying.</summary>
    private void Settle(int i)
    {
        Vecs flying = Flying.Vecs, cash = Cash.Vecs, inventory = Inventory.Vecs, owed = Owed.Vecs;
        Vecs bought = Bought.Vecs, paid = Paid.Vecs, received = Received.Vecs, cost = Cost.Vecs;
        Vec filled = VenueSpent.Vecs[i], spent = Vec.Min(flying[i], filled);
        var tokens = Vec.Where(spent > Vec.Zero, VenueBought.Vecs[i] * (spent / filled));
        var open = flying[i] - spent;
        var returned = Vec.Where(Latency.Vecs[i] < 1.5, open);
        var granted = Vec.Min(Granted.Vecs[i], AskedEarlier.Vecs[i]);
        flying[i] = open - returned;
        inventory[i] += tokens;
        bought[i] = tokens;
        paid[i] = spent;
        cost[i] += spent;
        received[i] = granted;
        owed[i] += granted;
        cash[i] += returned + granted;
    }

    /// <summary>Posts the tokens at hand and asks for all that they support.</summary>
    private void Borrow(int i, bool lasts)
    {
        Vecs inventory = Inventory.Vecs, posted = Posted.Vecs, collateral = AttackCollateral.Vecs;
        Vecs debt = AttackDebt.Vecs, before = AskedBefore.Vecs, earlier = AskedEarlier.Vecs, engaged = Engaged.Vecs;
        Vec worth = Worth(i), pending = before[i];
        var pays = worth > Fair(i) * (1 + p.Margin.Value);
        var tokens = lasts ? Vec.Where(pays, Vec.Min(inventory[i], Room(i))) : Vec.Zero;
        inventory[i] -= tokens;
        posted[i] += tokens;
        collateral[i] = tokens;
        var room = worth * posted[i] - Owed.Vecs[i] - pending;
        var asked = Vec.Max(Vec.Min(room, LenderCash.Vecs[i] - pending), Vec.Zero);
        debt[i] = lasts ? asked : Vec.Zero;
        earlier[i] = pending;
        before[i] = debt[i];
        engaged[i] = Vec.Select(tokens > Vec.Zero, 1.0, engaged[i]);
    }

    /// <summary>Buys what can be lent on, as fast as venue and speed allow.</summary>
    private void Purchase(int i, bool lasts, in Tick tick, Span<Vec> memory)
    {
        Vecs buy = Buy.Vecs, cash = Cash.Vecs, flying = Flying.Vecs, edges = Edge.Vecs, paid = Paid.Vecs;
        var cost = Cost.Vecs;
        Vec worth = Worth(i), kept = 1.0 - Fee.Vecs[i], spot = Spot.Vecs[i], gas = Gas(i);
        var edge = worth * kept / spot;
        edges[i] = Vec.Min(edge, EdgeMax);
        var acts = (edge > 1 + p.Margin.Value) & (VenueIsUp.Vecs[i] >= 0.5) & (worth > Vec.Zero);
        if (!lasts || acts.None)
        {
            buy[i] = Vec.Zero;
            return;
        }

        var top = Vec.Min(spot * (1 + p.BuyImpact.Value), worth * kept / (1 + p.Margin.Value));

        // A constant product sells at the geometric mean of the price before and after.
        var price = Vec.Sqrt(spot * Vec.Max(top, Vec.Zero)) / kept;
        var lendable = Vec.Max(LenderCash.Vecs[i] - AskedBefore.Vecs[i], Vec.Zero) / worth;
        var tokens = Vec.Max(Vec.Min(lendable, Room(i)) - Inventory.Vecs[i], Vec.Zero);
        var wanted = Vec.Min(Vec.Min(Reach(i, top, memory) / kept, tokens * price - flying[i]),
            Vec.Min(p.Speed.Value * tick.Seconds, cash[i] - gas));
        acts &= wanted * (worth / price - 1.0) > gas;
        var spent = Vec.Where(acts, Vec.Max(wanted, Vec.Zero));
        gas = Vec.Where(spent > Vec.Zero, gas);
        buy[i] = spent;
        flying[i] += spent;
        cash[i] -= spent + gas;
        paid[i] += gas;
        cost[i] += gas;
    }

    private void Book(int i)
    {
        Vecs cash = Cash.Vecs, profit = Profit.Vecs, capital = Capital.Vecs, success = Success.Vecs;
        Vecs borrowed = Borrowed.Vecs;
        var price = Fair(i);
        var held = cash[i] + Flying.Vecs[i];
        var equity = Vec.Max(Posted.Vecs[i] * price - Owed.Vecs[i], Vec.Zero);
        var net = held + Inventory.Vecs[i] * price + equity - p.Budget.Value;
        profit[i] = net;
        capital[i] = Vec.Max(p.Budget.Value - cash[i], Vec.Zero);
        borrowed[i] = Owed.Vecs[i];
        success[i] = ((Engaged.Vecs[i] > Vec.Zero) & (net > Vec.Zero)).AsOne();
    }

    /// <summary>The market's price; without a market the spot.</summary>
    private Vec Fair(int i)
    {
        var market = MarketPrice.Vecs[i];
        return Vec.Select(market > Vec.Zero, market, Spot.Vecs[i]);
    }

    /// <summary>What the lender lends on a token.</summary>
    private Vec Worth(int i) => BorrowLimit.Vecs[i] * OraclePrice.Vecs[i];

    /// <summary>Tokens that the lender still takes.</summary>
    private Vec Room(int i) => p.SupplyCap.Value > 0
        ? Vec.Max(p.SupplyCap.Value / OraclePrice.Vecs[i] - Posted.Vecs[i], Vec.Zero)
        : double.MaxValue;

    /// <summary>Quote, fee aside, that lifts the spot to a price.</summary>
    private Vec Reach(int i, Vec top, Span<Vec> memory)
    {
        var spot = Spot.Vecs[i];
        var pool = ReserveQuote.Vecs[i] * (Vec.Sqrt(Vec.Max(top / spot, 1.0)) - 1.0);
        var isLadder = Curve.Vecs[i] >= 0.5;
        if (isLadder.None)
        {
            return pool;
        }

        var ladder = new LiquidityLadder(memory);
        ladder.Set(isSell: false, spot, BuyDepths, 0, i);
        return Vec.Select(isLadder, ladder.BuyUntil(top), pool);
    }

    private Vec Gas(int i) => GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.StepGas.Value * 1e-9);
}
