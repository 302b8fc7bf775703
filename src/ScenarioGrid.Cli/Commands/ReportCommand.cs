using System.CommandLine;
using ScenarioGrid.Reports;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid report: writes the report of a run anew.</summary>
public static class ReportCommand
{
    public static Command Create()
    {
        var run = new RunChoice();
        var formats = ReportFormats.All.Keys.ToArray();
        var format = new Option<string>("--format")
        {
            Description = string.Join(", ", formats),
            HelpName = "format",
            DefaultValueFactory = _ => "html",
        };
        format.AcceptOnlyFromAmong(formats);
        var to = new Option<string?>("--out")
        {
            Description = "file to write, - for standard output (default: in the run folder)",
            HelpName = "file",
        };
        var command = new Command("report", "Write the report of a run again.\n\n"
            + "Example: scenariogrid report oracle-window-01 --format md --out -" + ClusterOption.RunHelp);
        run.AddTo(command);
        CommonOptions.AddTo(command, format, to);
        command.SetAction(async (parsed, stop) =>
        {
            using var folder = await run.Open(parsed, new Terminal(noColor: true), stop);
            CommonOptions.Check(!folder.IsLarge, FormattableString.Invariant(
                $"{folder.Id} has {folder.Grid.Count} cells; reports are made of up to {RunFolder.KeptCellsMost}: ")
                + $"ask with: scenariogrid query {folder.Id} \"select ...\"");
            var writer = ReportFormats.Find(parsed.GetValue(format)!);
            var outcome = await RunEnding.Promptly(() => Pipeline.Outcome(folder, withSeries: true), stop);
            var file = parsed.GetValue(to) ?? Path.Combine(folder.FullPath, writer.FileName);
            OutputFile.Write(file, stream => writer.Write(outcome, stream));
            ShowCommand.NoteUnfinished(folder, new Terminal(noColor: true));
            return Exit.Ok;
        });
        return command;
    }
}
