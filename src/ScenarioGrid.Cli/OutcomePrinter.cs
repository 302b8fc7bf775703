using System.Globalization;
using System.Text;
using System.Text.Json;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Cli;

/// <summary>Prints what a run came to: thresholds, frontier, recommendation.</summary>
public static class OutcomePrinter
{
    private const int FrontierRowsMax = 15;

    /// <summary>Prints for people (table) or programs (json, jsonl, csv).</summary>
    public static void Print(RunOutcome outcome, string output, Terminal terminal)
    {
        switch (output)
        {
            case "json" or "csv":
                OutputFile.Write("-", stream => ReportFormats.Find(output).Write(outcome, stream));
                break;
            case "jsonl":
                foreach (var cell in outcome.Frontier.Cells.Select((c, i) => (c, i)))
                {
                    Terminal.Line(JsonLine(outcome, cell.c, outcome.Frontier.IsOnFrontier[cell.i]));
                }

                break;
            default:
                PrintTables(outcome, terminal);
                break;
        }
    }

    /// <summary>An estimate in its unit.</summary>
    public static string Value(double value, UnitInfo? unit) => QuantityFormat.Text(value, unit);

    private static void PrintTables(RunOutcome outcome, Terminal terminal)
    {
        var (campaign, frontier) = (outcome.Campaign, outcome.Frontier);
        Terminal.Line(terminal.Bold(outcome.Provenance.Run) + string.Create(CultureInfo.InvariantCulture,
            $"  {frontier.Cells.Count}/{outcome.Grid.Count} cells  {campaign.Paths} paths  seed {campaign.Seed}  "
            + $"sha256 {outcome.Provenance.ResultHash[..16]}"));
        if (frontier.Recommendation is { } chosen)
        {
            PrintThresholds(outcome, chosen.Cell, terminal);
            PrintFrontier(outcome, chosen, terminal);
            PrintRecommendation(outcome, chosen, terminal);
        }
        else
        {
            PrintMeasures(outcome, terminal);
        }

        foreach (var failed in frontier.Failed.Take(5))
        {
            Terminal.Line(terminal.Red($"cell {failed.Cell} failed: ") + failed.Error);
        }
    }

    private static void PrintThresholds(RunOutcome outcome, MeasuredCell cell, Terminal terminal)
    {
        if (cell.Thresholds.Length == 0)
        {
            return;
        }

        Terminal.Line();
        var result = outcome.Results.First(r => r.Cell == cell.Index);
        var rows = outcome.Campaign.Thresholds.Select((t, i) =>
        {
            var estimate = EstimateOf(outcome.Campaign, result, t.Measure, t.Statistic);
            var unit = UnitOf(outcome.Campaign, t.Measure, t.Statistic);
            return (IReadOnlyList<string>)
            [
                t.Text, Value(estimate.Value, unit), $"{Value(estimate.Low, unit)} .. {Value(estimate.High, unit)}",
                cell.Thresholds[i].Verdict switch
                {
                    Verdict.Pass => terminal.Green("✓ pass"),
                    Verdict.Fail => terminal.Red("✗ FAIL"),
                    _ => terminal.Yellow("? undecided"),
                },
            ];
        }).ToList();
        terminal.Table(["THRESHOLD (recommended cell)", "VALUE", "95 % INTERVAL", "VERDICT"], rows);
    }

    private static void PrintFrontier(RunOutcome outcome, Recommendation chosen, Terminal terminal)
    {
        var frontier = outcome.Frontier;
        var members = frontier.Cells.Where((_, i) => frontier.IsOnFrontier[i]).ToList();
        var shown = members.OrderBy(m => m.Index == chosen.Cell.Index ? 0 : 1).Take(FrontierRowsMax)
            .OrderBy(m => m.Index).ToList();
        Terminal.Line();
        Terminal.Line($"Pareto frontier: {members.Count} of {frontier.Cells.Count} cells"
            + (shown.Count < members.Count ? $" (showing {shown.Count})" : ""));
        var head = new List<string> { "", "CELL" };
        head.AddRange(outcome.Grid.Axes.Select(a => a.Name));
        head.AddRange(outcome.Campaign.Objectives.Select(o => o.Text(outcome.Campaign)));
        terminal.Table(head, shown.Select(m => (IReadOnlyList<string>)
        [
            m.Index == chosen.Cell.Index ? terminal.Green("◆") : " ",
            m.Index.ToString(CultureInfo.InvariantCulture),
            .. outcome.Grid.Axes.Select((a, i) => a.Label(m.Settings[i])),
            .. outcome.Campaign.Objectives.Select((o, i) =>
                Value(m.Objectives[i].Value, UnitOf(outcome.Campaign, o.Measure, o.Statistic))),
        ]).ToList());
    }

    private static void PrintRecommendation(RunOutcome outcome, Recommendation chosen, Terminal terminal)
    {
        var settings = string.Join(
            ", ", outcome.Grid.Axes.Select((a, i) => $"{a.Name} = {a.Label(chosen.Cell.Settings[i])}"));
        Terminal.Line();
        Terminal.Line(chosen.Passes
            ? terminal.Bold($"Recommended: cell {chosen.Cell.Index}") + $" ({settings})"
            : terminal.Red($"No cell passes every threshold; nearest: cell {chosen.Cell.Index}") + $" ({settings})");
        foreach (var reason in chosen.Reasons)
        {
            Terminal.Line("  - " + reason.Sentence);
        }

        foreach (var runner in chosen.RunnersUp)
        {
            Terminal.Line(terminal.Faint("  runner-up: ") + runner.Sentence);
        }
    }

    private static void PrintMeasures(RunOutcome outcome, Terminal terminal)
    {
        foreach (var result in outcome.Results.Where(r => r.Error is null).Take(3))
        {
            Terminal.Line();
            Terminal.Line($"cell {result.Cell}");
            terminal.Table(["MEASURE", .. outcome.Campaign.Statistics],
                outcome.Campaign.Measures.Select((m, i) => (IReadOnlyList<string>)
            [
                m.Name, .. outcome.Campaign.Statistics.Select(s =>
                    Value(EstimateOf(outcome.Campaign, result, i, s).Value, UnitOf(outcome.Campaign, i, s))),
            ]).ToList());
        }
    }

    private static Estimate EstimateOf(Campaign campaign, CellResult result, int measure, string statistic) =>
        result.At(measure, campaign.Statistics.ToList().IndexOf(statistic), campaign.Statistics.Count);

    /// <summary>Unit of a statistic of a measure.</summary>
    public static UnitInfo UnitOf(Campaign campaign, int measure, string statistic) =>
        statistic == "prob" ? Fraction.Info : campaign.Measures[measure].Port.Unit;

    private static string JsonLine(RunOutcome outcome, MeasuredCell cell, bool isOnFrontier)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("cell", cell.Index);
            for (var a = 0; a < cell.Settings.Length; a++)
            {
                json.WriteNumber(outcome.Grid.Axes[a].Name, cell.Settings[a]);
            }

            for (var o = 0; o < cell.Objectives.Length; o++)
            {
                WriteNumber(json, outcome.Frontier.Objectives[o].Measure, cell.Objectives[o].Value);
                WriteNumber(json, outcome.Frontier.Objectives[o].Measure + "_ciLo", cell.Objectives[o].Low);
                WriteNumber(json, outcome.Frontier.Objectives[o].Measure + "_ciHi", cell.Objectives[o].High);
            }

            json.WriteBoolean("passes", cell.Passes);
            json.WriteBoolean("onFrontier", isOnFrontier);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
