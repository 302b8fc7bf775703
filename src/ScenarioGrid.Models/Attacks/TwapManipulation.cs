using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <summary>Lifts (or lowers) the spot of an oracle's venue for some blocks, then cashes in on the oracle price and
/// unwinds.</summary>
/// <remarks>
/// <para>With fair price P and a spot multiple q that brings the oracle to the multiple T within the hold of m ticks
/// (what q is depends on how the oracle averages, on its window and on its truncation; see the plan of the
/// spot):</para>
/// <code>
/// every tick      arbitrageurs take the spot to P; the attacker buys until it stands at q P
/// cost of a block C = paid - P bought, and the fee;   for a constant product with quote reserve y
///                 C = y (sqrt(q) - 1)^2 / sqrt(q) + phi * in,    in = y (sqrt(q) - 1)
/// after the hold  asks for min(borrowLimit * collateral * oracle, cash of the lender) and leaves the collateral, where
///                 that is more than it is worth; has what the lender grants, which can be read two ticks later;
///                 collects exposure * (oracle - P); sells what it bought
/// bundled         asks for that loan with the last purchase instead
/// engages where   gain at T  >  m C + fees + gas + unwinding + financing,   and the capital is within the budget
/// securityMargin   = that cost / gain at T      above 1 the attack does not pay
/// minimumLiquidity = gain / (m (sqrt(q) + 1/sqrt(q) - 2))   full-range reserve a side at which it just does not
/// </code>
/// <para>A target below 1 pushes down: the attacker has tokens worth his budget, sells them until the spot stands at
/// q P, collects exposure * (P - oracle) of a short position, and buys them back. y (1/sqrt(q) - 1) goes in and
/// y (1 - sqrt(q)) comes out; C is the same. What keepers earn on positions that the low price liquidates is not
/// his.</para>
/// <para>Regimes: on the open market outsiders do the arbitrage and C is lost in every block. In a single block the
/// hold is one tick, and the attacker reverses it himself with probability proposerShare s. A proposer waits for a run
/// of m + 1 blocks of his own (probability s^(m+1) at a slot; the blocks of a run that is too short are passed over),
/// reverses every block himself and pays only fees. With bribes builders leave the reversal to the attacker and are
/// paid what it earns.</para>
/// <para>From the onset on he looks for his chance in every tick, for the time of his patience. A venue with a
/// liquidity ladder (<c>curve</c> 1) is bought up bin by bin; beyond its last bin with liquidity the price rises for
/// free. The lender's own oracle decides what is lent; passThrough is what the attacker expects it to follow.</para>
/// <para>The venue has to let orders stand until the next tick (arbitrageTiming next-tick): where arbitrage answers
/// within the tick the oracle never sees the lifted spot, and the attack loses what it pays.</para>
/// <para>Sources: Bentley (Euler, 2021); Mackinga, Nadahalli and Wattenhofer, "TWAP oracle attacks: easier done than
/// said?" (2022).</para>
/// </remarks>
[Component("twap-manipulation")]
public sealed partial class TwapManipulation(TwapManipulation.Parameters p) : Attack
{
    /// <summary>Security margin where nothing can be won, and the most that is told.</summary>
    private const double MarginMax = 1e6;

    private const int ReverseDraw = 0, RunDraw = 1;

    /// <summary>Who takes the spot back.</summary>
    public enum Regime
    {
        /// <summary>Arbitrageurs, in every block.</summary>
        OpenMarket,

        /// <summary>The attacker in a run of blocks that he proposes.</summary>
        ProposerControl,

        /// <summary>The attacker, who pays the builders what arbitrage would have earned.</summary>
        Bribe,

        /// <summary>One block only, which the attacker reverses if he proposes the next, arbitrageurs if not.</summary>
        SingleBlock,
    }

    public sealed record Parameters : IChecked
    {
        /// <summary>Quote at hand at the start; for a push down the value of the tokens at hand.</summary>
        [Bounds(0, 1e11), Means] public Quantity<Usd> Budget { get; init; } = new(5e7);

        /// <summary>Multiple of the fair price that the oracle shall show, 1.35 (Bentley); below 1 it is pushed
        /// down.</summary>
        [Bounds(0.001, 1000)] public Quantity<Number> TargetMultiple { get; init; } = new(1.35);

        /// <summary>How long the spot is held; whole ticks.</summary>
        [Bounds(1, 604_800)] public Quantity<Second> HoldTime { get; init; } = new(600);

        /// <summary>How long after the onset he waits for a run of blocks or for an attack that pays; 0 is the onset
        /// only.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> Patience { get; init; } = new(0);

        /// <summary>Who takes the spot back.</summary>
        public Regime Regime { get; init; } = Regime.OpenMarket;

