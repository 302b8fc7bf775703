using System.CommandLine;
using System.Globalization;
using ScenarioGrid.Cells;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid validate: every problem of a campaign file at once.</summary>
public static class ValidateCommand
{
    public static Command Create()
    {
        var input = new CampaignInput();
        var command = new Command("validate",
            "Check a campaign file; all problems with line and column, exit code 2 if there are any.");
        input.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var campaign = await input.Read(parsed);
            var cells = new CellGrid(campaign.Sweep, campaign.Seed).Count;
            Terminal.Line(string.Create(CultureInfo.InvariantCulture,
                $"{parsed.GetValue(input.File)}: valid: {campaign.Instances.Count} instances, "
                + $"{campaign.Shocks.Count} shocks, {cells} cells x {campaign.Paths} paths x {campaign.Ticks} ticks"));
            return Exit.Ok;
        });
        return command;
    }
}
