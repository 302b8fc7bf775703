using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>The market for blocks before EIP-1559: everybody pays what he bids, and blocks hold what is the target
/// today.</summary>
/// <remarks>
/// <para>Gas in targets of one block; p is the share of slots that carry a block:</para>
/// <code>
/// d (g/b0)^-e + Q (g/g0)^-e = p           the first block clears what waits since the price g0
/// d (g/b0)^-e = p                         all others: g = b0 (d/p)^(1/e)
/// included(bid) = N((ln bid - ln g) / s)  blocks differ: log bids of the last one included have deviation s
/// Q' = (d (g/b0)^-e + Q) keep             in a halt, slot by slot; else nobody waits: who is outbid leaves
/// </code>
/// <para>Source: clearing own derivation; the share of bids included is the specification's model of March
/// 2020.</para>
/// </remarks>
/// <param name="demandElasticity">The exponent e.</param>
/// <param name="reference">The price b0 in gwei.</param>
/// <param name="keep">Share of what waits that has not given up after a slot; below 1.</param>
public sealed class FirstPriceMarket(double demandElasticity, double reference, double keep)
{
    private const double LeastDemand = 1e-12;

    private readonly double _logKeep = LaneMath.Log(keep);

    /// <summary>Clears the slots of a tick; sums of the state are set, the share willing is not used.</summary>
    /// <param name="state">State before and after; the fee is the price that is just included.</param>
    /// <param name="slots">Number of slots, at least 1.</param>
    /// <param name="demand">Demand at the reference price, in targets a slot.</param>
    /// <param name="proposing">Share of slots with a block; 0 in a halt.</param>
    public void Clear(ref FeeMarket.State state, int slots, Vec demand, Vec proposing)
    {
        var isMade = proposing > Vec.Zero;
        var willing = demand * LaneMath.Pow(state.Fee / reference, -demandElasticity);
        var kept = LaneMath.Exp(_logKeep * slots);
        var halted = state.Waiting * kept + willing * (keep * (1 - kept) / (1 - keep));
        var blocks = Vec.Select(isMade, proposing, 1.0);
        var first = Price(state.Fee, (willing + state.Waiting) / blocks);
        var level = Price(reference, demand / blocks);
        var firstWant = (willing + state.Waiting) * LaneMath.Pow(first / state.Fee, -demandElasticity);
        var levelWant = demand * LaneMath.Pow(level / reference, -demandElasticity);
        Vec firstUsed = Vec.Min(firstWant, proposing), levelUsed = Vec.Min(levelWant, proposing);
        state.Used = Vec.Where(isMade, firstUsed + (slots - 1) * levelUsed);
        state.Paid = Vec.Where(isMade, first * firstUsed + (slots - 1) * (level * levelUsed));
        state.Want = Vec.Select(isMade, state.Used, state.Waiting + slots * willing);
        state.Dropped = Vec.Where(!isMade, state.Want - halted);
        state.Fee = Vec.Select(isMade, slots > 1 ? level : first, state.Fee);
        state.Waiting = Vec.Where(!isMade, halted);
    }

    /// <summary>Probability that a block includes a bid.</summary>
    /// <param name="logBid">Log of the bid.</param>
    /// <param name="logPrice">Log of the price that is just included.</param>
    /// <param name="deviation">The deviation s, above 0.</param>
    public static Vec Included(Vec logBid, Vec logPrice, double deviation) =>
        LaneMath.NormalCdf((logBid - logPrice) * (1 / deviation));

    /// <summary>The price at which so many times too much demand just fits, not below the least fee.</summary>
    private Vec Price(Vec from, Vec ratio) =>
        Vec.Max(from * LaneMath.Pow(Vec.Max(ratio, LeastDemand), 1 / demandElasticity), FeeMarket.FeeMin);
}
