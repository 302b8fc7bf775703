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
        var info = new FileInfo(wish.File);
        if (!info.Exists)
        {
            throw new PriceFileException($"{wish.File}: there is no such file");
        }

        if (info.Length > BytesMax)
        {
            throw new PriceFileException($"{wish.File}: {info.Length} bytes, at most {BytesMax} are read");
        }

        try
        {
            var isParquet = info.Extension.Equals(".parquet", StringComparison.OrdinalIgnoreCase);
            var (rows, hasRange) = isParquet ? await Parquet(wish.File) : await Csv(wish.File);
            var window = rows.Where(r => (wish.From is not { } from || r.Time >= Seconds(from))
                && (wish.To is not { } to || r.Time < Seconds(to))).ToList();
            return PriceBars.Series(wish.File, window, hasRange, wish.FillGaps);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ParquetException)
        {
            throw new PriceFileException($"{wish.File}: cannot be read: {e.Message}");
        }
    }

    private static async Task<(List<PriceBar> Rows, bool HasRange)> Csv(string file)
    {
        using var reader = new StreamReader(file);
        var head = (await reader.ReadLineAsync() ?? "").Split(',', StringSplitOptions.TrimEntries);
        var columns = Columns(file, head);
        var rows = new List<PriceBar>();
        for (var line = 2; await reader.ReadLineAsync() is { } text; line++)
        {
            if (text.Length == 0)
            {
                continue;
            }

            var (cells, place) = (text.Split(','), $"line {line}");
            if (cells.Length != head.Length)
            {
                throw new PriceFileException(
                    $"{file}: {place}: {cells.Length} cells, the first line has {head.Length}");
            }

            rows.Add(Row(place, columns, Time(file, place, cells[columns.Time]), c => Price(file, place, cells[c])));
        }

        return (rows, columns.HasRange);
    }

    private static async Task<(List<PriceBar> Rows, bool HasRange)> Parquet(string file)
    {
        using var stream = File.OpenRead(file);
        await using var reader = await ParquetReader.CreateAsync(stream);
        var fields = reader.Schema.GetDataFields();
        var columns = Columns(file, [.. fields.Select(f => f.Name)]);
        var rows = new List<PriceBar>();
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var part = reader.OpenRowGroupReader(group);
            var data = new object?[fields.Length][];
            foreach (var c in columns.Prices.Append(columns.Time).Distinct())
            {
                data[c] = await Column(file, part, fields[c]);
            }

            for (var i = 0; i < part.RowCount; i++)
            {
                var place = $"row {rows.Count + 1}";
                rows.Add(Row(place, columns, Time(file, place, data[columns.Time][i]),
                    c => data[c][i] is IConvertible price
                        ? Convert.ToDouble(price, CultureInfo.InvariantCulture)
                        : throw new PriceFileException($"{file}: {place}: {fields[c].Name} is empty")));
            }
        }

        return (rows, columns.HasRange);
    }

    private static Task<object?[]> Column(string file, ParquetRowGroupReader part, DataField field) =>
        field.ClrType == typeof(double) ? Values<double>(part, field)
        : field.ClrType == typeof(float) ? Values<float>(part, field)
        : field.ClrType == typeof(decimal) ? Values<decimal>(part, field)
        : field.ClrType == typeof(long) ? Values<long>(part, field)
        : field.ClrType == typeof(int) ? Values<int>(part, field)
        : field.ClrType == typeof(DateTime) ? Values<DateTime>(part, field)
        : throw new PriceFileException($"{file}: column {field.Name} holds {field.ClrType.Name}; "
            + "times and prices must be numbers or dates");

    private static async Task<object?[]> Values<T>(ParquetRowGroupReader part, DataField field)
        where T : struct
    {
        if (field.IsNullable)
        {
            var values = new T?[part.RowCount];
            await part.ReadAsync<T>(field, values.AsMemory());
            return [.. values.Select(v => (object?)v)];
        }

        var all = new T[part.RowCount];
        await part.ReadAsync<T>(field, all.AsMemory());
        return [.. all.Select(v => (object?)v)];
    }

    private static PriceBar Row(string place, PriceColumns columns, double time, Func<int, double> price) => new(
        place, time, price(columns.Prices[0]), price(columns.Prices[1]), price(columns.Prices[2]),
        price(columns.Prices[3]));

    /// <summary>Where the time and the four prices stand; with closes alone all four are the close.</summary>
    private static PriceColumns Columns(string file, string[] head)
    {
        int Find(params string[] names) => Array.FindIndex(
            head, h => names.Contains(h.Trim('"'), StringComparer.OrdinalIgnoreCase));
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

    private static double Time(string file, string place, object? value) => value switch
    {
        DateTime date => Seconds(date),
        DateTimeOffset date => date.ToUnixTimeMilliseconds() / 1000.0,
        long or int or double or float or decimal => Unix(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        string text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => Unix(number),
        string text when DateTime.TryParse(text.Trim('"'), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) => Seconds(date),
        _ => throw new PriceFileException(
            $"{file}: {place}: '{value}' is no time; write seconds since 1970 or 2020-03-12 06:00:00 (UTC)"),
    };

    /// <summary>Times since 1970 are in seconds; larger ones must be milliseconds.</summary>
    private static double Unix(double number) => number > 1e11 ? number / 1000 : number;

    private static double Price(string file, string place, string text) =>
        double.TryParse(text.Trim('"'), CultureInfo.InvariantCulture, out var price)
            ? price
            : throw new PriceFileException($"{file}: {place}: '{text}' is no price");

    private static double Seconds(DateTime date) =>
        (DateTime.SpecifyKind(date, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;

    private sealed record PriceColumns(int Time, int[] Prices, bool HasRange);
}
