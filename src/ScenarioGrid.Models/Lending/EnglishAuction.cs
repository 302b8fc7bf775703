using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>How Maker's first auctions end: bids rise up to the tab, then they ask for less of the lot.</summary>
/// <remarks>
/// <para>A lot has to raise a tab; the runner-up values a token at v. A bid must be beg times the one before, or the
/// tab; at the tab, the part of the lot asked for must be at most the one before over beg. The winner goes no further
/// than to where the runner-up has no answer left:</para>
/// <code>
/// v lot &lt; tab     paid v lot / beg,  for the lot
/// else            paid tab,  for min(lot, beg tab / v)
/// </code>
/// <para>Source: dss, flip.sol (tend, dent); where it ends: own derivation.</para>
/// </remarks>
public static class EnglishAuction
{
    /// <summary>What the winner gets and pays.</summary>
    /// <param name="tab">Dollars to raise.</param>
    /// <param name="lot">Tokens in the auction.</param>
    /// <param name="value">What a token is worth to the runner-up, in dollars, at least 0.</param>
    /// <param name="step">Least factor from a bid to the next (beg), at least 1.</param>
    /// <returns>Tokens taken, and dollars paid for them.</returns>
    public static (Vec Taken, Vec Paid) Settle(Vec tab, Vec lot, Vec value, double step)
    {
        var worth = value * lot;
        var paid = Vec.Select(worth < tab, worth / step, tab);
        return (Vec.Where(value > Vec.Zero, Vec.Min(lot, paid * step / value)), paid);
    }
}
