using System.CommandLine;
using ScenarioGrid.Cli.Explanations;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid explain: what a kind, parameter, port, statistic, shock or unit is.</summary>
public static class ExplainCommand
{
    public static Command Create()
    {
        var glossary = new Glossary(ComponentCatalog.Default);
        var name = new Argument<string?>("name")
        {
            Description = "kind, kind.parameter, kind.port, statistic, shock or unit; nothing lists all",
            HelpName = "name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.CompletionSources.Add(_ => glossary.Names);
        var output = CommonOptions.Output("table", "json");
        var noColor = CommonOptions.NoColor();
        var command = new Command("explain", "Explain a kind, parameter, port, statistic, shock or unit.\n\n"
            + "Examples: scenariogrid explain twap-oracle | scenariogrid explain twap-oracle.window | ... es99")
        {
            name, output, noColor,
        };
        command.SetAction(parsed =>
        {
            var page = parsed.GetValue(name) is { Length: > 0 } asked ? glossary.Find(asked) : glossary.All();
            page.Print(parsed.GetValue(output)!, new Terminal(parsed.GetValue(noColor)));
        });
        return command;
    }
}
