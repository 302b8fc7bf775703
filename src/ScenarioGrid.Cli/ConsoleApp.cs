using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cli.Commands;
using ScenarioGrid.Grains;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli;

/// <summary>The console: finds the verb, and turns every fault into one line and an exit code.</summary>
public static class ConsoleApp
{
    private const string ExitCodes =
        "Exit codes: 0 ok; 1 cells failed, or campaign cancelled or lost; 2 usage or invalid file; "
        + "3 cluster not reached; 4 not found; 5 not allowed; 74 output cannot be written; 75 cluster busy; "
        + "99 threshold broken; 124 waited in vain; 130 interrupted.";

    /// <summary>Runs one command line.</summary>
    public static async Task<int> Run(string[] args)
    {
        if (SiloCommand.IsMeant(args))
        {
            return await SiloCommand.Run(args);
        }

        var root = new RootCommand("Stress campaigns over coupled DeFi systems: which security settings are efficient, "
            + "which one to choose and why, and what breaks first.\n\n" + ExitCodes);
        foreach (var command in CommandList.All())
        {
            root.Subcommands.Add(command);
        }

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return Usage(root, parsed, args);
        }

        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            // The first Ctrl-C lets the run keep what it has; the second ends the process at once.
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var (exit, line) = Told(e, stop.IsCancellationRequested);
            if (line is not null)
            {
                Console.Error.WriteLine(line);
            }

            return exit;
        }
    }

    /// <summary>The exit code of a fault, and its one line.</summary>
    private static (int Exit, string? Line) Told(Exception fault, bool isStopped) => fault switch
    {
        CommandException e => (e.ExitCode, e.Message),
        RunFolderException e => (Exit.NotFound, e.Message),
        ScenarioFault e => (Exit.Failed, e.Message),
        GridException e => (Exit.Of(e.Code), $"{e.Code}: {e.Message}"),
        OperationCanceledException when isStopped => (Exit.Interrupted, null),
        IOException or UnauthorizedAccessException => (Exit.CannotWrite, $"cannot read or write: {fault.Message}"),
        _ => (Exit.Internal, $"internal error: {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}; "
            + "please report it"),
    };

    /// <summary>The verb as it is typed: "cluster up ".</summary>
    private static string Words(ParseResult parsed)
    {
        var words = "";
        for (var at = parsed.CommandResult; at.Parent is CommandResult above; at = above)
        {
            words = at.Command.Name + " " + words;
        }

        return words;
    }

    private static int Usage(RootCommand root, ParseResult parsed, string[] args)
    {
        var verbs = root.Subcommands.Select(c => c.Name).ToList();
        var command = parsed.CommandResult.Command;
        if (command == root && args.Length > 0 && !args[0].StartsWith('-'))
        {
            Console.Error.WriteLine($"there is no command '{args[0]}'{Suggestion.Text(args[0], verbs)}");
        }
        else
        {
            var known = command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)).ToList();
            var typed = args.FirstOrDefault(a => a.StartsWith('-') && !known.Contains(a.Split('=')[0]));
            Console.Error.WriteLine(typed is null
                ? parsed.Errors[0].Message
                : $"there is no option '{typed}'{Suggestion.Text(typed, known)}");
        }

        Console.Error.WriteLine($"try: scenariogrid {Words(parsed)}--help");
        return Exit.Usage;
    }
}
