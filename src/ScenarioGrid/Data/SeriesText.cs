using System.IO.Compression;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Data;

/// <summary>A price series as one word of a campaign file, so that a campaign is whole without other files.</summary>
/// <remarks>
/// <code>
/// bars:SECONDS:BASE64      of deflated variable-length integers, per bar
///                          zigzag(r), high - max(0, r), min(0, r) - low      in units of 5e-7 of the log
/// closes:SECONDS:BASE64    zigzag(r) alone
/// </code>
/// <para>The logs of the prices over the first one are rounded, and returns are differences of these: however many
/// bars there are, no price is off by more than a quarter of a millionth, a twentieth of a cent at 2,000
/// dollars.</para>
/// </remarks>
public static class SeriesText
{
    /// <summary>Longest word: a campaign file has 256 KiB in all.</summary>
    public const int LengthMax = 180_000;

    /// <summary>Most bars of a word.</summary>
    public const int BarsMax = 200_000;

    /// <summary>Shortest bar, in seconds.</summary>
    public const double SecondsMin = 1;

    /// <summary>Longest bar, in seconds.</summary>
    public const double SecondsMax = Tick.YearSeconds;

    private const double Unit = 5e-7;
    private const string Bars = "bars", Closes = "closes";

    /// <summary>True when the text is meant as a series of its own, not as a name or a file.</summary>
    public static bool IsInline(string text) =>
        text.StartsWith(Bars + ":", StringComparison.Ordinal)
        || text.StartsWith(Closes + ":", StringComparison.Ordinal);

    /// <summary>The word for a series; the logs of its prices are rounded to the unit.</summary>
    public static string Write(PriceSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        using var bytes = new MemoryStream();
        using (var packed = new DeflateStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var (log, before) = (0.0, 0L);
            for (var bar = 0; bar < series.Count; bar++)
            {
                var (r, high, low) = series[bar];
                var rounded = Rounded(log + r) - before;
                Put(packed, (ulong)((rounded << 1) ^ (rounded >> 63)));
                if (series.HasRange)
                {
                    Put(packed, (ulong)Math.Max(0, Rounded(log + high) - before - Math.Max(0, rounded)));
                    Put(packed, (ulong)Math.Max(0, Math.Min(0, rounded) - (Rounded(log + low) - before)));
                }

                log += r;
                before += rounded;
            }
        }

        return FormattableString.Invariant(
            $"{(series.HasRange ? Bars : Closes)}:{series.BarSeconds}:{Convert.ToBase64String(bytes.ToArray())}");
    }

    /// <summary>The series of a word, or null when it is none.</summary>
    public static PriceSeries? Read(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 3 || !IsInline(text) || text.Length > LengthMax
            || !double.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            || seconds is not (>= SecondsMin and <= SecondsMax))
        {
            return null;
        }

        try
        {
            return Read(parts[0] == Bars, seconds, Convert.FromBase64String(parts[2]));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    private static PriceSeries? Read(bool hasRange, double seconds, byte[] bytes)
    {
        using var packed = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
        List<double> returns = [], highs = [], lows = [];
        while (Take(packed) is { } number)
        {
            if (returns.Count == BarsMax)
            {
                return null;
            }

            var r = (long)(number >> 1) ^ -(long)(number & 1);
            returns.Add(r * Unit);
            if (hasRange)
            {
                if (Take(packed) is not { } above || Take(packed) is not { } below)
                {
                    return null;
                }

                highs.Add((Math.Max(0, r) + (long)above) * Unit);
                lows.Add((Math.Min(0, r) - (long)below) * Unit);
            }
        }

        return new PriceSeries(
            seconds, [.. returns], hasRange ? [.. highs] : null, hasRange ? [.. lows] : null);
    }

    private static long Rounded(double log) => (long)Math.Round(log / Unit, MidpointRounding.ToEven);

    private static void Put(Stream to, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            to.WriteByte((byte)(number | 0x80));
        }

        to.WriteByte((byte)number);
    }

    private static ulong? Take(Stream from)
    {
        var number = 0UL;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = from.ReadByte();
            if (next < 0)
            {
                return shift == 0 ? null : throw new InvalidDataException("the series ends inside a number");
            }

            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw new InvalidDataException("a number of the series is too long");
    }
}
