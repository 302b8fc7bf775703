using System.CommandLine;
using System.CommandLine.Parsing;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Silo;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid silo: one silo of a cluster in this process.</summary>
public static class SiloCommand
{
    private const string Name = "silo";

    public static Command Create()
    {
        var settings = new Argument<string[]>("settings")
        {
            Description = "--name value, see: scenariogrid silo --help",
            HelpName = "settings",
            Arity = ArgumentArity.ZeroOrMore,
        };
        return new Command(Name, "Run one silo of a cluster in this process, until SIGTERM.\n\n"
            + "Example: scenariogrid silo --redis 10.0.0.5:6379 --address 10.0.0.7 --http none") { settings };
    }

    /// <summary>True for a command line that runs a silo, which has settings and signals of its own.</summary>
    public static bool IsMeant(string[] args) => args is [Name, ..];

    /// <summary>Runs the silo.</summary>
    public static Task<int> Run(string[] args) => SiloProgram.Run(args[1..], ComponentCatalog.Default);
}
