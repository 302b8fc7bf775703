using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>One side of a venue of any kind: how much it takes until its price has moved, rebuilt between a few known
/// points as concentrated liquidity.</summary>
/// <remarks>
/// <para>A venue tells the amounts D (net of fee) that move its marginal price by 10, 50, 100, 200 and 1000 basis
/// points of its spot. With u = 1/sqrt(price) for sellers of base (input base, price falls) and u = sqrt(price) for
/// buyers (input quote, price rises), bin j between two of these points is a pool of constant liquidity:</para>
/// <code>
/// L_j    = (D_j - D_j-1) / (u_j - u_j-1)          beyond the last point the last L holds
/// input  = L_j (u' - u),   output = L_j (1/u - 1/u') = input / (u u')
/// </code>
/// <para>A constant-product pool has L = sqrt(x y) in every bin, so its own depths give it back. A bin without
/// liquidity is a gap that the price jumps over; input beyond all liquidity gets nothing.</para>
/// <para>Assumes that depths do not fall from one point to the next (where they do, the earlier one holds).</para>
/// <para>Source: Uniswap v3 (amounts between two square-root prices); own choice of the points.</para>
/// </remarks>
public readonly ref struct LiquidityLadder
{
    /// <summary>Number of points, and so of bins, on a side.</summary>
    public const int Bins = 5;

    /// <summary>Which of the points is at 1 %.</summary>
    public const int Percent = 2;

    /// <summary>Vectors of memory that one ladder needs.</summary>
    public const int MemorySize = 2 + 3 * Bins;

    private static readonly double[] Moves = [10e-4, 50e-4, 100e-4, 200e-4, 1000e-4];
    private static readonly double[] SellRootsOf = [.. Moves.Select(m => 1 / Math.Sqrt(1 - m))];
    private static readonly double[] BuyRootsOf = [.. Moves.Select(m => Math.Sqrt(1 + m))];

    private readonly Span<Vec> _knots;
    private readonly Span<Vec> _filled;
    private readonly Span<Vec> _liquidity;

    /// <param name="memory"><see cref="MemorySize"/> vectors, any content.</param>
    public LiquidityLadder(Span<Vec> memory)
    {
        _knots = memory[..(Bins + 1)];
        _filled = memory.Slice(Bins + 1, Bins + 1);
        _liquidity = memory.Slice(2 * Bins + 2, Bins);
    }

    /// <summary>Moves of the price at the points, as fractions of the spot: 0.001 to 0.1.</summary>
    public static ReadOnlySpan<double> PriceMoves => Moves;

    /// <summary>u at the points over u at the spot, for sellers: 1/sqrt(1 - move).</summary>
    public static ReadOnlySpan<double> SellRoots => SellRootsOf;

    /// <summary>u at the points over u at the spot, for buyers: sqrt(1 + move).</summary>
    public static ReadOnlySpan<double> BuyRoots => BuyRootsOf;

    /// <summary>u at the spot and at the points: 1/sqrt(price) for sellers, sqrt(price) for buyers.</summary>
    public ReadOnlySpan<Vec> Knots => _knots;

    /// <summary>Net input at the spot (0) and at the points.</summary>
    public ReadOnlySpan<Vec> Filled => _filled;

    /// <summary>Liquidity of each bin, at least 0.</summary>
    public ReadOnlySpan<Vec> Liquidity => _liquidity;

    /// <summary>Sets the side of sellers.</summary>
    /// <param name="spot">Marginal price before fee, positive.</param>
    /// <param name="depths">Base that sellers may bring until the spot is down by each of <see cref="PriceMoves"/>.
    /// </param>
    public void SetSell(Vec spot, params ReadOnlySpan<Vec> depths) => Set(1.0 / Vec.Sqrt(spot), SellRootsOf, depths);

    /// <summary>Sets the side of buyers.</summary>
    /// <param name="spot">Marginal price before fee, positive.</param>
    /// <param name="depths">Quote that buyers may bring until the spot is up by each of <see cref="PriceMoves"/>.
    /// </param>
    public void SetBuy(Vec spot, params ReadOnlySpan<Vec> depths) => Set(Vec.Sqrt(spot), BuyRootsOf, depths);

    /// <summary>Sets a side from the rows of a lane.</summary>
    /// <param name="isSell">True for the side of sellers.</param>
    /// <param name="spot">Marginal price before fee, positive.</param>
    /// <param name="depths">The depths, from <paramref name="row"/> on.</param>
    /// <param name="row">Row of the first depth.</param>
    /// <param name="i">Which eight paths.</param>
    public void Set(bool isSell, Vec spot, Lane depths, int row, int i)
    {
        Span<Vec> read = stackalloc Vec[Bins];
        for (var bin = 0; bin < Bins; bin++)
        {
            read[bin] = depths.Row(row + bin)[i];
        }

        if (isSell)
        {
            SetSell(spot, read);
        }
        else
        {
            SetBuy(spot, read);
        }
    }

    /// <summary>Output for a net input of at least 0.</summary>
    public Vec Out(Vec input)
    {
        var total = Vec.Zero;
        for (var bin = 0; bin < Bins; bin++)
        {
            Vec u = _knots[bin], into = Into(bin, input), liquidity = _liquidity[bin];
            total += Vec.Where((into > Vec.Zero) & (liquidity > Vec.Zero), into / (u * (u + into / liquidity)));
        }

        return total;
    }

    /// <summary>u after a net input: u at the spot for no input, infinite beyond all liquidity.</summary>
    public Vec RootAfter(Vec input)
    {
        var root = _knots[0];
        for (var bin = 0; bin < Bins; bin++)
        {
            var into = Into(bin, input);
            root = Vec.Select(into > Vec.Zero, _knots[bin] + into / _liquidity[bin], root);
        }

        return root;
    }

    /// <summary>Net input that moves u to <paramref name="root"/>; 0 where it is not beyond that of the spot.</summary>
    public Vec InputUntil(Vec root)
    {
        var total = Vec.Zero;
        for (var bin = 0; bin < Bins; bin++)
        {
            var reached = bin == Bins - 1 ? root : Vec.Min(root, _knots[bin + 1]);
            total += _liquidity[bin] * Vec.Max(reached - _knots[bin], Vec.Zero);
        }

        return total;
    }

    /// <summary>Marginal price, quote per base, after sellers bring this much base; 0 beyond all liquidity.</summary>
    public Vec SellPriceAfter(Vec baseIn)
    {
        var inverse = 1.0 / RootAfter(baseIn);
        return inverse * inverse;
    }

    /// <summary>Marginal price, quote per base, after buyers bring this much quote; infinite beyond all
    /// liquidity.</summary>
    public Vec BuyPriceAfter(Vec quoteIn)
    {
        var root = RootAfter(quoteIn);
        return root * root;
    }

    /// <summary>Base that sellers may bring until the marginal price is down at <paramref name="price"/>.</summary>
    public Vec SellUntil(Vec price) => InputUntil(1.0 / Vec.Sqrt(price));

    /// <summary>Quote that buyers may bring until the marginal price is up at <paramref name="price"/>.</summary>
    public Vec BuyUntil(Vec price) => InputUntil(Vec.Sqrt(price));

    /// <summary>What of an input goes into a bin.</summary>
    private Vec Into(int bin, Vec input)
    {
        var above = Vec.Max(input - _filled[bin], Vec.Zero);
        return bin == Bins - 1 ? above : Vec.Min(above, _filled[bin + 1] - _filled[bin]);
    }

    private void Set(Vec root, double[] factors, scoped ReadOnlySpan<Vec> depths)
    {
        _knots[0] = root;
        _filled[0] = Vec.Zero;
        for (var bin = 0; bin < Bins; bin++)
        {
            SetBin(bin, bin == 0 ? 1 : factors[bin - 1], factors[bin], depths[bin]);
        }
    }

    private void SetBin(int bin, double from, double to, Vec depth)
    {
        _knots[bin + 1] = _knots[0] * to;
        _filled[bin + 1] = Vec.Max(depth, _filled[bin]);
        _liquidity[bin] = (_filled[bin + 1] - _filled[bin]) / (_knots[0] * (to - from));
    }
}
