namespace ScenarioGrid.Models.Kernel;

/// <summary>Recorded prices in bars of equal length, as logs of the price over the close of the bar before.</summary>
/// <remarks>A bar stands for itself: where it is put after another one, it moves the price from there.</remarks>
public sealed class PriceSeries
{
    private readonly Lazy<VolatilityOrder> _order;

    /// <summary>A series.</summary>
    /// <param name="barSeconds">Length of a bar in seconds.</param>
    /// <param name="returns">Log of the close over the close before, [bars].</param>
    /// <param name="highs">Log of the highest price over the close before, [bars], or null when only closes are known.
    /// </param>
    /// <param name="lows">Log of the lowest price over the close before, [bars], or null.</param>
    /// <exception cref="ArgumentException">There is no bar, the lengths differ, or a bar lies outside of its own range.
    /// </exception>
    public PriceSeries(double barSeconds, double[] returns, double[]? highs, double[]? lows)
    {
        ArgumentNullException.ThrowIfNull(returns);
        if (returns.Length == 0 || barSeconds <= 0 || (highs is null) != (lows is null))
        {
            throw new ArgumentException("a series has at least one bar of positive length, and both ends or none");
        }

        (BarSeconds, Returns, HasRange) = (barSeconds, returns, highs is not null);
        (Highs, Lows) = (highs ?? returns, lows ?? returns);
        for (var bar = 0; HasRange && bar < returns.Length; bar++)
        {
            if (Highs[bar] < Math.Max(0, returns[bar]) || Lows[bar] > Math.Min(0, returns[bar]))
            {
                throw new ArgumentException($"bar {bar} lies outside of its own range");
            }
        }

        _order = new Lazy<VolatilityOrder>(() => new VolatilityOrder([this]));
        for (var bar = 0; bar < returns.Length; bar++)
        {
            MeanSquare += returns[bar] * returns[bar] / returns.Length;
        }
    }

    private PriceSeries(PriceSeries series, Lazy<VolatilityOrder> order)
    {
        (BarSeconds, Returns, HasRange) = (series.BarSeconds, series.Returns, series.HasRange);
        (Highs, Lows, MeanSquare, _order) = (series.Highs, series.Lows, series.MeanSquare, order);
    }

    /// <summary>Length of a bar in seconds.</summary>
    public double BarSeconds { get; }

    /// <summary>Number of bars.</summary>
    public int Count => Returns.Length;

    /// <summary>True when the highest and lowest price of each bar are known.</summary>
    public bool HasRange { get; }

    /// <summary>Log of the close over the close before.</summary>
    internal double[] Returns { get; }

    /// <summary>Log of the highest price over the close before.</summary>
    internal double[] Highs { get; }

    /// <summary>Log of the lowest price over the close before.</summary>
    internal double[] Lows { get; }

    /// <summary>Mean of the squared returns.</summary>
    public double MeanSquare { get; }

    /// <summary>Its bars in the order of the volatility before them.</summary>
    public VolatilityOrder Order => _order.Value;

    /// <summary>Series that are recorded at the same times, with one order of their bars for all of them.</summary>
    /// <param name="series">Series with as many bars of one length.</param>
    public static IReadOnlyList<PriceSeries> Together(IReadOnlyList<PriceSeries> series)
    {
        var order = new Lazy<VolatilityOrder>(() => new VolatilityOrder(series));
        return [.. series.Select(s => new PriceSeries(s, order))];
    }

    /// <summary>Return, highest and lowest log of a bar.</summary>
    public (double Return, double High, double Low) this[int bar] => (Returns[bar], Highs[bar], Lows[bar]);

    /// <summary>Log of the mean of exp(scale * return): what a bar drawn at random adds to the expected
    /// price.</summary>
    public double LogGrowth(double scale)
    {
        var sum = 0.0;
        foreach (var r in Returns)
        {
            sum += LaneMath.Exp(scale * r);
        }

        return LaneMath.Log(sum / Count);
    }
}

/// <summary>A component that moves by recorded prices; they are set before <see cref="Component.Start"/>.</summary>
public interface ISeriesReader
{
    /// <summary>The recorded prices.</summary>
    PriceSeries Series { get; set; }
}
