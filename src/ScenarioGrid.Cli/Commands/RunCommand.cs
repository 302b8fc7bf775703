using System.CommandLine;
using System.Diagnostics;
using ScenarioGrid.Grains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid run: a campaign on a silo inside this process, with a run folder as it goes.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var input = new CampaignInput();
        var runs = CommonOptions.Runs();
        var id = new Option<string?>("--id")
        {
            Description = "name of the run folder (default: campaign name and a number)",
            HelpName = "name",
        };
        var block = CommonOptions.Block();
        var workers = CommonOptions.Workers();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("run", "Run a campaign on this machine.\n\n"
            + "Example: scenariogrid run examples/oracle-window.yaml --paths 512 --cells twap.window=30m");
        input.AddTo(command);
        CommonOptions.AddTo(command, runs, id, block, workers, output, noColor);
        command.SetAction(async (parsed, stop) =>
        {
            var paths = CommonOptions.CheckBlock(parsed.GetValue(block));
            var count = CommonOptions.CheckWorkers(parsed.GetValue(workers));
            CommonOptions.CheckName(parsed.GetValue(id));
            var campaign = await input.Read(parsed);
            using var folder = RunFolder.Create(
                parsed.GetValue(runs)!, parsed.GetValue(id), campaign, paths, DateTime.UtcNow);
            var terminal = new Terminal(parsed.GetValue(noColor));
            return await Execute(folder, count, parsed.GetValue(output)!, terminal, stop);
        });
        return command;
    }

    /// <summary>Runs what is missing in a folder, and shows the outcome.</summary>
    public static async Task<int> Execute(
        RunFolder folder, int workers, string output, Terminal terminal, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var known = folder.Count;
        var progress = new ProgressLine(terminal, known, folder.Campaign.Ticks);
        var knownText = known > 0 ? FormattableString.Invariant($", {known} cells known") : "";
        terminal.Note(FormattableString.Invariant(
            $"{folder.Id}: {folder.Grid.Count} cells x {folder.Campaign.Paths} paths x ")
            + FormattableString.Invariant($"{folder.Campaign.Ticks} ticks, {workers} workers{knownText}"));
        try
        {
            var cells = new EmbeddedCells(ComponentCatalog.Default, folder.Id, workers);
            await Pipeline.Run(folder, cells, progress.Show, stop);
            var outcome = await RunEnding.Write(folder, stop);
            folder.End("completed", clock.Elapsed.TotalSeconds);
            terminal.ClearLive();
            var exit = await RunEnding.Show(folder, outcome, output, terminal, stop);
            var took = Terminal.Duration(clock.Elapsed.TotalSeconds);
            var what = FormattableString.Invariant($"{folder.Count - known} cells in {took}");
            RunEnding.NoteNext(folder, what, terminal);
            return exit;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            folder.End("interrupted", clock.Elapsed.TotalSeconds);
            terminal.Note(FormattableString.Invariant(
                $"interrupted with {folder.Count} of {folder.Grid.Count} cells; ")
                + $"go on with: scenariogrid resume {folder.Id}");
            return Exit.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Note($"cannot write: {e.Message}; free space, then: scenariogrid resume {folder.Id}");
            return Exit.CannotWrite;
        }
        catch (Exception)
        {
            folder.End("interrupted", clock.Elapsed.TotalSeconds);
            terminal.Note($"broken off; what is there is kept, go on with: scenariogrid resume {folder.Id}");
            throw;
        }
    }
}
