using System.CommandLine;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid watch: how far a campaign on a cluster is, until it ends.</summary>
public static class WatchCommand
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var verb = new ClusterVerb();
        return verb.Create("watch", "Watch a campaign on a cluster, from where it is to its end. Ctrl-C stops watching "
            + "only. Exit code 1 when cells failed or it was cancelled.\n\n"
            + "Example: scenariogrid watch coupled-crisis-01", async (link, parsed, terminal, stop) =>
        {
            var id = (await link.Find(parsed.GetValue(verb.Campaign)!)).Campaign;
            try
            {
                var status = await Until(link, id, terminal, stop);
                terminal.ClearLive();
                Terminal.Line(CampaignLine.Summary(status));
                return CampaignLine.ExitOf(status);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                terminal.Note($"{id} goes on; see it with: scenariogrid watch {id} | end it with: "
                    + $"scenariogrid cancel {id}");
                return Exit.Interrupted;
            }
        });
    }

    private static async Task<CampaignStatus> Until(
        ClusterLink link, string id, Terminal terminal, CancellationToken stop)
    {
        var (line, silos) = (new CampaignLine(terminal), new SiloCount(link));
        while (true)
        {
            var status = await link.Front.Status(id, ClusterLink.Caller);
            if (status.HasEnded)
            {
                return status;
            }

            line.Show(status, await silos.Now());
            await Task.Delay(Every, stop);
        }
    }
}
