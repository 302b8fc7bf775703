using System.Globalization;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Data;

/// <summary>A row of a price file.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Time">Start of the bar, seconds since 1970 UTC.</param>
/// <param name="Open">First price; the close where the file has closes alone.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
public readonly record struct PriceBar(int Row, double Time, double Open, double High, double Low, double Close);

/// <summary>A price file that cannot be used, in one line: where, what, how to mend it.</summary>
public sealed class PriceFileException(string message) : Exception(message);

/// <summary>The rows of a price file, checked: prices above 0, times in order and on one grid; some may be
/// missing.</summary>
public sealed class PriceBars
{
    private readonly string _word;

    /// <summary>The rows of a file.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="word">What a row is called in messages: "line" or "row".</param>
    /// <param name="rows">Rows in the order of the file.</param>
    /// <param name="hasRange">True when high and low are known.</param>
    /// <exception cref="PriceFileException">A price is not above 0, a bar lies outside of its own range, times are out
    /// of order or repeated, or the bars are not of one length.</exception>
    public PriceBars(string file, string word, IReadOnlyList<PriceBar> rows, bool hasRange)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (File, _word, Rows, HasRange) = (file, word, rows, hasRange);
        if (rows.Count < 3)
        {
            throw new PriceFileException($"{file}: {rows.Count} rows; a series needs at least 3");
        }

        foreach (var row in rows)
        {
            Check(row);
        }

