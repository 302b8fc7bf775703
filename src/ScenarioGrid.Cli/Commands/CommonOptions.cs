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
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SCENARIOGRID_RUNS") is { Length: > 0 } set ? set : "runs",
    };

    public static Option<string> Output()
    {
        var option = new Option<string>("--output", "-o") { Description = "table, json, jsonl or csv", HelpName = "format", DefaultValueFactory = _ => "table" };
        option.AcceptOnlyFromAmong(Outputs);
        return option;
    }

    public static Option<bool> NoColor() => new("--no-color") { Description = "no colour (also: NO_COLOR)" };

    public static Argument<string> Run() => new("run") { Description = "run id, or the beginning of one, or the path of a run folder", HelpName = "run" };

    /// <summary>Opens the run that an id, the beginning of one, or a path names.</summary>
    /// <exception cref="CommandException">There is none, or several.</exception>
    public static async Task<RunFolder> Open(string root, string id)
    {
        if (Directory.Exists(Path.Combine(root, id)))
        {
            return await RunFolder.Open(Path.Combine(root, id), ComponentCatalog.Default);
        }

        if (id.Contains('/', StringComparison.Ordinal) && Directory.Exists(id))
        {
            return await RunFolder.Open(id, ComponentCatalog.Default);
        }

        var all = Directory.Exists(root) ? Directory.GetDirectories(root).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal).ToList() : [];
        var found = all.Where(a => a.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => await RunFolder.Open(Path.Combine(root, found[0]), ComponentCatalog.Default),
            0 => throw new CommandException(Exit.NotFound, $"there is no run '{id}' in {root}{Suggestion.Text(id, all)}"),
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
