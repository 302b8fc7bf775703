using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Liquidity over bins of prices, shared by all paths: any swap is one search and one closed form.</summary>
/// <remarks>
/// <code>
/// edges s_0 &lt; ... &lt; s_J (roots of prices), depth L_j from s_j to s_(j+1), 0 where there is a gap
/// X_j = sum over i &gt;= j of L_i (1/s_i - 1/s_(i+1))        Y_j = sum over i &lt; j of L_i (s_(i+1) - s_i)
/// base held at s in bin j = X_(j+1) + L_j (1/s - 1/s_(j+1))     quote held = Y_j + L_j (s - s_j)
/// </code>
/// <para>Gaps are jumped at no cost. A swap that uses up one side stops at the last edge with liquidity and takes only
/// what it could use. A swap within its bin is computed from the price itself and loses no digits however small it is.
/// Amounts are net of fee.</para>
/// <para>Source: Uniswap v3-core @d8b1c635, as prefix sums.</para>
/// </remarks>
public sealed class LiquidityGrid
{
    private readonly double[] _edges, _depths, _base, _quote;

    /// <param name="edges">Roots of prices, positive and rising.</param>
    /// <param name="depths">Depth of each bin, one fewer than edges, none negative, not all 0.</param>
    /// <exception cref="ArgumentException">The bins are not as said.</exception>
    public LiquidityGrid(ReadOnlySpan<double> edges, ReadOnlySpan<double> depths)
    {
        Validate(edges, depths);
        var bins = depths.Length;
        _edges = edges.ToArray();
        _depths = depths.ToArray();
        (_base, _quote) = (new double[bins + 1], new double[bins + 1]);
        for (var j = 0; j < bins; j++)
        {
            var k = bins - 1 - j;
            _quote[j + 1] = _quote[j] + ConcentratedLiquidity.Quote(edges[j], edges[j + 1], depths[j]);
            _base[k] = _base[k + 1] + ConcentratedLiquidity.Base(edges[k], edges[k + 1], depths[k]);
        }

        var first = Array.FindIndex(_depths, d => d > 0);
        (Low, High) = (_edges[first], _edges[Array.FindLastIndex(_depths, d => d > 0) + 1]);
    }

    /// <summary>Lowest edge with liquidity: nobody can sell base here.</summary>
    public double Low { get; }

    /// <summary>Highest edge with liquidity: nobody can buy base here.</summary>
    public double High { get; }

    /// <summary>Depth at the root of a price; in a gap, 0.</summary>
    public Vec DepthAt(Vec root) => Read(_depths, Bin(root));

    /// <summary>Base held at the root of a price.</summary>
    public Vec BaseAt(Vec root) => BaseAt(root, Bin(root));

    /// <summary>Quote held at the root of a price.</summary>
    public Vec QuoteAt(Vec root) => QuoteAt(root, Bin(root));

    /// <summary>Sells base, as much as there is quote for.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="baseIn">Base, net of fee, at least 0.</param>
    public GridSwap SellBase(Vec root, Vec baseIn)
    {
        var bin = Bin(root);
        Vec depth = Read(_depths, bin), edge = Read(_edges, bin);
        var held = BaseAt(root, bin);
        var isNear = baseIn * root * edge <= depth * (root - edge);
        var near = Vec.Select(baseIn > Vec.Zero, ConcentratedLiquidity.AfterBase(root, depth, baseIn), root);

        var target = Vec.Min(held + baseIn, _base[0]);
        var to = Vec.Min(NotLess(_base, target) - 1.0, _depths.Length - 1.0);
        var far = RootOfBase(target, to);
        var next = Vec.Select(isNear, near, far);
        var taken = Vec.Select(isNear, baseIn, Vec.Clamp(target - held, Vec.Zero, baseIn));
        var farOut = Vec.Max(QuoteAt(root, bin) - QuoteAt(far, to), Vec.Zero);
        return new GridSwap(Vec.Min(next, root), taken, Vec.Select(isNear, baseIn * root * next, farOut));
    }

    /// <summary>Spends quote, as much as there is base for.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="quoteIn">Quote, net of fee, at least 0.</param>
    public GridSwap BuyBase(Vec root, Vec quoteIn)
    {
        var bin = Bin(root);
        Vec depth = Read(_depths, bin), edge = Read(_edges, bin + 1.0);
        var held = QuoteAt(root, bin);
        var isNear = quoteIn <= depth * (edge - root);
        var near = Vec.Select(quoteIn > Vec.Zero, ConcentratedLiquidity.AfterQuote(root, depth, quoteIn), root);

        var target = Vec.Min(held + quoteIn, _quote[^1]);
        var to = Vec.Max(Less(_quote, target) - 1.0, Vec.Zero);
        var far = RootOfQuote(target, to);
        var next = Vec.Select(isNear, near, far);
        var taken = Vec.Select(isNear, quoteIn, Vec.Clamp(target - held, Vec.Zero, quoteIn));
        var farOut = Vec.Max(BaseAt(root, bin) - BaseAt(far, to), Vec.Zero);
        return new GridSwap(Vec.Max(next, root), taken, Vec.Select(isNear, quoteIn / (root * next), farOut));
    }