        Step = StepOf();
    }

    /// <summary>Name of the file.</summary>
    public string File { get; }

    /// <summary>Rows in the order of time, at least 3.</summary>
    public IReadOnlyList<PriceBar> Rows { get; }

    /// <summary>True when high and low are known.</summary>
    public bool HasRange { get; }

    /// <summary>Length of a bar in seconds.</summary>
    public double Step { get; }

    /// <summary>Bars that are missing between the first row and the last.</summary>
    public long Missing => (long)Math.Round((Rows[^1].Time - Rows[0].Time) / Step) + 1 - Rows.Count;

    /// <summary>The bars as a series.</summary>
    /// <param name="fillGaps">Hold the price over bars that are missing, instead of refusing them.</param>
    /// <exception cref="PriceFileException">Bars are missing, too many, too short or too long.</exception>
    public PriceSeries Series(bool fillGaps)
    {
        if (Missing > 0 && !fillGaps)
        {
            throw Gap();
        }

        if (Step is not (>= SeriesText.SecondsMin and <= SeriesText.SecondsMax))
        {
            throw new PriceFileException(string.Create(CultureInfo.InvariantCulture,
                $"{File}: bars of {Step} s; they must be between {SeriesText.SecondsMin} s and "
                + $"{SeriesText.SecondsMax} s long"));
        }

        if (Rows.Count + Missing > SeriesText.BarsMax)
        {
            throw new PriceFileException($"{File}: {Rows.Count + Missing} bars of {Step} s; at most "
                + $"{SeriesText.BarsMax} fit into a campaign; cut the window with from and to, or take longer bars");
        }

        List<double> returns = [], highs = [], lows = [];
        for (var i = HasRange ? 0 : 1; i < Rows.Count; i++)
        {
            for (var missing = i == 0 ? 0 : BarsBefore(i) - 1; missing > 0; missing--)
            {
                Add(0, 0, 0);
            }

            var (row, before) = (Rows[i], i == 0 ? Rows[0].Open : Rows[i - 1].Close);
            var r = LaneMath.Log(row.Close / before);
            Add(r, Math.Max(Math.Max(0, r), LaneMath.Log(row.High / before)),
                Math.Min(Math.Min(0, r), LaneMath.Log(row.Low / before)));
        }

        return new PriceSeries(Step, [.. returns], HasRange ? [.. highs] : null, HasRange ? [.. lows] : null);

        void Add(double r, double high, double low)
        {
            returns.Add(r);
            highs.Add(high);
            lows.Add(low);
        }
    }

    /// <summary>Log-returns from close to close over steps of one bar; steps over missing bars are left out.</summary>
    public double[] Returns() => [.. Enumerable.Range(1, Rows.Count - 1).Where(i => BarsBefore(i) == 1)
        .Select(i => LaneMath.Log(Rows[i].Close / Rows[i - 1].Close))];

    /// <summary>Log-returns of this record and of another between closes that both have.</summary>
    /// <param name="other">A record with bars of the same length.</param>
    /// <param name="overGaps">Take a step over missing bars as one return; else it is left out.</param>
    /// <exception cref="PriceFileException">The bars differ in length, or fewer than two returns are common.
    /// </exception>
    public (double[] Own, double[] Others) CommonReturns(PriceBars other, bool overGaps)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Step != other.Step)
        {
            throw new PriceFileException($"{other.File}: bars of {other.Step} s, {File} has bars of {Step} s; take two "
                + "files with bars of one length");
        }

        var closes = other.Rows.ToDictionary(r => r.Time, r => r.Close);
        var common = Rows.Where(r => closes.ContainsKey(r.Time)).ToArray();
        var steps = Enumerable.Range(1, Math.Max(common.Length - 1, 0))
            .Where(i => overGaps || Math.Round((common[i].Time - common[i - 1].Time) / Step) == 1).ToArray();
        return steps.Length < 2
            ? throw new PriceFileException($"{other.File}: {steps.Length} returns in common with {File}; a correlation "
                + "needs at least 2")
            : ([.. steps.Select(i => LaneMath.Log(common[i].Close / common[i - 1].Close))],
                [.. steps.Select(i => LaneMath.Log(closes[common[i].Time] / closes[common[i - 1].Time]))]);
    }

    /// <summary>Bars from the row before to a row: 1 where none is missing.</summary>
    private long BarsBefore(int row) => (long)Math.Round((Rows[row].Time - Rows[row - 1].Time) / Step);

    /// <summary>A time as messages write it.</summary>
    public static string Date(double time) => DateTime.UnixEpoch.AddSeconds(time)
        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private PriceFileException Gap()
    {
        var row = Enumerable.Range(1, Rows.Count - 1).First(i => BarsBefore(i) > 1);
        return new PriceFileException($"{Place(Rows[row])}: {BarsBefore(row) - 1} bars are missing between "
            + $"{Date(Rows[row - 1].Time)} and {Date(Rows[row].Time)}; write gaps: hold to hold the price over "
            + "them, or cut the window with from and to");
    }

    private string Place(PriceBar row) => $"{File}: {_word} {row.Row}";

    /// <summary>The usual distance of two rows; every distance must be a whole number of it.</summary>
    private double StepOf()
    {
        var step = double.PositiveInfinity;
        for (var i = 1; i < Rows.Count; i++)
        {
            var gap = Rows[i].Time - Rows[i - 1].Time;
            if (gap <= 0)
            {
                throw new PriceFileException(gap == 0
                    ? $"{Place(Rows[i])}: {Date(Rows[i].Time)} is there twice; remove one of the rows"
                    : $"{Place(Rows[i])}: {Date(Rows[i].Time)} comes after {Date(Rows[i - 1].Time)}; sort the "
                        + "rows by time");
            }

            step = Math.Min(step, gap);
        }

        for (var i = 1; i < Rows.Count; i++)
        {
            var bars = (Rows[i].Time - Rows[i - 1].Time) / step;
            if (Math.Abs(bars - Math.Round(bars)) > 1e-6)
            {
                throw new PriceFileException($"{Place(Rows[i])}: {Date(Rows[i].Time)} is no whole number of "
                    + $"{step} s bars after {Date(Rows[i - 1].Time)}; make the bars of one length");
            }
        }

        return step;
    }

    private void Check(PriceBar row)
    {
        foreach (var (name, price) in (ReadOnlySpan<(string, double)>)
            [("open", row.Open), ("high", row.High), ("low", row.Low), ("close", row.Close)])
        {
            if (price is not (> 0 and < double.PositiveInfinity))
            {
                throw new PriceFileException(string.Create(CultureInfo.InvariantCulture,
                    $"{Place(row)}: {name} is {price}; prices must be above 0"));
            }
        }

        if (HasRange && (row.High < Math.Max(row.Open, row.Close) || row.Low > Math.Min(row.Open, row.Close)))
        {
            throw new PriceFileException(string.Create(CultureInfo.InvariantCulture,
                $"{Place(row)}: open {row.Open} and close {row.Close} must lie between low {row.Low} and high "
                + $"{row.High}"));
        }
    }
}
