using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace ScenarioGrid.Reports.Runs;

/// <summary>
/// Writes what a finished run is made of beside its cells: series, checks, and the report in every format.
/// </summary>
public static class RunWriter
{
    /// <summary>Writes series, checks and reports.</summary>
    public static void Write(RunFolder folder, RunOutcome outcome)
    {
        if (outcome.Series.Count > 0)
        {
            Directory.CreateDirectory(Path.Combine(folder.FullPath, "series"));
            AtomicFile.Write(Path.Combine(folder.FullPath, "series", "part-0.parquet"),
                s => WriteSeries(s, outcome.Series).GetAwaiter().GetResult());
        }

        AtomicFile.Write(Path.Combine(folder.FullPath, "checks.json"), s => WriteChecks(s, outcome));
        foreach (var format in ReportFormats.All.Values)
        {
            AtomicFile.Write(Path.Combine(folder.FullPath, format.FileName), s => format.Write(outcome, s));
        }
    }

    private static async Task WriteSeries(Stream to, IReadOnlyList<CellSeries> series)
    {
        var rows = series.SelectMany(s => s.Seconds.Select((t, i) =>
            (s.Cell, s.Measure, t, Values: s.Quantiles.Select(q => q[i]).ToArray()))).ToList();
        DataField[] fields =
        [
            new DataField<long>("cell"), new DataField<string>("measure"), new DataField<double>("seconds"),
            .. CellSeries.Levels.Select(q => new DataField<double>(FormattableString.Invariant($"p{q * 100:0}"))),
        ];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields.Cast<Field>().ToArray()), to);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<long>(fields[0], rows.Select(r => r.Cell).ToArray());
        await group.WriteAsync(fields[1], [.. rows.Select(r => r.Measure)]);
        await group.WriteAsync<double>(fields[2], rows.Select(r => r.t).ToArray());
        for (var q = 0; q < CellSeries.Levels.Count; q++)
        {
            await group.WriteAsync<double>(fields[3 + q], rows.Select(r => r.Values[q]).ToArray());
        }
    }

    private static void WriteChecks(Stream to, RunOutcome outcome)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 1);
        json.WriteNumber("cells", outcome.Grid.Count);
        json.WriteNumber("done", outcome.Results.Count(r => r.Error is null));
        json.WriteNumber("failed", outcome.Results.Count(r => r.Error is not null));
        json.WriteBoolean("complete", outcome.Results.Count == outcome.Grid.Count);
        json.WriteString("resultHash", outcome.Provenance.ResultHash);
        json.WriteStartArray("failures");
        foreach (var failed in outcome.Frontier.Failed.Take(1000))
        {
            json.WriteStartObject();
            json.WriteNumber("cell", failed.Cell);
            json.WriteString("error", failed.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
