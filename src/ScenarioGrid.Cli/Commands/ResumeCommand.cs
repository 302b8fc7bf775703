using System.CommandLine;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid resume: computes only what is missing of a run.</summary>
public static class ResumeCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var runs = CommonOptions.Runs();
        var workers = new Option<int>("--workers") { Description = "compute threads (default: one per core)", HelpName = "n", DefaultValueFactory = _ => Environment.ProcessorCount };
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("resume", "Go on with a run that was interrupted or killed; only missing cells are computed.") { run, runs, workers, output, noColor };
        command.SetAction(async (parsed, stop) =>
        {
            CommonOptions.Check(parsed.GetValue(workers) is >= 1 and <= 1024, "--workers must be between 1 and 1024");
            using var folder = await CommonOptions.Open(parsed.GetValue(runs)!, parsed.GetValue(run)!);
            if (folder.Manifest.Engine != RunFolder.EngineVersion)
            {
                throw new CommandException(Exit.Usage,
                    $"{folder.Id} was begun by version {folder.Manifest.Engine}, this is {RunFolder.EngineVersion}: mixing would break reproducibility; start a new run");
            }

            folder.Resume(DateTime.UtcNow);
            return await RunCommand.Execute(folder, parsed.GetValue(workers), parsed.GetValue(output)!, new Terminal(parsed.GetValue(noColor)), stop);
        });
        return command;
    }
}
