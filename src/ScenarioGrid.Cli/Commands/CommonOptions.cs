using System.CommandLine;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>Options that several verbs share.</summary>
public static class CommonOptions
{
    /// <summary>Formats of output for people and programs.</summary>
    public static readonly string[] Outputs = ["table", "json", "jsonl", "csv"];

    public static Option<string> Runs() => new("--runs")
    {
        Description = "folder of runs",
        HelpName = "folder",
        DefaultValueFactory = _ => DefaultRuns,
    };

    /// <summary>Folder of runs when nothing is said: SCENARIOGRID_RUNS, or runs.</summary>
    public static string DefaultRuns =>
        Environment.GetEnvironmentVariable("SCENARIOGRID_RUNS") is { Length: > 0 } set ? set : "runs";

    public static Option<string> Output(params string[] formats)
    {
        var allowed = formats.Length > 0 ? formats : Outputs;
        var option = new Option<string>("--output", "-o")
        {
            Description = string.Join(", ", allowed[..^1]) + " or " + allowed[^1],
            HelpName = "format",
            DefaultValueFactory = _ => "table",
        };
        option.AcceptOnlyFromAmong(allowed);
        return option;
    }

    public static Option<int> Workers() => new("--workers")
    {
        Description = "compute threads (default: one per core)",
        HelpName = "n",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>The number of workers, or exit code 2.</summary>
    public static int CheckWorkers(int workers)
    {
        Check(workers is >= 1 and <= 1024, "--workers must be between 1 and 1024");
        return workers;
    }

    public static void AddTo(Command command, params Option[] options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public static Option<bool> NoColor() => new("--no-color") { Description = "no colour (also: NO_COLOR)" };

    public static Argument<string> Run()
    {
        var run = new Argument<string>("run")
        {
            Description = "run id, or the beginning of one, or the path of a run folder",
            HelpName = "run",
        };
        run.CompletionSources.Add(_ => Ids(DefaultRuns));
        return run;
    }

    /// <summary>Names in a folder of runs, sorted.</summary>
    public static IReadOnlyList<string> Ids(string root) => Directory.Exists(root)
        ? [.. Directory.GetDirectories(root).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Opens the run that an id, the beginning of one, or a path names.</summary>
    /// <exception cref="CommandException">There is none, or several.</exception>
    public static async Task<RunFolder> Open(string root, string id)
    {
        if (id.Length > 0 && !id.Contains('/', StringComparison.Ordinal) && Directory.Exists(Path.Combine(root, id)))
        {
            return await RunFolder.Open(Path.Combine(root, id), ComponentCatalog.Default);
        }

        if (id.Contains('/', StringComparison.Ordinal) && Directory.Exists(id))
        {
            return await RunFolder.Open(id, ComponentCatalog.Default);
        }

        var all = Ids(root);
        var found = all.Where(a => a.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => await RunFolder.Open(Path.Combine(root, found[0]), ComponentCatalog.Default),
            0 => throw new CommandException(
                Exit.NotFound, $"there is no run '{id}' in {root}{Suggestion.Text(id, all)}"),
            _ => throw new CommandException(Exit.NotFound, $"'{id}' may be {string.Join(" or ", found)}"),
        };
    }

    /// <summary>Ends the command with exit code 2 unless the condition holds.</summary>
    public static void Check(bool isOk, string message)
    {
        if (!isOk)
        {
            throw new CommandException(Exit.Usage, message);
        }
    }

    /// <summary>A run id is a plain file name.</summary>
    public static void CheckName(string? id) => Check(
        id is null || (id.Length is > 0 and <= 64 && id[0] is not ('.' or '-')
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')),
        "OUTPUT_NAME: use letters, digits, . _ - (max 64)");
}
