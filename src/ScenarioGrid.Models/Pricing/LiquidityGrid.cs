using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Liquidity over bins of prices, shared by all paths.</summary>
/// <remarks>
/// <code>
/// edges s_0 &lt; ... &lt; s_J (roots of prices), depth L_j from s_j to s_(j+1), 0 where there is a gap
/// X_j = sum over i &gt;= j of L_i (1/s_i - 1/s_(i+1))        Y_j = sum over i &lt; j of L_i (s_(i+1) - s_i)
/// base held at s in bin j = X_(j+1) + L_j (1/s - 1/s_(j+1))     quote held = Y_j + L_j (s - s_j)
/// </code>
/// <para>All paths walk all bins, each with a minimum and a maximum, so there is nothing to look up. Gaps are jumped at
/// no cost. A swap that uses up one side stops at the last edge with liquidity and takes only
/// what it could use. A swap within its bin is computed from the price itself and loses no digits however small it is.
/// Amounts are net of fee.</para>
/// <para>Source: Uniswap v3-core @d8b1c635, as prefix sums.</para>
/// </remarks>
public sealed class LiquidityGrid
{
    /// <summary>Stands for 1/0: any amount in a gap moves the price across it.</summary>
    private const double Gap = 1e300;

    /// <summary>An amount that only a gap notices: on its edge the price is on the far side.</summary>
    private const double Tie = 1e-290;

    private readonly double[] _edges, _inverses, _depths;
    private readonly Filling _base, _quote;

    /// <param name="edges">Roots of prices, positive and rising.</param>
    /// <param name="depths">Depth of each bin, one fewer than edges, none negative, not all 0.</param>
    /// <exception cref="ArgumentException">The bins are not as said.</exception>
    public LiquidityGrid(ReadOnlySpan<double> edges, ReadOnlySpan<double> depths)
    {
        Validate(edges, depths);
        var bins = depths.Length;
        (_edges, _depths) = (edges.ToArray(), depths.ToArray());
        _inverses = [.. _edges.Select(s => 1 / s)];
        double[] slack = [.. _depths.Select(d => d > 0 ? 1 / d : Gap)];
        double[] rises = [.. Enumerable.Range(0, bins).Select(j => _edges[j + 1] - _edges[j])];
        double[] falls = [.. Enumerable.Range(0, bins).Select(j => _inverses[j] - _inverses[j + 1])];
        _quote = new Filling(_edges[0], rises, _depths, slack);
        _base = new Filling(_inverses[^1], falls.Reverse(), _depths.Reverse(), slack.Reverse());
        var first = Array.FindIndex(_depths, d => d > 0);
        (Low, High) = (_edges[first], _edges[Array.FindLastIndex(_depths, d => d > 0) + 1]);
    }

    /// <summary>Lowest edge with liquidity: nobody can sell base here.</summary>
    public double Low { get; }

    /// <summary>Highest edge with liquidity: nobody can buy base here.</summary>
    public double High { get; }

    /// <summary>Base held at the lowest edge.</summary>
    public double BaseMax => _base.All;

    /// <summary>Quote held at the highest edge.</summary>
    public double QuoteMax => _quote.All;

    /// <summary>Depth at the root of a price; in a gap, 0.</summary>
    public Vec DepthAt(Vec root) => BinAt(root).Depth;

    /// <summary>Base held at the root of a price.</summary>
    public Vec BaseAt(Vec root)
    {
        Vec inverse = 1.0 / root, held = Vec.Zero;
        for (var j = 0; j < _depths.Length; j++)
        {
            var part = Vec.Min(inverse, _inverses[j]) - _inverses[j + 1];
            held = Vec.Fma(_depths[j], Vec.Max(part, Vec.Zero), held);
        }

        return held;
    }

    /// <summary>Quote held at the root of a price.</summary>
    public Vec QuoteAt(Vec root)
    {
        var held = Vec.Zero;
        for (var j = 0; j < _depths.Length; j++)
        {
            var part = Vec.Min(root, _edges[j + 1]) - _edges[j];
            held = Vec.Fma(_depths[j], Vec.Max(part, Vec.Zero), held);
        }

        return held;
    }

    /// <summary>Sells base, as much as there is quote for.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="baseIn">Base, net of fee, at least 0.</param>
    public GridSwap SellBase(Vec root, Vec baseIn)
    {
        var bin = BinAt(root);
        var isNear = baseIn * root * bin.Low <= bin.Depth * (root - bin.Low);
        var near = Vec.Select(baseIn > Vec.Zero, ConcentratedLiquidity.AfterBase(root, bin.Depth, baseIn), root);

        // The quotient may be rounded to just above the root itself.
        near = Vec.Clamp(near, bin.Low, root);
        var swap = new GridSwap(near, baseIn, baseIn * root * near);
        return isNear.All ? swap : Beyond(isSell: true, root, baseIn, isNear, swap);
    }

    /// <summary>Spends quote, as much as there is base for.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="quoteIn">Quote, net of fee, at least 0.</param>
    public GridSwap BuyBase(Vec root, Vec quoteIn)
    {
        var bin = BinAt(root);
        var isNear = quoteIn <= bin.Depth * (bin.High - root);
        var near = Vec.Select(quoteIn > Vec.Zero, ConcentratedLiquidity.AfterQuote(root, bin.Depth, quoteIn), root);
        near = Vec.Min(near, bin.High);
        var swap = new GridSwap(near, quoteIn, quoteIn / (root * near));
        return isNear.All ? swap : Beyond(isSell: false, root, quoteIn, isNear, swap);
    }

    /// <summary>Takes this much quote for base, or all there is.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="quoteOut">Quote, at least 0.</param>
    public GridSwap TakeQuote(Vec root, Vec quoteOut) => Take(isBase: false, root, quoteOut);

