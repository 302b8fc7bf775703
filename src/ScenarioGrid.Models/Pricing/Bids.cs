using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Who gets in when many bid for something scarce, such as room in a block or a lot of collateral.</summary>
/// <remarks>
/// <para>Bids for block space are lognormal around the price of a standard bid, as before EIP-1559. The number of
/// bidders in a sealed auction is Poisson.</para>
/// <para>Source: own derivation; the share of Maker auctions won by bids of nothing on 12 March 2020 was 36 %
/// (whiterabbit, "Black Thursday for MakerDAO").</para>
/// </remarks>
public static class Bids
{
    /// <summary>Probability that a bid for block space is high enough: Phi(ln(bid / price) / spread).</summary>
    public static Vec Included(Vec bid, Vec price, double spread) =>
        LaneMath.NormalCdf(LaneMath.Log(bid / price) * (1 / spread));

    /// <inheritdoc cref="Included(Vec, Vec, double)"/>
    public static double Included(double bid, double price, double spread) =>
        Included(new Vec(bid), new Vec(price), spread)[0];

    /// <summary>Share of sold lots with a single bidder, who pays nothing: l / (e^l - 1) for l bidders in the
    /// mean.</summary>
    public static Vec SoleBidderShare(Vec bidders) =>
        Vec.Select(bidders > 1e-12, bidders / LaneMath.Expm1(Vec.Max(bidders, 1e-12)), 1.0);

    /// <inheritdoc cref="SoleBidderShare(Vec)"/>
    public static double SoleBidderShare(double bidders) => SoleBidderShare(new Vec(bidders))[0];

    /// <summary>Mean number of bidders at which a share of the sold lots has a single one; 60 bisections.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    public static double BiddersOfSoleShare(double share)
    {
        var (low, high) = (0.0, 64.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = SoleBidderShare(middle) > share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Mean of 2/(n + 1) over Poisson numbers n of at least two bidders: where the second-lowest of n uniform
    /// margins lies in the mean.</summary>
    /// <remarks><code>
    /// sum over n >= 2 of e^-l l^n/n! 2/(n+1) = (2/l) (1 - e^-l (1 + l + l^2/2)), over 1 - e^-l (1 + l)
    /// </code></remarks>
    public static Vec SecondMargin(Vec bidders)
    {
        var l = Vec.Max(bidders, 0.01);
        var none = LaneMath.Exp(-l);
        return Vec.Min(2.0 / l * (1.0 - none * (1.0 + l + 0.5 * l * l)) / (1.0 - none * (1.0 + l)), 2.0 / 3);
    }
}
