using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>Every verb of the console.</summary>
public static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        CompletionCommand.Create(),
        ExplainCommand.Create(),
        ExportCommand.Create(),
        InitCommand.Create(),
        ListCommand.Create(),
        PlanCommand.Create(),
        QueryCommand.Create(),
        ReportCommand.Create(),
        ResumeCommand.Create(),
        RunCommand.Create(),
        SchemaCommand.Create(),
        ShowCommand.Create(),
        TraceCommand.Create(),
        ValidateCommand.Create(),
        VerifyCommand.Create(),
        VersionCommand.Create(),
    ];
}
