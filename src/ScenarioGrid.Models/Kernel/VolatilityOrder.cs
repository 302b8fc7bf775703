namespace ScenarioGrid.Models.Kernel;

/// <summary>The bars of a record in the order of the volatility that the market had just had.</summary>
/// <remarks>
/// <code>
/// unrest(b) = sum over the series of  squared returns of the day that ends with bar b / mean square of all bars
/// </code>
/// <para>A day that begins before the first bar takes the rest from the end of the record, as blocks of bars that run
/// over the end do. Bars of equal unrest stand in the order of time.</para>
/// </remarks>
public sealed class VolatilityOrder
{
    private const double DaySeconds = 86_400;

    /// <summary>Unrest is counted in whole parts, so that a sum that runs along the bars loses nothing.</summary>
    private const double Parts = 1e6;

    private readonly int[] _bars;
    private readonly int[] _ranks;

    /// <summary>The order of series that are recorded at the same times.</summary>
    /// <param name="together">At least one series; all have as many bars of one length.</param>
    public VolatilityOrder(IReadOnlyList<PriceSeries> together)
    {
        ArgumentNullException.ThrowIfNull(together);
        var unrest = new long[together[0].Count];
        foreach (var series in together)
        {
            Add(series, unrest);
        }

        _bars = [.. Enumerable.Range(0, unrest.Length).OrderBy(bar => unrest[bar])];
        _ranks = new int[unrest.Length];
        for (var rank = 0; rank < _bars.Length; rank++)
        {
            _ranks[_bars[rank]] = rank;
        }
    }

    /// <summary>The bar of eight paths that follows one drawn uniformly among the nearest in unrest.</summary>
    /// <remarks>Ranks beyond the calmest and the wildest are folded back, so that all bars stay equally
    /// likely.</remarks>
    /// <param name="bars">The bars the paths are in, whole numbers from 0.</param>
    /// <param name="uniform">One uniform a path.</param>
    /// <param name="reach">How many ranks further up or down the bar may stand, at most half of all.</param>
    public Vec After(Vec bars, Vec uniform, int reach)
    {
        var count = _bars.Length;
        var steps = Vec.Floor(uniform * (2.0 * reach + 1));
        Span<double> next = stackalloc double[Vec.Width];
        for (var path = 0; path < Vec.Width; path++)
        {
            var rank = _ranks[(int)bars[path]] + (int)steps[path] - reach;
            rank = rank < 0 ? -1 - rank : rank >= count ? 2 * count - 1 - rank : rank;
            next[path] = (_bars[rank] + 1) % count;
        }

        return Vec.Load(next, 0);
    }

    private static void Add(PriceSeries series, long[] unrest)
    {
        var count = series.Count;
        var day = (int)Math.Clamp(Math.Round(DaySeconds / series.BarSeconds), 1, count);
        if (series.MeanSquare <= 0)
        {
            return;
        }

        long Square(int bar) => (long)Math.Round(Parts * series.Returns[bar] * series.Returns[bar] / series.MeanSquare);
        var sum = 0L;
        for (var bar = count - day; bar < count; bar++)
        {
            sum += Square(bar);
        }

        for (var bar = 0; bar < count; bar++)
        {
            sum += Square(bar) - Square((bar - day + count) % count);
            unrest[bar] += sum;
        }
    }
}