        /// <summary>Share of the blocks that the attacker proposes.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> ProposerShare { get; init; } = new(0.1);

        /// <summary>Value of the tokens that the attacker can post as collateral, at the start.</summary>
        [Bounds(0, 1e11), Means] public Quantity<Usd> Collateral { get; init; } = new(1e6);

        /// <summary>Tokens of a position elsewhere that settles on the oracle price after the hold: long for a push up,
        /// short for one down.</summary>
        [Bounds(0, 1e9), Means] public Quantity<Token> Exposure { get; init; } = new(0);

        /// <summary>Share of the rise of the target that he expects the lender's oracle to show: below 1 where a median
        /// or another feed stands between (own choice).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> PassThrough { get; init; } = new(1);

        /// <summary>Asks for the loan in the block of the last purchase, so that the lender lends at the first price
        /// that shows it; else in the block after it, when a lender with a window of a few blocks already sees the
        /// price fall.</summary>
        public bool Bundled { get; init; }

        /// <summary>Attacks only where it expects a profit within its budget.</summary>
        public bool Rational { get; init; } = true;

        /// <summary>Gas of one trade, 120k (swap).</summary>
        [Bounds(0, 1e7)] public Quantity<Gas> TradeGas { get; init; } = new(120_000);

        /// <summary>Cost of the capital in use.</summary>
        [Bounds(0, 10)] public Quantity<PerYear> Financing { get; init; } = new(0.1);

        /// <summary>Move of the spot that a tick of unwinding accepts.</summary>
        [Bounds(0.0001, 0.5)] public Quantity<Fraction> UnwindImpact { get; init; } = new(0.01);

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (TargetMultiple.Value is > 0.999 and < 1.001)
            {
                yield return ("targetMultiple", FormattableString.Invariant(
                    $"is {TargetMultiple.Value}, which moves nothing; it must be at most 0.999 or at least 1.001"));
            }
        }
    }

    /// <summary>Whether the spot is lifted.</summary>
    private bool IsUp => p.TargetMultiple.Value > 1;

    public override void Start(in Tick tick)
    {
        Vecs cash = Cash.Vecs, pledge = Pledge.Vecs, fair = Fair.Vecs, spot = Spot.Vecs, market = MarketPrice.Vecs;
        Vecs inventory = Inventory.Vecs, tokens = InventoryStart.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var price = Vec.Select(market[i] > Vec.Zero, market[i], spot[i]);
            cash[i] = IsUp ? p.Budget.Value : Vec.Zero;
            inventory[i] = tokens[i] = IsUp ? Vec.Zero : p.Budget.Value / price;
            pledge[i] = p.Collateral.Value / price;
            fair[i] = price;
        }
    }

    public override void Step(in Tick tick)
    {
        var first = (int)Math.Ceiling(Onset / tick.Seconds);
        if (tick.Index < first)
        {
            return;
        }

        var held = p.Regime == Regime.SingleBlock ? 1 : (int)Math.Ceiling(p.HoldTime.Value / tick.Seconds);
        var waits = tick.Index <= first + (int)Math.Ceiling(p.Patience.Value / tick.Seconds);
        Vecs begun = Begun.Vecs;
        Span<Vec> memory = stackalloc Vec[Pool.MemorySize];
        for (var i = 0; i < tick.Vectors; i++)
        {
            var price = FairPrice(i);
            var pool = new Pool(this, i, memory);
            if (waits)
            {
                Decide(i, price, held, pool, tick);
            }

            var moves = new Moves();
            var elapsed = tick.Index - begun[i];
            var acts = begun[i] >= Vec.Zero;
            Settle(ref moves, i, price);
            var reverses = acts & (elapsed > Vec.Zero) & (elapsed <= held);
            if (p.Regime != Regime.OpenMarket && reverses.Any)
            {
                Reverse(ref moves, i, price, reverses, pool, tick);
            }

            Trade(ref moves, i, price, acts, elapsed < held, pool);
            var asks = p.Bundled ? held - 1 : held;
            Borrow(ref moves, i, price, acts & Vec.Equal(elapsed, asks), acts & Vec.Equal(elapsed, asks + 2));
            SettleElsewhere(ref moves, i, price, acts & Vec.Equal(elapsed, held));
            Book(moves, i, price, acts & (elapsed <= held), tick);
        }
    }

    /// <summary>The market's price; without a market the spot before the attack.</summary>
    private Vec FairPrice(int i)
    {
        var fair = Fair.Vecs;
        var market = MarketPrice.Vecs[i];
        var known = Vec.Select(Begun.Vecs[i] < Vec.Zero, Spot.Vecs[i], fair[i]);
        fair[i] = Vec.Select(market > Vec.Zero, market, known);
        return fair[i];
    }
}
