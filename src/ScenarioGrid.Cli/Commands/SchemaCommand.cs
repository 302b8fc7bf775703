using System.CommandLine;
using System.Reflection;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid schema: the JSON Schema of campaign files, for editors.</summary>
public static class SchemaCommand
{
    /// <summary>The schema of the kinds that this console knows, with what each parameter means.</summary>
    public static string Text => CampaignSchema.Text(ComponentCatalog.Default, member => member is Type type
        ? Documents.Summary(type)
        : Documents.Summary((PropertyInfo)member));

    public static Command Create()
    {
        var command = new Command("schema",
            "Print the JSON Schema (draft-07) of campaign files, for completion in editors.\n\n"
            + "Example: scenariogrid schema > scenariogrid.schema.json");
        command.SetAction(_ => Terminal.Line(Text));
        return command;
    }
}