    /// <summary>Takes this much base for quote, or all there is.</summary>
    /// <param name="root">Root of the price, within [Low, High].</param>
    /// <param name="baseOut">Base, at least 0.</param>
    public GridSwap TakeBase(Vec root, Vec baseOut) => Take(isBase: true, root, baseOut);

    /// <summary>Trades to the root of another price, or as far as there is liquidity.</summary>
    /// <returns>Base is taken in and quote out where the price falls; the other way round where it rises.</returns>
    public GridSwap To(Vec root, Vec target)
    {
        var end = Vec.Clamp(target, Low, High);
        var bin = BinAt(root);
        Vec low = Vec.Min(root, end), high = Vec.Max(root, end);
        var isNear = (low >= bin.Low) & (high <= bin.High);
        Vec coins = ConcentratedLiquidity.Base(low, high, bin.Depth);
        Vec quote = ConcentratedLiquidity.Quote(low, high, bin.Depth);
        if (!isNear.All)
        {
            coins = Vec.Select(isNear, coins, BaseAt(low) - BaseAt(high));
            quote = Vec.Select(isNear, quote, QuoteAt(high) - QuoteAt(low));
        }

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
                throw new ArgumentException($"bin {j} from {edges[j]} to {edges[j + 1]} has depth {depths[j]}; "
                    + "edges must rise and depths not be negative");
            }
        }

        if (!any)
        {
            throw new ArgumentException("no bin has liquidity", nameof(depths));
        }
    }

    /// <summary>The bin of the root of a price, the upper one on an edge.</summary>
    private (Vec Low, Vec High, Vec Depth) BinAt(Vec root)
    {
        Vec low = _edges[0], high = _edges[1], depth = _depths[0];
        for (var j = 1; j < _depths.Length; j++)
        {
            var reached = root >= _edges[j];
            low = Vec.Select(reached, _edges[j], low);
            high = Vec.Select(reached, _edges[j + 1], high);
            depth = Vec.Select(reached, _depths[j], depth);
        }

        return (low, high, depth);
    }

    /// <summary>A swap on the paths on which it leaves its bin.</summary>
    private GridSwap Beyond(bool isSell, Vec root, Vec input, Mask isNear, in GridSwap near)
    {
        Vec held = HeldAt(isSell, root), target = Vec.Min(held + input, isSell ? BaseMax : QuoteMax);
        var reached = RootOf(isSell, target, isOut: false);
        var far = isSell ? Vec.Min(reached, root) : Vec.Max(reached, root);
        var given = HeldAt(!isSell, root) - HeldAt(!isSell, far);
        return new GridSwap(
            Vec.Select(isNear, near.Root, far),
            Vec.Select(isNear, input, Vec.Clamp(target - held, Vec.Zero, input)),
            Vec.Select(isNear, near.Out, Vec.Max(given, Vec.Zero)));
    }

    private GridSwap Take(bool isBase, Vec root, Vec amount)
    {
        Vec held = HeldAt(isBase, root), target = Vec.Max(held - amount, Vec.Zero);
        var reached = RootOf(isBase, target, isOut: true);
        var far = Vec.Select(target < held, isBase ? Vec.Max(reached, root) : Vec.Min(reached, root), root);
        var paid = HeldAt(!isBase, far) - HeldAt(!isBase, root);
        return new GridSwap(far, Vec.Max(paid, Vec.Zero), held - target);
    }

    private Vec HeldAt(bool isBase, Vec root) => isBase ? BaseAt(root) : QuoteAt(root);

    /// <summary>The root at which this much of a coin is held: across a gap, that on the side from which the price
    /// comes when the coin is paid in, and that beyond it when the coin is taken out.</summary>
    private Vec RootOf(bool isBase, Vec held, bool isOut)
    {
        var filling = isBase ? _base : _quote;
        var at = filling.At(held, isOut);
        var isEnd = isOut ? held <= Vec.Zero : held >= filling.All;
        return Vec.Select(isEnd, isOut == isBase ? High : Low, isBase ? 1.0 / at : at);
    }

    /// <summary>The bins in the order in which a coin fills them: base by the inverse root, quote by the
    /// root.</summary>
    private sealed class Filling
    {
        private readonly double _start;
        private readonly double[] _widths, _before, _slack;

        /// <param name="start">Where nothing is held.</param>
        /// <param name="widths">Width of each bin.</param>
        /// <param name="depths">Depth of each bin.</param>
        /// <param name="slack">1/depth of each bin.</param>
        public Filling(
            double start, IEnumerable<double> widths, IEnumerable<double> depths, IEnumerable<double> slack)
        {
            (_start, _widths, _slack) = (start, [.. widths], [.. slack]);
            _before = new double[_widths.Length];
            foreach (var (bin, depth) in depths.Index())
            {
                _before[bin] = All;
                All += depth * _widths[bin];
            }
        }

        /// <summary>What is held when all bins are full.</summary>
        public double All { get; }

        /// <summary>Where this much is held.</summary>
        public Vec At(Vec held, bool isOut)
        {
            Vec at = _start;
            for (var bin = 0; bin < _widths.Length; bin++)
            {
                var above = held - _before[bin];
                var rest = isOut ? Vec.Where(above >= Vec.Zero, Vec.Max(above, Tie)) : Vec.Max(above, Vec.Zero);
                at += Vec.Min(rest * _slack[bin], _widths[bin]);
            }

            return at;
        }
    }
}

/// <summary>A swap over the bins.</summary>
/// <param name="Root">Root of the price after it.</param>
/// <param name="Taken">Amount paid in, net of fee; less than offered where the liquidity ran out.</param>
/// <param name="Out">Amount paid out.</param>
public readonly record struct GridSwap(Vec Root, Vec Taken, Vec Out);
