using System.CommandLine;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

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

    public static Option<int> Block() => new("--block")
    {
        Description = "paths stepped together",
        HelpName = "n",
        DefaultValueFactory = _ => ScenarioPlan.DefaultBlockPaths,
    };

    /// <summary>The paths of a block, or exit code 2.</summary>
    public static int CheckBlock(int paths)
    {
        Check(paths is >= 8 and <= 65_536 && paths % Vec.Width == 0,
            "--block must be a multiple of 8 between 8 and 65536");
        return paths;
    }

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

    /// <summary>Names in a folder of runs, sorted; what is not finished being made begins with a dot.</summary>
    public static IReadOnlyList<string> Ids(string root) => Directory.Exists(root)
        ? [.. Directory.GetDirectories(root).Select(d => Path.GetFileName(d)).Where(d => d[0] != '.')
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Opens the run that an id, the beginning of one, or a path names.</summary>
    /// <exception cref="CommandException">There is none, or several.</exception>
    public static async Task<RunFolder> Open(string root, string id) =>
        await RunFolder.Open(Need(root, id), ComponentCatalog.Default);

    /// <summary>The folder of the run that an id, the beginning of one, or a path names.</summary>
    /// <exception cref="CommandException">There is none, or several.</exception>
    public static string Need(string root, string id) => Locate(root, id) ?? throw new CommandException(
        Exit.NotFound, $"there is no run '{id}' in {root}{Suggestion.Text(id, Ids(root))}");

    /// <summary>The folder of the run that an id, the beginning of one, or a path names, or null.</summary>
    /// <exception cref="CommandException">There are several.</exception>
    public static string? Locate(string root, string id)
    {
        var isPath = id.Contains('/', StringComparison.Ordinal);
        if (id.Length > 0 && !isPath && Directory.Exists(Path.Combine(root, id)))
        {
            return Path.Combine(root, id);
        }

        if (isPath && Directory.Exists(id))
        {
            return id;
        }

        var found = Ids(root).Where(a => a.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => Path.Combine(root, found[0]),
            0 => null,
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
