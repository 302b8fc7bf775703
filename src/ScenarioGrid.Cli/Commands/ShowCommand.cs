using System.CommandLine;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid show: what a run came to, as at its end; of an unfinished run, what there is.</summary>
public static class ShowCommand
{
    public static Command Create()
    {
        var run = new RunChoice();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("show", "Show thresholds, frontier and recommendation of a run.\n\n"
            + "Example: scenariogrid show oracle-window-01" + ClusterOption.RunHelp);
        run.AddTo(command);
        CommonOptions.AddTo(command, output, noColor);
        command.SetAction(async (parsed, stop) =>
        {
            var terminal = new Terminal(parsed.GetValue(noColor));
            using var folder = await run.Open(parsed, terminal, stop);
            await RunEnding.Show(folder, null, parsed.GetValue(output)!, terminal, stop);
            NoteUnfinished(folder, terminal);
            return Exit.Ok;
        });
        return command;
    }

    /// <summary>Says how to go on when cells are missing, so that nobody takes a part for the whole.</summary>
    public static void NoteUnfinished(RunFolder folder, Terminal terminal)
    {
        if (folder.Count < folder.Grid.Count)
        {
            var count = FormattableString.Invariant($"{folder.Count} of {folder.Grid.Count} cells");
            terminal.Note(!folder.IsHolding && RunFolder.IsHeld(folder.FullPath)
                ? $"{folder.Id} is running: {count} so far"
                : folder.Manifest.State == "cancelled" ? $"{folder.Id} was cancelled with {count}"
                : folder.Manifest.Cluster is { } cluster
                ? $"{folder.Id} is not finished: {count} are here; fetch more with: "
                    + $"scenariogrid show {folder.Id} --cluster {cluster}"
                : $"{folder.Id} is not finished: {count}; go on with: scenariogrid resume {folder.Id}");
        }
        else if (folder.Manifest.State != "completed")
        {
            terminal.Note($"{folder.Id} has every cell but no report; write it with: scenariogrid resume {folder.Id}");
        }
    }
}
