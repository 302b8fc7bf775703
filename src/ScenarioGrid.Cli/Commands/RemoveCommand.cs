using System.CommandLine;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid rm: removes a run folder, or with --cluster a campaign from a cluster.</summary>
public static class RemoveCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var runs = CommonOptions.Runs();
        var cluster = new Option<string?>("--cluster", "-c")
        {
            Description = "remove the campaign from this cluster instead; only this flag does, no variable",
            HelpName = "address",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var command = new Command("rm", "Remove a run folder of this machine; with --cluster a campaign and its "
            + "results from a cluster. Asks on a terminal.\n\nExample: scenariogrid rm oracle-window-01\n"
            + "         scenariogrid rm oracle-window-01 --cluster local --yes")
        {
            run, runs, cluster, yes,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var (name, isSure) = (parsed.GetValue(run)!, parsed.GetValue(yes));
            return parsed.GetValue(cluster) is null or ClusterAddress.None
                ? Here(CommonOptions.Need(parsed.GetValue(runs)!, name), isSure)
                : await There(ClusterOption.Need(parsed.GetValue(cluster)), name, isSure, stop);
        });
        return command;
    }

    private static int Here(string path, bool isSure)
    {
        if (RunFolder.IsHeld(path))
        {
            throw new CommandException(Exit.Usage, $"{path} is being written by another process right now");
        }

        // A folder that holds something else than a run is somebody's who mistook a path.
        CommonOptions.Check(File.Exists(Path.Combine(path, "manifest.json")),
            $"{path} is no run folder: it has no manifest.json");
        if (!isSure && !Confirms($"remove {path}?"))
        {
            return Exit.Interrupted;
        }

        Directory.Delete(path, recursive: true);
        Terminal.Line($"removed {path}");
        return Exit.Ok;
    }

    private static async Task<int> There(ClusterAddress address, string name, bool isSure, CancellationToken stop)
    {
        await using var link = await ClusterLink.Open(address, new Terminal(noColor: true), stop);
        var id = (await link.Find(name)).Campaign;
        if (!isSure && !Confirms($"remove {id} and its results from {link.Address}?"))
        {
            return Exit.Interrupted;
        }

        await link.Front.Remove(id, ClusterLink.Caller);
        Terminal.Line($"removed {id} from {link.Address}");
        return Exit.Ok;
    }

    /// <summary>Asks on a terminal; where nobody can answer, --yes must have said it.</summary>
    private static bool Confirms(string question)
    {
        CommonOptions.Check(!Console.IsInputRedirected, $"{question} add --yes, as nobody can be asked here");
        Console.Error.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
