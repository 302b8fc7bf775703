using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>A price of an order book and the base that rests there.</summary>
/// <param name="Price">Quote per base, positive.</param>
/// <param name="Size">Base, at least 0.</param>
public readonly record struct BookLevel(double Price, double Size);

/// <summary>How an order was filled by a book and a curve together.</summary>
/// <param name="Curve">Base through the curve.</param>
/// <param name="Book">Base through the book.</param>
/// <param name="Value">Quote paid by a buyer, or taken by a seller, curve fee included.</param>
/// <param name="Marginal">Price of the last unit, curve fee included; 0 where nothing was filled.</param>
public readonly record struct HybridFill(double Curve, double Book, double Value, double Marginal);

/// <summary>What an arbitrage between book and curve moved.</summary>
/// <param name="Base">Base that went from one to the other.</param>
/// <param name="Profit">Quote gained.</param>
public readonly record struct HybridArbitrage(double Base, double Profit);

/// <summary>One order filled across a book and a curve at the best marginal price; the plain form, one path.</summary>
/// <remarks>
/// <para>For a buyer the supply up to the price p is H(p) = book(asks up to p) + curve(marginal ask up to p), and the
/// order ends at the least p with H(p) at least its size:</para>
/// <code>
/// for each level, best first:  the curve trades until its marginal price is that of the level, then the level trades
/// what is left beyond the last level goes to the curve alone
/// </code>
/// <para>Both supplies rise with the price, so the split is the cheapest one: all legs used end at one marginal price
/// (Karush, Kuhn and Tucker). The level comes first where both are equal.</para>
/// <para>Source: own derivation by convexity; held against brute force in the tests. <see cref="HybridWalk"/> is the
/// vector form that venues use.</para>
/// </remarks>
public static class HybridMatch
{
    /// <summary>Buys base.</summary>
    /// <param name="amount">Base wanted.</param>
    /// <param name="curve">The curve; it moves.</param>
    /// <param name="asks">Levels, cheapest first.</param>
    public static HybridFill Buy(double amount, LiquidityCurve curve, ReadOnlySpan<BookLevel> asks) =>
        Walk(true, amount, curve, asks);

    /// <summary>Sells base.</summary>
    /// <param name="amount">Base for sale.</param>
    /// <param name="curve">The curve; it moves.</param>
    /// <param name="bids">Levels, dearest first.</param>
    public static HybridFill Sell(double amount, LiquidityCurve curve, ReadOnlySpan<BookLevel> bids) =>
        Walk(false, amount, curve, bids);

    /// <summary>Buys from the curve and sells to the bids until the curve asks no less than the best bid.</summary>
    public static HybridArbitrage UncrossBids(LiquidityCurve curve, ReadOnlySpan<BookLevel> bids) =>
        Uncross(true, curve, bids);

    /// <summary>Buys from the asks and sells to the curve until the curve bids no more than the best ask.</summary>
    public static HybridArbitrage UncrossAsks(LiquidityCurve curve, ReadOnlySpan<BookLevel> asks) =>
        Uncross(false, curve, asks);

    private static HybridFill Walk(bool isBuy, double amount, LiquidityCurve curve, ReadOnlySpan<BookLevel> levels)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double left = amount, byCurve = 0, byBook = 0, value = 0, marginal = 0;
        for (var j = 0; j <= levels.Length && left > 0; j++)
        {
            var level = j < levels.Length ? levels[j] : new BookLevel(isBuy ? double.PositiveInfinity : 0, 0);
            var (moved, money) = curve.Trade(isBuy, level.Price, left);
            left -= moved;
            byCurve += moved;
            value += money;
            marginal = moved > 0 ? isBuy ? curve.Ask : curve.Bid : marginal;
            var fill = Math.Min(left, level.Size);
            left -= fill;
            byBook += fill;
            value += fill > 0 ? fill * level.Price : 0;
            marginal = fill > 0 ? level.Price : marginal;
        }

        return new HybridFill(byCurve, byBook, value, marginal);
    }

    /// <summary>Buys from the curve, or sells to it, until its price is that of each level or the level is used
    /// up.</summary>
    private static HybridArbitrage Uncross(bool isBuy, LiquidityCurve curve, ReadOnlySpan<BookLevel> levels)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double total = 0, profit = 0;
        foreach (var level in levels)
        {
            var (moved, money) = curve.Trade(isBuy, level.Price, level.Size);
            total += moved;
            profit += isBuy ? moved * level.Price - money : money - moved * level.Price;
        }

        return new HybridArbitrage(total, profit);
    }
}

