using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>Every verb of the console.</summary>
public static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        RunCommand.Create(),
        ResumeCommand.Create(),
        ValidateCommand.Create(),
    ];
}
