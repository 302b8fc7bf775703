using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>Ticks inside a bar: a Brownian bridge through the bar's extremes to its close.</summary>
/// <remarks>
/// <code>
/// nodes     (k1, X1), (k2, X2), (n, r)     of n ticks; k1 &lt; k2 uniform among 1 .. n-1
///           X1, X2 = low, high when the low is nearer to the open, else high, low
/// x'        = x + (X - x)/m + sigma sqrt((m-1)/m / n) Z,     m ticks to the next node X;  clamped to [low, high]
/// sigma     = (high - low)/sqrt(4 ln 2)                      deviation of a bar by its range (Parkinson 1980)
/// </code>
/// <para>With fewer than three ticks in a bar, or only closes, the bridge goes straight to the close; sigma is then the
/// root of the mean squared return of the series.</para>
/// </remarks>
/// <param name="series">Where the bars are from.</param>
/// <param name="ticks">Ticks of a bar.</param>
public readonly struct BarBridge(PriceSeries series, int ticks)
{
    private const double FourLogTwo = 2.772588722239781;

    private readonly bool _hasNodes = series.HasRange && ticks >= 3;
    private readonly double _ticks = ticks;
    private readonly Vec _deviation = Math.Sqrt(series.MeanSquare / ticks);

    /// <summary>Ticks at which the extremes are reached, from two uniforms.</summary>
    public (Vec First, Vec Second) Nodes(Vec u, Vec w)
    {
        // Two different ticks among 1 .. n-1: the second is drawn from those that the first left over.
        var a = 1.0 + Vec.Floor(u * (_ticks - 1));
        var b = 1.0 + Vec.Floor(w * (_ticks - 2));
        b = Vec.Select(b >= a, b + 1.0, b);
        return (Vec.Min(a, b), Vec.Max(a, b));
    }

    /// <summary>The log of the price over the open, one tick on.</summary>
    /// <param name="x">The log of the price over the open.</param>
    /// <param name="done">Ticks of the bar that are over.</param>
    /// <param name="bar">Return and extremes of the bar.</param>
    /// <param name="nodes">Ticks at which the extremes are reached.</param>
    /// <param name="normal">Standard normal.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec Next(Vec x, int done, in BarVec bar, (Vec First, Vec Second) nodes, Vec normal)
    {
        Vec target = bar.Return, left = _ticks - done, deviation = _deviation;
        if (_hasNodes)
        {
            var isLowFirst = -bar.Low < bar.High;
            Vec first = Vec.Select(isLowFirst, bar.Low, bar.High), second = Vec.Select(isLowFirst, bar.High, bar.Low);
            Mask before = (double)done < nodes.First, between = (double)done < nodes.Second;
            target = Vec.Select(before, first, Vec.Select(between, second, bar.Return));
            left = Vec.Select(before, nodes.First, Vec.Select(between, nodes.Second, _ticks)) - (double)done;
            deviation = (bar.High - bar.Low) * Math.Sqrt(1 / (FourLogTwo * _ticks));
        }

        var next = x + (target - x) / left + deviation * Vec.Sqrt((left - 1.0) / left) * normal;
        next = Vec.Select(left <= 1.0, target, next);
        return _hasNodes ? Vec.Clamp(next, bar.Low, bar.High) : next;
    }
}

/// <summary>Return and extremes of the bar that each path is in, as logs over the open.</summary>
/// <param name="Return">Log of the close over the open.</param>
/// <param name="High">Log of the highest price over the open.</param>
/// <param name="Low">Log of the lowest price over the open.</param>
public readonly record struct BarVec(Vec Return, Vec High, Vec Low)
{
    /// <summary>Reads the bars of eight paths.</summary>
    public static BarVec Read(PriceSeries series, Vec bars)
    {
        Span<double> r = stackalloc double[Vec.Width], high = stackalloc double[Vec.Width];
        Span<double> low = stackalloc double[Vec.Width];
        for (var path = 0; path < Vec.Width; path++)
        {
            (r[path], high[path], low[path]) = series[(int)bars[path]];
        }

        return new BarVec(Vec.Load(r, 0), Vec.Load(high, 0), Vec.Load(low, 0));
    }
}
