using System.Globalization;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Data;

/// <summary>A row of a price file.</summary>
/// <param name="Place">Where it stands, for messages: "line 7".</param>
/// <param name="Time">Start of the bar, seconds since 1970 UTC.</param>
/// <param name="Open">First price; the close where the file has closes alone.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
public readonly record struct PriceBar(string Place, double Time, double Open, double High, double Low, double Close);

/// <summary>A price file that cannot be used, in one line: where, what, how to mend it.</summary>
public sealed class PriceFileException(string message) : Exception(message);

/// <summary>Makes a series of the rows of a price file, or says which row is wrong.</summary>
public static class PriceBars
{
    /// <summary>The series of rows.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="rows">Rows in the order of the file.</param>
    /// <param name="hasRange">True when high and low are known.</param>
    /// <param name="fillGaps">Hold the price over bars that are missing, instead of refusing them.</param>
    /// <exception cref="PriceFileException">A price is not above 0, times are out of order, repeated or missing, or a
    /// bar lies outside of its own range.</exception>
    public static PriceSeries Series(string file, IReadOnlyList<PriceBar> rows, bool hasRange, bool fillGaps)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count < 3)
        {
            throw new PriceFileException($"{file}: {rows.Count} rows; a series needs at least 3");
        }

        var step = Step(file, rows);
        List<double> returns = [], highs = [], lows = [];
        for (var i = 0; i < rows.Count; i++)
        {
            Check(file, rows[i], hasRange);
            if (i == 0 && !hasRange)
            {
                continue;
            }

            var missing = i == 0 ? 0 : (int)Math.Round((rows[i].Time - rows[i - 1].Time) / step) - 1;
            if (missing > 0 && !fillGaps)
            {
                throw new PriceFileException($"{file}: {rows[i].Place}: {missing} bars are missing between "
                    + $"{Date(rows[i - 1].Time)} and {Date(rows[i].Time)}; write gaps: hold to hold the price over "
                    + "them, or cut the window with from and to");
            }

            for (var k = 0; k < missing; k++)
            {
                Add(0, 0, 0);
            }

            var before = i == 0 ? rows[0].Open : rows[i - 1].Close;
            var r = LaneMath.Log(rows[i].Close / before);
            Add(r, Math.Max(Math.Max(0, r), LaneMath.Log(rows[i].High / before)),
                Math.Min(Math.Min(0, r), LaneMath.Log(rows[i].Low / before)));
        }

        return new PriceSeries(step, [.. returns], hasRange ? [.. highs] : null, hasRange ? [.. lows] : null);

        void Add(double r, double high, double low)
        {
            returns.Add(r);
            highs.Add(high);
            lows.Add(low);
        }
    }

    /// <summary>The usual distance of two rows; every distance must be a whole number of it.</summary>
    private static double Step(string file, IReadOnlyList<PriceBar> rows)
    {
        var step = double.PositiveInfinity;
        for (var i = 1; i < rows.Count; i++)
        {
            var gap = rows[i].Time - rows[i - 1].Time;
            if (gap <= 0)
            {
                throw new PriceFileException(gap == 0
                    ? $"{file}: {rows[i].Place}: {Date(rows[i].Time)} is there twice; remove one of the rows"
                    : $"{file}: {rows[i].Place}: {Date(rows[i].Time)} comes after {Date(rows[i - 1].Time)}; sort the "
                        + "rows by time");
            }

            step = Math.Min(step, gap);
        }

        for (var i = 1; i < rows.Count; i++)
        {
            var bars = (rows[i].Time - rows[i - 1].Time) / step;
            if (Math.Abs(bars - Math.Round(bars)) > 1e-6)
            {
                throw new PriceFileException($"{file}: {rows[i].Place}: {Date(rows[i].Time)} is no whole number of "
                    + $"{step} s bars after {Date(rows[i - 1].Time)}; make the bars of one length");
            }
        }

        return step;
    }

    private static void Check(string file, PriceBar row, bool hasRange)
    {
        foreach (var (name, price) in (ReadOnlySpan<(string, double)>)
            [("open", row.Open), ("high", row.High), ("low", row.Low), ("close", row.Close)])
        {
            if (price is not (> 0 and < double.PositiveInfinity))
            {
                throw new PriceFileException(string.Create(CultureInfo.InvariantCulture,
                    $"{file}: {row.Place}: {name} is {price}; prices must be above 0"));
            }
        }

        if (hasRange && (row.High < Math.Max(row.Open, row.Close) || row.Low > Math.Min(row.Open, row.Close)))
        {
            throw new PriceFileException(string.Create(CultureInfo.InvariantCulture,
                $"{file}: {row.Place}: open {row.Open} and close {row.Close} must lie between low {row.Low} and high "
                + $"{row.High}"));
        }
    }

    private static string Date(double time) => DateTime.UnixEpoch.AddSeconds(time)
        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
