using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Data;

/// <summary>What the log-returns of recorded closes look like.</summary>
/// <remarks>
/// <code>
/// r = ln close - ln close before                       over steps of one bar; steps over missing bars are left out
/// deviation = sqrt(mean (r - mean)^2),   volatility = deviation sqrt(year / bar)
/// excess kurtosis = mean (r - mean)^4 / deviation^4 - 3
/// </code>
/// <para>Moments are those of the record itself: divisor n.</para>
/// </remarks>
public sealed class PriceStatistics
{
    private readonly Sample _returns;
    private readonly double _barSeconds;

    /// <summary>Statistics of bars.</summary>
    public PriceStatistics(PriceBars bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        var rows = bars.Rows;
        _barSeconds = bars.Step;
        _returns = new Sample([.. Enumerable.Range(1, rows.Count - 1).Where(i => bars.BarsBefore(i) == 1)
            .Select(i => LaneMath.Log(rows[i].Close / rows[i - 1].Close))]);
    }

    /// <summary>Number of returns.</summary>
    public int Returns => _returns.Paths;

    /// <summary>Mean return of a bar.</summary>
    public double Mean => _returns.Mean;

    /// <summary>Standard deviation of a return times the root of the bars of a year.</summary>
    public double Volatility => Math.Sqrt(Variance) * Math.Sqrt(Tick.YearSeconds / _barSeconds);

    /// <summary>Lowest return.</summary>
    public double Least => _returns.Least;

    /// <summary>Highest return.</summary>
    public double Greatest => _returns.Greatest;

    /// <summary>Fourth moment over the squared variance, less 3; NaN where nothing moves.</summary>
    public double ExcessKurtosis => _returns.FourthPowers / Returns / (Variance * Variance) - 3;

    private double Variance => _returns.SquaredDeviations / Returns;
}

/// <summary>How far the log-returns of two records go together.</summary>
/// <param name="Returns">Returns that both have.</param>
/// <param name="Correlation">Their correlation; NaN where one of them never moves.</param>
public readonly record struct PriceCorrelation(int Returns, double Correlation)
{
    /// <summary>Correlation of the returns between closes that both records have.</summary>
    /// <param name="first">A record.</param>
    /// <param name="second">A record with bars of the same length.</param>
    /// <param name="overGaps">Take a step over missing bars as one return; else it is left out.</param>
    /// <exception cref="PriceFileException">The bars differ in length, or fewer than two returns are common.</exception>
    public static PriceCorrelation Of(PriceBars first, PriceBars second, bool overGaps)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Step != second.Step)
        {
            throw new PriceFileException($"{second.File}: bars of {second.Step} s, {first.File} has bars of "
                + $"{first.Step} s; take two files with bars of one length");
        }

        var closes = second.Rows.ToDictionary(r => r.Time, r => r.Close);
        var common = first.Rows.Where(r => closes.ContainsKey(r.Time)).ToArray();
        var steps = Enumerable.Range(1, Math.Max(common.Length - 1, 0))
            .Where(i => overGaps || Math.Round((common[i].Time - common[i - 1].Time) / first.Step) == 1).ToArray();
        if (steps.Length < 2)
        {
            throw new PriceFileException($"{second.File}: {steps.Length} returns in common with {first.File}; a "
                + "correlation needs at least 2");
        }

        return new PriceCorrelation(steps.Length, Of(
            [.. steps.Select(i => LaneMath.Log(common[i].Close / common[i - 1].Close))],
            [.. steps.Select(i => LaneMath.Log(closes[common[i].Time] / closes[common[i - 1].Time]))]));
    }

    private static double Of(double[] first, double[] second)
    {
        Moments a = Moments.Of(first), b = Moments.Of(second);
        var products = new CompensatedSum();
        for (var i = 0; i < first.Length; i++)
        {
            products.Add((first[i] - a.Mean) * (second[i] - b.Mean));
        }

        return products.Value / (Math.Sqrt(a.SquaredDeviations) * Math.Sqrt(b.SquaredDeviations));
    }
}
