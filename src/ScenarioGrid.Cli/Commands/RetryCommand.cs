using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid retry: has the failed cells of a campaign computed again.</summary>
public static class RetryCommand
{
    public static Command Create()
    {
        var verb = new ClusterVerb();
        return verb.Create("retry", "Compute the failed cells of a completed campaign again; their new results replace "
            + "the old ones, in the run folder with the next show.\n\nExample: scenariogrid retry coupled-crisis-01",
            async (link, parsed, terminal, _) =>
        {
            var before = await link.Find(parsed.GetValue(verb.Campaign)!);
            var id = before.Campaign;
            var status = await link.Front.Retry(id, ClusterLink.Caller);
            Terminal.Line(status.HasEnded
                ? $"{id}: no cell failed, nothing to do"
                : FormattableString.Invariant($"{id}: {before.Failed} cells are computed again"));
            if (!status.HasEnded)
            {
                terminal.Note($"next: scenariogrid watch {id} | scenariogrid show {id}");
            }

            return Exit.Ok;
        });
    }
}