    /// <summary>Takes this much quote for base, or all there is.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="quoteOut">Quote, at least 0.</param>
    public GridSwap TakeQuote(Vec root, Vec quoteOut)
    {
        var bin = Bin(root);
        Vec held = QuoteAt(root, bin), target = Vec.Max(held - quoteOut, Vec.Zero);
        var to = Vec.Min(NotMore(_quote, target) - 1.0, _depths.Length - 1.0);
        var far = RootOfQuote(target, to);
        var moves = target < held;
        var taken = Vec.Where(moves, BaseAt(far, to) - BaseAt(root, bin));
        return new GridSwap(Vec.Select(moves, far, root), taken, held - target);
    }

    /// <summary>Takes this much base for quote, or all there is.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="baseOut">Base, at least 0.</param>
    public GridSwap TakeBase(Vec root, Vec baseOut)
    {
        var bin = Bin(root);
        Vec held = BaseAt(root, bin), target = Vec.Max(held - baseOut, Vec.Zero);
        var to = Vec.Max(More(_base, target) - 1.0, Vec.Zero);
        var far = RootOfBase(target, to);
        var moves = target < held;
        var taken = Vec.Where(moves, QuoteAt(far, to) - QuoteAt(root, bin));
        return new GridSwap(Vec.Select(moves, far, root), taken, held - target);
    }

    /// <summary>Trades to the root of another price, or as far as there is liquidity.</summary>
    /// <returns>Base is taken in and quote out where the price falls; the other way round where it rises.</returns>
    public GridSwap To(Vec root, Vec target)
    {
        var end = Vec.Clamp(target, Low, High);
        Vec from = Bin(root), to = Bin(end);
        Vec low = Vec.Min(root, end), high = Vec.Max(root, end), depth = Read(_depths, from);
        var isNear = Vec.Equal(from, to);
        var coins = Vec.Select(isNear, ConcentratedLiquidity.Base(low, high, depth),
            Vec.Abs(BaseAt(root, from) - BaseAt(end, to)));
        var quote = Vec.Select(isNear, ConcentratedLiquidity.Quote(low, high, depth),
            Vec.Abs(QuoteAt(root, from) - QuoteAt(end, to)));
        var falls = end < root;
        return new GridSwap(end, Vec.Select(falls, coins, quote), Vec.Select(falls, quote, coins));
    }

    private static void Validate(ReadOnlySpan<double> edges, ReadOnlySpan<double> depths)
    {
        if (depths.Length == 0 || edges.Length != depths.Length + 1 || !(edges[0] > 0))
        {
            throw new ArgumentException($"{depths.Length} bins need {depths.Length + 1} positive edges");
        }

        var any = false;
        for (var j = 0; j < depths.Length; j++)
        {
            any |= depths[j] > 0;
            if (!(edges[j + 1] > edges[j]) || !(depths[j] >= 0))
            {
                throw new ArgumentException(
                    $"bin {j} from {edges[j]} to {edges[j + 1]} has depth {depths[j]}; edges rise, no depth is below 0");
            }
        }

        if (!any)
        {
            throw new ArgumentException("no bin has liquidity", nameof(depths));
        }
    }

    /// <summary>Bin of the root of a price, the upper one on an edge.</summary>
    private Vec Bin(Vec root) => Vec.Clamp(NotMore(_edges, root) - 1.0, Vec.Zero, _depths.Length - 1.0);

    private Vec BaseAt(Vec root, Vec bin)
    {
        var edge = Read(_edges, bin + 1.0);
        return Read(_base, bin + 1.0) + Read(_depths, bin) * (edge - root) / (root * edge);
    }

    private Vec QuoteAt(Vec root, Vec bin) => Read(_quote, bin) + Read(_depths, bin) * (root - Read(_edges, bin));

    private Vec RootOfBase(Vec held, Vec bin)
    {
        Vec edge = Read(_edges, bin + 1.0), depth = Read(_depths, bin), more = held - Read(_base, bin + 1.0);
        return depth * edge / Vec.Fma(more, edge, depth);
    }

    private Vec RootOfQuote(Vec held, Vec bin) =>
        Read(_edges, bin) + (held - Read(_quote, bin)) / Read(_depths, bin);

    private static Vec NotMore(double[] row, Vec value)
    {
        var count = Vec.Zero;
        foreach (var entry in row)
        {
            count += (new Vec(entry) <= value).AsOne();
        }

        return count;
    }

    private static Vec NotLess(double[] row, Vec value)
    {
        var count = Vec.Zero;
        foreach (var entry in row)
        {
            count += (new Vec(entry) >= value).AsOne();
        }

        return count;
    }

    private static Vec Less(double[] row, Vec value) => row.Length - NotLess(row, value);

    private static Vec More(double[] row, Vec value) => row.Length - NotMore(row, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Read(double[] row, Vec index)
    {
        var at = Vector512.ConvertToInt64(index.Value);
        return new Vec(Vector512.Create(
            row[at.GetElement(0)], row[at.GetElement(1)], row[at.GetElement(2)], row[at.GetElement(3)],
            row[at.GetElement(4)], row[at.GetElement(5)], row[at.GetElement(6)], row[at.GetElement(7)]));
    }
}

/// <summary>A swap over the bins.</summary>
/// <param name="Root">Root of the price after it.</param>
/// <param name="Taken">Amount paid in, net of fee; less than offered where the liquidity ran out.</param>
/// <param name="Out">Amount paid out.</param>
public readonly record struct GridSwap(Vec Root, Vec Taken, Vec Out);
