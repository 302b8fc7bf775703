using System.CommandLine;
using System.Globalization;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid verify: runs sampled cells again in another way, and compares every bit.</summary>
public static class VerifyCommand
{
    private const int CellsMost = 50;
    private const int CellsLeast = 3;

    public static Command Create()
    {
        var run = new RunChoice();
        var cells = new Option<string?>("--cells")
        {
            Description = "how many cells, or all (default: 5 % of them, 3 to 50)",
            HelpName = "n",
        };
        var output = CommonOptions.Output("table", "json");
        var command = new Command("verify",
            "Run cells of a run again, without the grid and in other blocks, and compare all bits; "
            + "exit code 1 when one differs.\n\nExample: scenariogrid verify oracle-window-01 --cells 10"
            + ClusterOption.RunHelp);
        run.AddTo(command);
        CommonOptions.AddTo(command, cells, output);
        command.SetAction(async (parsed, stop) =>
        {
            var terminal = new Terminal(noColor: true);
            using var folder = await run.Open(parsed, terminal, stop);
            CommonOptions.Check(folder.Manifest.Engine == RunFolder.EngineVersion,
                $"{folder.Id} was computed by version {folder.Manifest.Engine}, this is {RunFolder.EngineVersion}: "
                + "bits may differ");
            var count = Count(parsed.GetValue(cells), folder.Count);
            var sample = Recheck.Sample(folder.Campaign.Seed, folder.Read(), count);
            if (sample.Count == 0)
            {
                throw new CommandException(Exit.NotFound, $"{folder.Id} has no results to check");
            }

            var plan = new ScenarioPlan(folder.Campaign, Recheck.OtherBlockPaths(folder.Manifest.BlockPaths));
            var done = 0;
            var different = Recheck.Different(plan, sample, () =>
                ShowProgress(terminal, Interlocked.Increment(ref done), sample.Count), stop);
            terminal.ClearLive();
            Print(folder, sample.Count, different, parsed.GetValue(output)!);
            return different.Count > 0 ? Exit.Failed : Exit.Ok;
        });
        return command;
    }

    private static int Count(string? text, long known)
    {
        if (text == "all")
        {
            return (int)known;
        }

        if (text is null)
        {
            return Math.Clamp((int)Math.Ceiling(known * 0.05), CellsLeast, CellsMost);
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        CommonOptions.Check(isNumber && count > 0, $"--cells is '{text}'; write a number from 1 on, or all");
        return count;
    }

    private static void ShowProgress(Terminal terminal, int done, int cells)
    {
        if (terminal.IsLive)
        {
            lock (terminal)
            {
                terminal.Live(FormattableString.Invariant($"checked {done}/{cells}"));
            }
        }
    }

    private static void Print(RunFolder folder, int count, IReadOnlyList<long> different, string output)
    {
        if (output == "json")
        {
            JsonOut.Print(json =>
            {
                json.WriteString("run", folder.Id);
                json.WriteNumber("checked", count);
                json.WriteNumber("equal", count - different.Count);
                json.WriteStartArray("different");
                foreach (var cell in different)
                {
                    json.WriteNumberValue(cell);
                }

                json.WriteEndArray();
            });
            return;
        }

        var equal = count - different.Count;
        Terminal.Line(FormattableString.Invariant($"{folder.Id}: {count} of {folder.Count} cells checked, ")
            + FormattableString.Invariant($"{equal} equal, {different.Count} different"));
        foreach (var cell in different.Take(20))
        {
            Terminal.Line(FormattableString.Invariant($"cell {cell} differs"));
        }
    }
}
