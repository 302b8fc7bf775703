using System.Globalization;
using Parquet;
using Parquet.Schema;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Data;

/// <summary>What is taken of a price file.</summary>
/// <param name="File">Path of a CSV or Parquet file.</param>
/// <param name="From">First bar, or null for the first of the file.</param>
/// <param name="To">End of the window, or null for the end of the file.</param>
/// <param name="FillGaps">Hold the price over missing bars.</param>
public sealed record PriceFileWish(string File, DateTime? From, DateTime? To, bool FillGaps);

/// <summary>Reads files of prices: CSV or Parquet with a column of times and columns open, high, low, close, or close
/// alone.</summary>
public static class PriceFile
{
    /// <summary>Longest file that is read.</summary>
    public const long BytesMax = 256L * 1024 * 1024;

    private static readonly string[] TimeNames = ["time", "timestamp", "unix", "date", "datetime"];
    private static readonly string[] PriceNames = ["open", "high", "low", "close"];

    /// <summary>The series of a file.</summary>
    /// <exception cref="PriceFileException">The file cannot be read or used; one line says where and why.</exception>
    public static async Task<PriceSeries> Read(PriceFileWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        return (await Bars(wish.File, wish.From, wish.To)).Series(wish.FillGaps);
    }

    /// <summary>The bars of a file; some may be missing.</summary>
    /// <param name="file">Path of a CSV or Parquet file.</param>
    /// <param name="from">First bar, or null for the first of the file.</param>
    /// <param name="to">End of the window, or null for the end of the file.</param>
    /// <exception cref="PriceFileException">The file cannot be read or used; one line says where and why.</exception>
    public static async Task<PriceBars> Bars(string file, DateTime? from, DateTime? to)
    {
        var info = new FileInfo(file);
        if (!info.Exists)
        {
            throw new PriceFileException($"{file}: there is no such file");
        }

        if (info.Length > BytesMax)
        {
            throw new PriceFileException($"{file}: {info.Length} bytes, at most {BytesMax} are read");
        }

        var window = (From: from is { } f ? Seconds(f) : double.NegativeInfinity,
            To: to is { } t ? Seconds(t) : double.PositiveInfinity);
        try
        {
            return info.Extension.Equals(".parquet", StringComparison.OrdinalIgnoreCase)
                ? await Parquet(file, window)
                : await Csv(file, window);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PriceFileException($"{file}: cannot be read: {e.Message}");
        }
    }

    /// <summary>A date as people write it, in UTC where it does not say, or null.</summary>
    public static DateTime? Date(string text) => DateTime.TryParse(text, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    private static async Task<PriceBars> Csv(string file, (double From, double To) window)
    {
        using var reader = new StreamReader(file);
        var head = Cells(await reader.ReadLineAsync() ?? "");
        var columns = Columns(file, head);
        var rows = new List<PriceBar>();
        for (var line = 2; await reader.ReadLineAsync() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var (cells, place) = (Cells(text), line);
            if (cells.Length != head.Length)
            {
                throw new PriceFileException(
                    $"{file}: line {line}: {cells.Length} cells, the first line has {head.Length}");
            }

            var time = Time(cells[columns.Time])
                ?? throw NoTime(file, $"line {line}", cells[columns.Time]);
            if (time >= window.From && time < window.To)
            {
                rows.Add(columns.Row(line, time, c => Number(cells[c])
                    ?? throw new PriceFileException($"{file}: line {place}: '{cells[c]}' is no price")));
            }
        }

        return new PriceBars(file, "line", rows, columns.HasRange);
    }

    /// <summary>The cells of a line; one in quotes may hold commas.</summary>
    private static string[] Cells(string line)
    {
        var (cells, begin, isQuoted) = (new List<string>(), 0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !isQuoted))
            {
                cells.Add(line[begin..i].Trim().Trim('"').Trim());
                begin = i + 1;
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
        }

        return [.. cells];
    }