/// <summary>Liquidity over ranges of the root of the price, with a fee on the input that is kept aside.</summary>
/// <remarks>
/// <code>
/// between two roots a below b with liquidity L:   base = L (1/a - 1/b),   quote = L (b - a)
/// marginal ask = s^2/g,   marginal bid = g s^2,   s = root of the price, g = 1 - fee
/// </code>
/// <para>One range from 0 to infinity with L = sqrt(x y) is the constant-product pool.</para>
/// </remarks>
public sealed class LiquidityCurve
{
    private readonly double _gamma;
    private readonly double[] _edges;
    private readonly double[] _liquidity;

    /// <param name="root">Root of the price.</param>
    /// <param name="gamma">1 - fee, positive.</param>
    /// <param name="edges">Roots of the prices between the ranges, ascending; one more than ranges.</param>
    /// <param name="liquidity">Liquidity of each range.</param>
    /// <exception cref="ArgumentException">There is not one edge more than ranges.</exception>
    public LiquidityCurve(double root, double gamma, double[] edges, double[] liquidity)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(liquidity);
        if (edges.Length != liquidity.Length + 1)
        {
            throw new ArgumentException($"{liquidity.Length} ranges have {liquidity.Length + 1} edges, not "
                + $"{edges.Length}", nameof(edges));
        }

        (Root, _gamma, _edges, _liquidity) = (root, gamma, edges, liquidity);
    }

    /// <summary>Root of the price.</summary>
    public double Root { get; private set; }

    /// <summary>Price at which the curve sells the next bit of base.</summary>
    public double Ask => Root * Root / _gamma;

    /// <summary>Price at which the curve buys the next bit of base.</summary>
    public double Bid => _gamma * Root * Root;

    /// <summary>A constant-product pool.</summary>
    public static LiquidityCurve ConstantProduct(double reserveBase, double reserveQuote, double gamma) => new(
        Math.Sqrt(reserveQuote / reserveBase), gamma, [0, double.PositiveInfinity],
        [Math.Sqrt(reserveBase * reserveQuote)]);

    /// <summary>Buys or sells up to an amount of base until the marginal price is this one.</summary>
    internal (double Base, double Quote) Trade(bool isBuy, double price, double most) =>
        isBuy ? BuyUpTo(price, most) : SellDownTo(price, most);

    /// <summary>Buys up to an amount of base while the marginal ask is below a price.</summary>
    /// <returns>Base taken and quote paid, fee included.</returns>
    public (double Base, double Quote) BuyUpTo(double price, double most)
    {
        double taken = 0, paid = 0, target = Math.Sqrt(_gamma * price);
        for (var i = 0; i < _liquidity.Length && taken < most; i++)
        {
            var (low, high) = (Math.Max(Root, _edges[i]), Math.Min(target, _edges[i + 1]));
            if (low >= high)
            {
                continue;
            }

            var all = _liquidity[i] * (1 / low - 1 / high);
            var isEnough = all >= most - taken;
            var end = isEnough && _liquidity[i] > 0 ? 1 / (1 / low - (most - taken) / _liquidity[i]) : high;
            paid += _liquidity[i] * (Math.Min(end, high) - low) / _gamma;
            taken = isEnough ? most : taken + all;
            Root = Math.Min(end, high);
        }

        return (taken, paid);
    }

    /// <summary>Sells up to an amount of base while the marginal bid is above a price.</summary>
    /// <returns>Base given, fee included, and quote taken.</returns>
    public (double Base, double Quote) SellDownTo(double price, double most)
    {
        double given = 0, taken = 0, target = Math.Sqrt(price / _gamma);
        for (var i = _liquidity.Length - 1; i >= 0 && given < most; i--)
        {
            var (low, high) = (Math.Max(target, _edges[i]), Math.Min(Root, _edges[i + 1]));
            if (low >= high)
            {
                continue;
            }

            var all = _liquidity[i] * (1 / low - 1 / high) / _gamma;
            var isEnough = all >= most - given;
            var end = isEnough && _liquidity[i] > 0
                ? 1 / (1 / high + (most - given) * _gamma / _liquidity[i]) : low;
            taken += _liquidity[i] * (high - Math.Max(end, low));
            given = isEnough ? most : given + all;
            Root = Math.Max(end, low);
        }

        return (given, taken);
    }
}
