using Parquet;
using Parquet.Schema;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Reports.Runs;

/// <summary>
/// Results as a table with one row per cell: settings, and every statistic with its interval. What parts of a run hold.
/// </summary>
public sealed class CellTable
{
    private const string ErrorColumn = "error";

    private static readonly string[] Fields = ["", "_ciLo", "_ciHi", "_se"];

    private readonly Campaign _campaign;
    private readonly CellGrid _grid;
    private readonly DataField[] _fields;

    public CellTable(Campaign campaign, CellGrid grid)
    {
        (_campaign, _grid) = (campaign, grid);
        var estimates = campaign.Measures.SelectMany(m =>
            campaign.Statistics.SelectMany(s => Fields.Select(f => Column(m.Name, s) + f)));
        _fields = [new DataField<long>("cell"), .. grid.Axes.Select(a => new DataField<double>(Column(a.Name, null))),
            new DataField<int>("paths"), new DataField<string>(ErrorColumn),
            .. estimates.Select(e => new DataField<double>(e))];
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns => [.. _fields.Select(f => f.Name)];

    /// <summary>Writes one row per result, in cell order.</summary>
    public async Task Write(Stream to, IReadOnlyList<CellResult> results)
    {
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = System.IO.Compression.CompressionLevel.Fastest,
        };
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(_fields.Cast<Field>().ToArray()), to, options);
        using var group = writer.CreateRowGroup();
        var settings = results.Select(r => _grid.Settings(r.Cell)).ToList();
        var column = 0;
        await Add(group, column++, results.Select(r => r.Cell).ToArray());
        for (var axis = 0; axis < _grid.Axes.Count; axis++)
        {
            await Add(group, column++, settings.Select(s => s[axis]).ToArray());
        }

        await Add(group, column++, results.Select(r => r.Estimates.Length > 0 ? r.Estimates[0].Paths : 0).ToArray());
        await group.WriteAsync(_fields[column++], [.. results.Select(r => r.Error ?? "")]);
        for (var estimate = 0; estimate < _campaign.Measures.Count * _campaign.Statistics.Count; estimate++)
        {
            for (var field = 0; field < Fields.Length; field++)
            {
                await Add(group, column++, results.Select(r => Part(r, estimate, field)).ToArray());
            }
        }
    }

    /// <summary>Reads back the results of a part, bit for bit.</summary>
    /// <exception cref="RunFolderException">The file is cut short, or has not the columns of the campaign.</exception>
    public async Task<IReadOnlyList<CellResult>> Read(string path)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var reader = await ParquetReader.CreateAsync(file);
            using var group = reader.OpenRowGroupReader(0);
            var rows = (int)group.RowCount;
            var columns = new List<Array>();
            foreach (var field in reader.Schema.GetDataFields())
            {
                if (field.Name == ErrorColumn)
                {
                    var texts = new string?[rows];
                    await group.ReadAsync(field, texts.AsMemory());
                    columns.Add(texts);
                }
                else
                {
                    columns.Add(field.ClrType == typeof(long) ? await Column<long>(group, field, rows)
                        : field.ClrType == typeof(int) ? await Column<int>(group, field, rows)
                        : await Column<double>(group, field, rows));
                }
            }

            return [.. Enumerable.Range(0, columns[0].Length).Select(row => Row(columns, row))];
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException or RunFolderException))
        {
            throw new RunFolderException(
                $"{path}: the part is cut short or damaged ({e.Message.Split('\n')[0]}); delete it and resume");
        }
    }

    /// <summary>"vaults.badDebt" and "es99" as vaults_badDebt_es99.</summary>
    public static string Column(string name, string? statistic) =>
        (statistic is null ? name : $"{name}_{statistic}").Replace('.', '_').Replace('-', '_');

    private static double Part(CellResult result, int estimate, int field) => result.Error is not null
        ? double.NaN
        : field switch
        {
            0 => result.Estimates[estimate].Value,
            1 => result.Estimates[estimate].Low,
            2 => result.Estimates[estimate].High,
            _ => result.Estimates[estimate].StandardError,
        };

    private CellResult Row(List<Array> columns, int row)
    {
        var head = 1 + _grid.Axes.Count;
        var error = (string)columns[head + 1].GetValue(row)!;
        var cell = (long)columns[0].GetValue(row)!;
        if (error.Length > 0)
        {
            return new CellResult(cell, [], error);
        }

        var paths = (int)columns[head].GetValue(row)!;
        var estimates = new Estimate[_campaign.Measures.Count * _campaign.Statistics.Count];
        for (var i = 0; i < estimates.Length; i++)
        {
            double At(int field) => ((double[])columns[head + 2 + i * Fields.Length + field])[row];
            estimates[i] = new Estimate(At(0), At(1), At(2), At(3), paths);
        }

        return new CellResult(cell, estimates, null);
    }

    private async Task Add<T>(ParquetRowGroupWriter group, int column, T[] values)
        where T : struct => await group.WriteAsync<T>(_fields[column], values.AsMemory());

    private static async Task<T[]> Column<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        var values = new T[rows];
        await group.ReadAsync(field, values.AsMemory());
        return values;
    }
}
