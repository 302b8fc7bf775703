using System.CommandLine;
using ScenarioGrid.Cli.Explanations;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid explain: what a kind, parameter, port, statistic, shock, crisis or unit is.</summary>
public static class ExplainCommand
{
    public static Command Create()
    {
        var glossary = new Glossary(ComponentCatalog.Default);
        var name = new Argument<string?>("name")
        {
            Description = "kind, kind.parameter, kind.port, statistic, shock, crisis or unit; nothing lists all",
            HelpName = "name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.CompletionSources.Add(_ => glossary.Names);
        var output = CommonOptions.Output("table", "json");
        var noColor = CommonOptions.NoColor();
        var pages = new Option<DirectoryInfo?>("--pages")
        {
            Description = "write a Markdown page of every kind into this folder",
            HelpName = "folder",
        };
        var command = new Command("explain", "Explain a kind, parameter, port, statistic, shock, crisis or unit.\n\n"
            + "Examples: scenariogrid explain twap-oracle | scenariogrid explain twap-oracle.window | ... es99")
        {
            name, output, noColor, pages,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(pages) is { } folder)
            {
                folder.Create();
                foreach (var (file, text) in MarkdownPages.All(ComponentCatalog.Default))
                {
                    File.WriteAllText(Path.Combine(folder.FullName, file), text);
                }

                return;
            }

            var page = parsed.GetValue(name) is { Length: > 0 } asked ? glossary.Find(asked) : glossary.All();
            page.Print(parsed.GetValue(output)!, new Terminal(parsed.GetValue(noColor)));
        });
        return command;
    }
}
