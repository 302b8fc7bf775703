using System.Globalization;
using ScenarioGrid.Reports;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli;

/// <summary>Prints what a large run came to, and says what is left out.</summary>
public static class TallyPrinter
{
    /// <summary>Prints for people (table) or programs (json); rows of cells are for export.</summary>
    public static void Print(RunFolder folder, RunTally tally, string output, Terminal terminal)
    {
        if (output == "json")
        {
            JsonOut.Print(json =>
            {
                json.WriteString("run", folder.Id);
                json.WriteNumber("cells", tally.Cells);
                json.WriteNumber("done", tally.Done);
                json.WriteNumber("failed", tally.Failed);
                json.WriteNumber("passing", tally.Passing);
                json.WriteString("resultHash", tally.ResultHash);
                json.WriteStartObject("best");
                for (var o = 0; o < tally.Best.Count; o++)
                {
                    if (tally.Best[o] is { } cell)
                    {
                        json.WriteNumber(folder.Campaign.Objectives[o].Text(folder.Campaign), cell.Index);
                    }
                }

                json.WriteEndObject();
            });
        }
        else if (output == "table")
        {
            PrintTable(folder, tally, terminal);
        }

        terminal.Note(string.Create(CultureInfo.InvariantCulture,
            $"above {RunFolder.KeptCellsMost:N0} cells frontier, recommendation, intervals and report are left out; ")
            + $"ask with: scenariogrid query {folder.Id} \"select ...\" | scenariogrid export {folder.Id} "
            + "--format csv --out cells.csv");
    }

    private static void PrintTable(RunFolder folder, RunTally tally, Terminal terminal)
    {
        var campaign = folder.Campaign;
        Terminal.Line(terminal.Bold(folder.Id) + string.Create(CultureInfo.InvariantCulture,
            $"  {tally.Done}/{tally.Cells} cells  {campaign.Paths} paths  seed {campaign.Seed}  "
            + $"sha256 {tally.ResultHash[..16]}"));
        Terminal.Line(string.Create(CultureInfo.InvariantCulture,
            $"{tally.Passing} cells pass every threshold, {tally.Failed} failed"));
        for (var o = 0; o < tally.Best.Count; o++)
        {
            if (tally.Best[o] is not { } cell)
            {
                continue;
            }

            var objective = campaign.Objectives[o];
            var settings = string.Join(
                ", ", folder.Grid.Axes.Select((a, i) => $"{a.Name} = {a.Label(cell.Settings[i])}"));
            var value = OutcomePrinter.Value(
                cell.Objectives[o].Value, OutcomePrinter.UnitOf(campaign, objective.Measure, objective.Statistic));
            Terminal.Line(string.Create(CultureInfo.InvariantCulture,
                $"best {objective.Text(campaign)}: {value} in cell {cell.Index} ({settings})"));
        }

        foreach (var failed in tally.FirstFailed)
        {
            Terminal.Line(terminal.Red($"cell {failed.Cell} failed: ") + failed.Error);
        }
    }
}
