using System.CommandLine;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid show: what a run came to, as at its end; of an unfinished run, what there is.</summary>
public static class ShowCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var runs = CommonOptions.Runs();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("show", "Show thresholds, frontier and recommendation of a run.\n\n"
            + "Example: scenariogrid show oracle-window-01")
        {
            run, runs, output, noColor,
        };
        command.SetAction(async parsed =>
        {
            using var folder = await CommonOptions.Open(parsed.GetValue(runs)!, parsed.GetValue(run)!);
            var terminal = new Terminal(parsed.GetValue(noColor));
            var plan = new ScenarioPlan(folder.Campaign, folder.Manifest.BlockPaths);
            OutcomePrinter.Print(Pipeline.Outcome(folder, plan, withSeries: false), parsed.GetValue(output)!, terminal);
            NoteUnfinished(folder, terminal);
            return Exit.Ok;
        });
        return command;
    }

    /// <summary>Says how to go on when cells are missing, so that nobody takes a part for the whole.</summary>
    public static void NoteUnfinished(RunFolder folder, Terminal terminal)
    {
        if (folder.Results.Count < folder.Grid.Count)
        {
            var count = FormattableString.Invariant($"{folder.Results.Count} of {folder.Grid.Count} cells");
            terminal.Note(RunFolder.IsHeld(folder.FullPath)
                ? $"{folder.Id} is running: {count} so far"
                : $"{folder.Id} is not finished: {count}; go on with: scenariogrid resume {folder.Id}");
        }
        else if (folder.Manifest.State != "completed")
        {
            terminal.Note($"{folder.Id} has every cell but no report; write it with: scenariogrid resume {folder.Id}");
        }
    }
}
