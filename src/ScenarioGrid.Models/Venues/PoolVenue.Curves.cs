using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>The curve of a pool, eight paths of it in registers while a tick is made.</summary>
/// <remarks>
/// A trade of the amount 0 changes no bit of a path, so that work may be skipped where no path trades. Amounts given to
/// a curve that ends lie within its limits.
/// </remarks>
internal interface ICurve<TSelf>
    where TSelf : struct, ICurve<TSelf>
{
    /// <summary>True where fees are added to the reserves; else the providers take them out at once.</summary>
    static virtual bool KeepsFees => true;

    /// <summary>True where the venue publishes a ladder of depths.</summary>
    static virtual bool IsLadder => true;

    /// <summary>True where the reserves of one side can be used up.</summary>
    static virtual bool IsBounded => false;

    /// <summary>Base held.</summary>
    Vec Base { get; }

    /// <summary>Quote held, in US dollars.</summary>
    Vec Quote { get; }

    /// <summary>Marginal price before fee, US dollars per base.</summary>
    Vec Spot { get; }

    /// <summary>The curve as the lanes of its venue have it.</summary>
    static abstract TSelf Load(PoolVenue venue, int i);

    /// <summary>Base worth a value at the spot.</summary>
    Vec Coins(Vec value);

    /// <summary>Depth over that at the start.</summary>
    Vec Depth();

    /// <summary>Loss to arbitrageurs per year as a share of the value, at a volatility.</summary>
    Vec LossRate(Vec sigma);

    /// <summary>Providers add or take the same share of both reserves.</summary>
    void Scale(Vec factor);

    /// <summary>Base, fee included, that takes a share of the quote held.</summary>
    Vec SellLimit(double share, Vec gamma);

    /// <summary>Quote, fee included, that takes a share of the base held.</summary>
    Vec BuyLimit(double share, Vec gamma);

    /// <summary>Sells base, fee included; the quote paid out and the value of the fee.</summary>
    Fill Sell(Vec sold, Vec gamma);

    /// <summary>Spends quote, fee included; the base paid out and the value of the fee.</summary>
    Fill Buy(Vec spent, Vec gamma);

    /// <summary>Fees of trades that were matched, which stay in the reserves.</summary>
    void Add(Vec baseFee, Vec quoteFee);

    /// <summary>Paths on which the fair price is outside the band [g spot, spot/g].</summary>
    Mask IsOutside(Vec gamma, Vec fair);

    /// <summary>The trade that earns most at the fair price.</summary>
    Arbitrage ArbitrageTo(Vec gamma, Vec fair);

    /// <summary>Makes the trade on some paths; returns the value of its fees at the fair price.</summary>
    Vec Apply(in Arbitrage trade, Mask acts, Vec gamma, Vec fair);

    /// <summary>Writes state and value of the curve to the lanes of its venue.</summary>
    void Store(PoolVenue venue, int i, Vec market);
}

/// <summary>What a pool that keeps its fees holds.</summary>
internal struct Reserves(Vec coins, Vec quote)
{
    public Vec Base = coins;
    public Vec Quote = quote;

    public void Scale(Vec factor) => (Base, Quote) = (Base * factor, Quote * factor);

    public void Add(Vec coins, Vec quote)
    {
        Base += coins;
        Quote += quote;
    }

    /// <summary>Makes an arbitrage trade on some paths; returns the fee on its input at the fair price.</summary>
    public Vec Apply(in Arbitrage trade, Mask acts, Vec gamma, Vec fair)
    {
        Vec quoteIn = Vec.Where(acts, trade.QuoteIn), baseIn = Vec.Where(acts, trade.BaseIn);
        Add(baseIn - Vec.Where(acts, trade.BaseOut), quoteIn - Vec.Where(acts, trade.QuoteOut));
        return (1.0 - gamma) * (quoteIn + baseIn * fair);
    }
}

/// <summary>What a trade takes out of a pool.</summary>
/// <param name="Out">Amount paid out, fee off.</param>
/// <param name="Fee">Value of the fee at the spot before the trade, in US dollars.</param>
internal readonly record struct Fill(Vec Out, Vec Fee);
