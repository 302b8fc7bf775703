using System.Globalization;
using System.Text;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Reports;

/// <summary>One row per cell, one column per number: for spreadsheets and scripts.</summary>
/// <remarks>
/// UTF-8, comma, line feed, invariant numbers in base units; the unit stands in the column name. A text that a
/// spreadsheet would run as a formula (it starts with = + - @, tab or return) gets a leading apostrophe; numbers do
/// not.
/// An empty field is a cell that failed or a bound that the paths do not give.
/// </remarks>
[ReportFormat("csv")]
public sealed class CsvReport : ReportFormat
{
    public override string FileName => "cells.csv";

    public override void Write(RunOutcome outcome, Stream to)
    {
        var data = new ReportData(outcome);
        using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        WriteRow(writer, Head(data));
        foreach (var result in outcome.Results.OrderBy(r => r.Cell))
        {
            WriteRow(writer, Fields(data, result));
        }
    }

    private static IEnumerable<string> Head(ReportData data)
    {
        string[] first = ["cell", "status", "onFrontier", "frontierProbability"];
        var axes = data.Axes.Select(a => Named(a.Name, a.Unit?.Symbol));
        var campaign = data.Campaign;
        var numbers = campaign.Measures.SelectMany((m, i) => campaign.Statistics.SelectMany(s =>
        {
            var unit = data.UnitOf(i, s).Symbol;
            return new[] { "", ".ciLow", ".ciHigh" }.Select(end => Named($"{m.Name}.{s}{end}", unit));
        }));
        return [.. first, .. axes, .. numbers, .. campaign.Thresholds.Select(t => t.Text), "error"];
    }

    private static IEnumerable<string> Fields(ReportData data, CellResult result)
    {
        var cell = data.Cell(result.Cell);
        var count = data.Campaign.Measures.Count * data.Campaign.Statistics.Count;
        return
        [
            result.Cell.ToString(CultureInfo.InvariantCulture),
            result.Error is null ? "measured" : "failed",
            data.IsOnFrontier(result.Cell) ? "1" : "0",
            cell is null ? "" : Number(data.Membership(result.Cell)),
            .. data.Outcome.Grid.Settings(result.Cell)
                .Select((v, i) => data.Axes[i].Unit is null ? data.Label(i, v) : Number(v)),
            .. result.Error is null
                ? result.Estimates.SelectMany(e => new[] { Number(e.Value), Number(e.Low), Number(e.High) })
                : Enumerable.Repeat("", count * 3),
            .. cell is null
                ? Enumerable.Repeat("", data.Campaign.Thresholds.Count)
                : cell.Thresholds.Select(t => t.Verdict.ToString().ToLowerInvariant()),
            result.Error ?? "",
        ];
    }

    private static string Named(string name, string? unit) => string.IsNullOrEmpty(unit) ? name : $"{name} [{unit}]";

    private static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void WriteRow(StreamWriter writer, IEnumerable<string> fields) =>
        writer.WriteLine(string.Join(',', fields.Select(Quoted)));

    /// <summary>A field with quotes where it needs them, and harmless to a spreadsheet.</summary>
    public static string Quoted(string field)
    {
        var isFormula = field.Length > 0 && field[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
            && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var safe = isFormula ? "'" + field : field;
        return safe.AsSpan().IndexOfAny(",\"\n\r") >= 0 || isFormula
            ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : safe;
    }
}
