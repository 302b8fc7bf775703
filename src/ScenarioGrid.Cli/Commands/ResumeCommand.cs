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
        var workers = CommonOptions.Workers();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("resume",
            "Go on with a run that was interrupted or killed; only missing cells are computed.\n\n"
            + "Example: scenariogrid resume oracle-window-01")
        {
            run, runs, workers, output, noColor,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var count = CommonOptions.CheckWorkers(parsed.GetValue(workers));
            using var folder = await CommonOptions.Open(parsed.GetValue(runs)!, parsed.GetValue(run)!);
            if (folder.Manifest.Engine != RunFolder.EngineVersion)
            {
                throw new CommandException(Exit.Usage,
                    $"{folder.Id} was begun by version {folder.Manifest.Engine}, this is {RunFolder.EngineVersion}: "
                    + "mixing would break reproducibility; start a new run");
            }

            folder.Resume(DateTime.UtcNow);
            var terminal = new Terminal(parsed.GetValue(noColor));
            return await RunCommand.Execute(folder, count, parsed.GetValue(output)!, terminal, stop);
        });
        return command;
    }
}
