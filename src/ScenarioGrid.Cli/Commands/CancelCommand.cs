using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid cancel: ends a campaign on a cluster; what is finished stays.</summary>
public static class CancelCommand
{
    public static Command Create()
    {
        var verb = new ClusterVerb();
        var reason = new Option<string>("--reason")
        {
            Description = "why, for the log",
            HelpName = "text",
            DefaultValueFactory = _ => "",
        };
        return verb.Create("cancel", "End a campaign on a cluster. Finished cells stay readable with show.\n\n"
            + "Example: scenariogrid cancel coupled-crisis-01 --reason \"wrong seed\"", async (link, parsed, _, _) =>
        {
            var id = (await link.Find(parsed.GetValue(verb.Campaign)!)).Campaign;
            var status = await link.Front.Cancel(id, parsed.GetValue(reason)!, ClusterLink.Caller);
            Terminal.Line(CampaignLine.Summary(status));
            return Exit.Ok;
        }, reason);
    }
}
