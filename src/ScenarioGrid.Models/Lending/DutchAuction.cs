using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>How the price of a Dutch auction falls.</summary>
public enum AuctionPrice
{
    /// <summary>By a factor in steps: top cut^floor(t / step).</summary>
    Stair,

    /// <summary>On a straight line to nothing: top (1 - t / tau).</summary>
    Linear,

    /// <summary>By a factor in every second: top cut^t.</summary>
    Exponential,
}

/// <summary>Price and fills of Maker's LIQ-2.0 auctions.</summary>
/// <remarks>
/// <para>Source: dss, abaci.sol (StairstepExponentialDecrease, LinearDecrease, ExponentialDecrease) and
/// clip.sol.</para>
/// </remarks>
public static class DutchAuction
{
    /// <summary>Price t seconds after the start.</summary>
    /// <param name="form">How it falls.</param>
    /// <param name="top">Price at the start.</param>
    /// <param name="seconds">t, at least 0.</param>
    /// <param name="cut">Factor per step, or per second; above 0, at most 1.</param>
    /// <param name="step">Seconds of a step.</param>
    /// <param name="tau">Seconds until a straight line is at nothing.</param>
    public static Vec PriceAt(AuctionPrice form, Vec top, Vec seconds, double cut, double step, double tau) =>
        form switch
        {
            AuctionPrice.Stair => top * LaneMath.Pow(cut, Vec.Floor(seconds / step)),
            AuctionPrice.Linear => top * Vec.Max(1.0 - seconds / tau, Vec.Zero),
            _ => top * LaneMath.Pow(cut, seconds),
        };

    /// <inheritdoc cref="PriceAt(AuctionPrice, Vec, Vec, double, double, double)"/>
    public static double PriceAt(AuctionPrice form, double top, double seconds, double cut, double step, double tau) =>
        PriceAt(form, new Vec(top), new Vec(seconds), cut, step, tau)[0];

    /// <summary>What a bid of so many tokens gets at a price.</summary>
    /// <param name="tab">Dollars the auction has to raise; what is left afterwards.</param>
    /// <param name="lot">Tokens in the auction; what is left afterwards, for the owner once the tab is 0.</param>
    /// <param name="amount">Tokens wanted at most.</param>
    /// <param name="price">Price of now, above 0.</param>
    /// <param name="dust">Smallest tab that may be left, unless none is: a bid that would leave less is cut.</param>
    /// <returns>Tokens taken, and dollars paid for them.</returns>
    public static (Vec Taken, Vec Paid) Take(ref Vec tab, ref Vec lot, Vec amount, Vec price, Vec dust)
    {
        var slice = Vec.Min(lot, amount);
        var owes = Vec.Min(slice * price, tab);
        var leavesDust = (owes < tab) & (slice < lot) & (tab - owes < dust);
        owes = Vec.Select(leavesDust, Vec.Max(tab - dust, Vec.Zero), owes);
        var isWhole = Vec.Equal(owes, tab);
        var taken = Vec.Select(isWhole | leavesDust, Vec.Min(owes / price, lot), slice);
        tab = Vec.Where(!isWhole, tab - owes);
        lot = Vec.Max(lot - taken, Vec.Zero);
        return (taken, owes);
    }
}
