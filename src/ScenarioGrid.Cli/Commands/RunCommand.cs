using System.CommandLine;
using System.Diagnostics;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Grains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid run: a campaign on a silo inside this process, with a run folder as it goes.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var input = new CampaignInput();
        var runs = CommonOptions.Runs();
        var id = new Option<string?>("--id") { Description = "name of the run folder (default: campaign name and a number)", HelpName = "name" };
        var block = new Option<int>("--block") { Description = "paths stepped together", HelpName = "n", DefaultValueFactory = _ => ScenarioPlan.DefaultBlockPaths };
        var workers = new Option<int>("--workers") { Description = "compute threads (default: one per core)", HelpName = "n", DefaultValueFactory = _ => Environment.ProcessorCount };
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("run", "Run a campaign on this machine.\n\nExample: scenariogrid run examples/oracle-window.yaml");
        input.AddTo(command);
        foreach (var option in new Option[] { runs, id, block, workers, output, noColor })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            var campaign = input.Read(parsed);
            CommonOptions.Check(parsed.GetValue(block) is >= 8 and <= 65_536 && parsed.GetValue(block) % Vec.Width == 0,
                "--block must be a multiple of 8 between 8 and 65536");
            CommonOptions.Check(parsed.GetValue(workers) is >= 1 and <= 1024, "--workers must be between 1 and 1024");
            CommonOptions.CheckName(parsed.GetValue(id));
            using var folder = RunFolder.Create(parsed.GetValue(runs)!, parsed.GetValue(id), campaign, parsed.GetValue(block), DateTime.UtcNow);
            return await Execute(folder, parsed.GetValue(workers), parsed.GetValue(output)!, new Terminal(parsed.GetValue(noColor)), stop);
        });
        return command;
    }

    /// <summary>Runs what is missing in a folder, and shows the outcome.</summary>
    public static async Task<int> Execute(RunFolder folder, int workers, string output, Terminal terminal, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var known = folder.Results.Count;
        var progress = new ProgressLine(terminal, known);
        var knownText = known > 0 ? $", {known} cells known" : "";
        terminal.Note(FormattableString.Invariant(
            $"{folder.Id}: {folder.Grid.Count} cells x {folder.Campaign.Paths} paths x {folder.Campaign.Ticks} ticks, {workers} workers{knownText}"));
        try
        {
            var cells = new EmbeddedCells(ComponentCatalog.Default, folder.Id, workers);
            var outcome = await Pipeline.Run(folder, cells, progress.Show, stop);
            folder.End("completed", clock.Elapsed.TotalSeconds);
            terminal.ClearLive();
            OutcomePrinter.Print(outcome, output, terminal);
            terminal.Note(FormattableString.Invariant(
                $"{folder.Results.Count - known} cells in {Terminal.Duration(clock.Elapsed.TotalSeconds)}; report: {Path.Combine(folder.FullPath, "report.html")}"));
            terminal.Note($"next: scenariogrid show {folder.Id} | scenariogrid verify {folder.Id} | scenariogrid query {folder.Id} \"select ...\"");
            return outcome.Frontier.Failed.Count > 0 ? Exit.Failed
                : outcome.Frontier.Recommendation is { Passes: false } ? Exit.Threshold
                : Exit.Ok;
        }
        catch (OperationCanceledException)
        {
            folder.End("interrupted", clock.Elapsed.TotalSeconds);
            terminal.Note($"interrupted with {folder.Results.Count} of {folder.Grid.Count} cells; go on with: scenariogrid resume {folder.Id}");
            return Exit.Interrupted;
        }
        catch (IOException e)
        {
            terminal.Note($"cannot write to {folder.FullPath}: {e.Message}; free space, then: scenariogrid resume {folder.Id}");
            return Exit.CannotWrite;
        }
    }
}
