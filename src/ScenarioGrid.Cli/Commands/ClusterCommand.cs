using System.CommandLine;
using System.Globalization;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid cluster: a cluster on this machine, and how any cluster is.</summary>
public static class ClusterCommand
{
    private const int SilosMost = 64;

    public static Command Create() => new(
        "cluster", "Start and end a cluster on this machine, and see how a cluster is.\n\n"
        + "Example: scenariogrid cluster up --silos 3")
    {
        Up(), Down(), ClusterStatusCommand.Create(),
    };

    /// <summary>Where the state of a laptop cluster is.</summary>
    public static Option<string> Folder() => new("--dir")
    {
        Description = "folder of its state, logs and data",
        HelpName = "folder",
        DefaultValueFactory = _ => ClusterState.DefaultFolder,
    };

    private static Command Up()
    {
        var silos = new Option<int>("--silos")
        {
            Description = "silo processes",
            HelpName = "n",
            DefaultValueFactory = _ => 3,
        };
        var port = new Option<int?>("--port")
        {
            Description = "port of the first HTTP front, the next ones follow (default: free ports)",
            HelpName = "n",
        };
        var folder = Folder();
        var command = new Command("up", "Start a store and silos on loopback, and wait until they are ready. What was "
            + "accepted before is there again; silos that are gone are started anew.\n\n"
            + "Example: scenariogrid cluster up --silos 3")
        {
            silos, port, folder,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var (count, first) = (parsed.GetValue(silos), parsed.GetValue(port));
            CommonOptions.Check(count is >= 1 and <= SilosMost, $"--silos must be between 1 and {SilosMost}");
            CommonOptions.Check(first is null or (>= 1024 and <= 65_000), "--port must be between 1024 and 65000");
            var path = parsed.GetValue(folder)!;
            var terminal = new Terminal(noColor: true);
            terminal.Note($"starting a store and {count} silos; logs are in {path}");
            var state = await new LaptopCluster(path, terminal).Up(count, first, stop);
            Print(state);
            var flag = path == ClusterState.DefaultFolder ? "" : $" --cluster {state.Address?.Text}";
            terminal.Note($"next: scenariogrid submit examples/coupled-crisis.yaml{flag} | scenariogrid cluster status"
                + (flag.Length > 0 ? $" --dir {path}" : ""));
            return Exit.Ok;
        });
        return command;
    }

    private static Command Down()
    {
        var folder = Folder();
        var command = new Command("down", "End exactly the processes that 'cluster up' started, the store last. Its "
            + "data stay in the folder.\n\nExample: scenariogrid cluster down")
        {
            folder,
        };
        command.SetAction(async parsed =>
        {
            var path = parsed.GetValue(folder)!;
            return await new LaptopCluster(path, new Terminal(noColor: true)).Down()
                ? Exit.Ok
                : throw new CommandException(Exit.NotFound, $"no cluster was started in {path}");
        });
        return command;
    }

    private static void Print(ClusterState state)
    {
        Terminal.Line(string.Create(CultureInfo.InvariantCulture,
            $"store   pid {state.Store.Process.Pid,-8} 127.0.0.1:{state.Store.Port} ({state.Store.Program})"));
        foreach (var silo in state.Silos)
        {
            Terminal.Line(string.Create(CultureInfo.InvariantCulture,
                $"silo {silo.Number}  pid {silo.Process.Pid,-8} {silo.Http.ToString().TrimEnd('/')}"));
        }
    }
}
