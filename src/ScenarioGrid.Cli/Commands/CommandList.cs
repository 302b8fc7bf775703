using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>Every verb of the console.</summary>
public static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        CancelCommand.Create(),
        ClusterCommand.Create(),
        CompletionCommand.Create(),
        ExplainCommand.Create(),
        ExportCommand.Create(),
        InitCommand.Create(),
        ListCommand.Create(),
        LogsCommand.Create(),
        PlanCommand.Create(),
        QueryCommand.Create(),
        RemoveCommand.Create(),
        ReportCommand.Create(),
        ResumeCommand.Create(),
        RetryCommand.Create(),
        RunCommand.Create(),
        SchemaCommand.Create(),
        SeriesCommand.Create(),
        ShowCommand.Create(),
        SiloCommand.Create(),
        SubmitCommand.Create(),
        TokenCommand.Create(),
        TraceCommand.Create(),
        ValidateCommand.Create(),
        VerifyCommand.Create(),
        VersionCommand.Create(),
        WaitCommand.Create(),
        WatchCommand.Create(),
    ];
}