    private static async Task<PriceBars> Parquet(string file, (double From, double To) window)
    {
        try
        {
            using var stream = File.OpenRead(file);
            await using var reader = await ParquetReader.CreateAsync(stream);
            var fields = reader.Schema.GetDataFields();
            var columns = Columns(file, [.. fields.Select(f => f.Name)]);
            var (rows, before) = (new List<PriceBar>(), 0);
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                using var part = reader.OpenRowGroupReader(group);
                var data = new double?[fields.Length][];
                foreach (var c in columns.Prices.Append(columns.Time).Distinct())
                {
                    data[c] = await Column(file, part, fields[c], isTime: c == columns.Time);
                }

                for (var i = 0; i < part.RowCount; i++)
                {
                    var (place, at) = (before + i + 1, i);
                    double Value(int c) => data[c][at]
                        ?? throw new PriceFileException($"{file}: row {place}: {fields[c].Name} is empty");
                    var time = OnClock(Value(columns.Time))
                        ?? throw NoTime(file, $"row {place}", Value(columns.Time));
                    if (time >= window.From && time < window.To)
                    {
                        rows.Add(columns.Row(place, time, Value));
                    }
                }

                before += (int)part.RowCount;
            }

            return new PriceBars(file, "row", rows, columns.HasRange);
        }
        catch (Exception e) when (e is not (PriceFileException or IOException or UnauthorizedAccessException))
        {
            // A file that is not what it says it is makes the decoder fail in many ways.
            throw new PriceFileException($"{file}: cannot be read as Parquet: {e.Message}");
        }
    }

    /// <summary>Values of a column; dates as seconds since 1970, null where there is none.</summary>
    private static Task<double?[]> Column(string file, ParquetRowGroupReader part, DataField field, bool isTime) =>
        field.ClrType == typeof(double) ? Values<double>(part, field, v => v)
        : field.ClrType == typeof(float) ? Values<float>(part, field, v => v)
        : field.ClrType == typeof(decimal) ? Values<decimal>(part, field, v => (double)v)
        : field.ClrType == typeof(long) ? Values<long>(part, field, v => v)
        : field.ClrType == typeof(int) ? Values<int>(part, field, v => v)
        : field.ClrType == typeof(DateTime) && isTime ? Values<DateTime>(part, field, Seconds)
        : throw new PriceFileException($"{file}: column {field.Name} holds {field.ClrType.Name}; "
            + "times must be numbers or dates, prices numbers");

    private static async Task<double?[]> Values<T>(
        ParquetRowGroupReader part, DataField field, Func<T, double> number)
        where T : struct
    {
        if (field.IsNullable)
        {
            var values = new T?[part.RowCount];
            await part.ReadAsync<T>(field, values.AsMemory());
            return Array.ConvertAll(values, v => v is { } value ? number(value) : (double?)null);
        }

        var all = new T[part.RowCount];
        await part.ReadAsync<T>(field, all.AsMemory());
        return Array.ConvertAll(all, v => (double?)number(v));
    }

    /// <summary>Where the time and the four prices stand; with closes alone all four are the close.</summary>
    private static PriceColumns Columns(string file, string[] head)
    {
        int Find(params string[] names) => Array.FindIndex(
            head, h => names.Contains(h, StringComparer.OrdinalIgnoreCase));
        var prices = PriceNames.Select(n => Find(n)).ToArray();
        var close = Find("close", "price");
        var time = Find(TimeNames);
        if (time < 0 || close < 0)
        {
            throw new PriceFileException($"{file}: the columns are {string.Join(", ", head.Take(12))}; needed are "
                + $"one of {string.Join(", ", TimeNames)}, and open, high, low, close or close alone");
        }

        var hasRange = prices.All(p => p >= 0);
        return new PriceColumns(time, hasRange ? prices : [close, close, close, close], hasRange);
    }

    private static double? Time(string text) => Number(text) is { } number ? OnClock(number)
        : Date(text) is { } date ? Seconds(date)
        : null;

    /// <summary>Seconds since 1970 of a number: larger ones are milliseconds, microseconds or nanoseconds; null where
    /// it is none of them.</summary>
    private static double? OnClock(double number) => Math.Abs(number) switch
    {
        < 1e11 => number,
        < 1e14 => number / 1e3,
        < 1e17 => number / 1e6,
        < 1e20 => number / 1e9,
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static PriceFileException NoTime(string file, string place, object value) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"{file}: {place}: '{value}' is no time; write seconds since 1970 or 2020-03-12 06:00:00 (UTC)"));

    private static double Seconds(DateTime date) =>
        (DateTime.SpecifyKind(date, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;

    private sealed record PriceColumns(int Time, int[] Prices, bool HasRange)
    {
        public PriceBar Row(int row, double time, Func<int, double> price) => new(
            row, time, price(Prices[0]), price(Prices[1]), price(Prices[2]), price(Prices[3]));
    }
}
