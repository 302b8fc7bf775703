using System.CommandLine;
using ScenarioGrid.Reports;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid report: writes the report of a run anew.</summary>
public static class ReportCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var runs = CommonOptions.Runs();
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
            + "Example: scenariogrid report oracle-window-01 --format md --out -")
        {
            run, runs, format, to,
        };
        command.SetAction(async parsed =>
        {
            using var folder = await CommonOptions.Open(parsed.GetValue(runs)!, parsed.GetValue(run)!);
            var plan = new ScenarioPlan(folder.Campaign, folder.Manifest.BlockPaths);
            var writer = ReportFormats.Find(parsed.GetValue(format)!);
            var outcome = Pipeline.Outcome(folder, plan, withSeries: true);
            var file = parsed.GetValue(to) ?? Path.Combine(folder.FullPath, writer.FileName);
            OutputFile.Write(file, stream => writer.Write(outcome, stream));
            ShowCommand.NoteUnfinished(folder, new Terminal(noColor: true));
            return Exit.Ok;
        });
        return command;
    }
}
