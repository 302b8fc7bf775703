using System.CommandLine;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid init: a first campaign file with its schema; never overwrites.</summary>
public static class InitCommand
{
    private const string Prefix = "ScenarioGrid.Cli.Templates.";
    private const string First = "oracle-window";

    /// <summary>Names of the templates, sorted.</summary>
    public static IReadOnlyList<string> Templates { get; } = [.. typeof(InitCommand).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(n => n[Prefix.Length..^".yaml".Length]).Order(StringComparer.Ordinal)];

    public static Command Create()
    {
        var template = new Argument<string>("template")
        {
            Description = string.Join(", ", Templates),
            HelpName = "template",
            DefaultValueFactory = _ => First,
        };
        template.CompletionSources.Add(_ => Templates);
        var folder = new Option<string>("--dir")
        {
            Description = "folder to write to",
            HelpName = "folder",
            DefaultValueFactory = _ => ".",
        };
        var command = new Command("init", "Write campaign.yaml and scenariogrid.schema.json to begin with.\n\n"
            + "Example: scenariogrid init oracle-window --dir my-campaign")
        {
            template, folder,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(template)!;
            if (!Templates.Contains(name))
            {
                throw new CommandException(Exit.NotFound,
                    $"there is no template '{name}'{Suggestion.Text(name, Templates)}; "
                    + $"known: {string.Join(", ", Templates)}");
            }

            Write(name, parsed.GetValue(folder)!);
            return Exit.Ok;
        });
        return command;
    }

    /// <summary>The text of a template.</summary>
    public static byte[] Read(string template)
    {
        using var resource = typeof(InitCommand).Assembly.GetManifestResourceStream($"{Prefix}{template}.yaml")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }

    private static void Write(string template, string folder)
    {
        var campaign = Path.Combine(folder, "campaign.yaml");
        var schema = Path.Combine(folder, "scenariogrid.schema.json");
        foreach (var file in (string[])[campaign, schema])
        {
            CommonOptions.Check(!File.Exists(file),
                $"{file} exists and is not overwritten; choose another folder with --dir");
        }

        Directory.CreateDirectory(folder);
        AtomicFile.Write(schema, s => s.Write(System.Text.Encoding.UTF8.GetBytes(SchemaCommand.Text + "\n")));
        AtomicFile.Write(campaign, s => s.Write(Read(template)));
        Terminal.Line(campaign);
        Terminal.Line(schema);
        new Terminal(noColor: true).Note($"next: scenariogrid plan {campaign} | scenariogrid run {campaign}");
    }
}
