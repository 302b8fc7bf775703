using System.CommandLine;
using System.Globalization;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid logs: what happened to a campaign on a cluster.</summary>
public static class LogsCommand
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var verb = new ClusterVerb();
        var follow = new Option<bool>("--follow", "-f") { Description = "go on until the campaign ends" };
        return verb.Create("logs", "Print what happened to a campaign: accepted, repeated, failed, ended.\n\n"
            + "Example: scenariogrid logs coupled-crisis-01 --follow", async (link, parsed, _, stop) =>
        {
            var id = (await link.Find(parsed.GetValue(verb.Campaign)!)).Campaign;
            for (var next = 0L; ; await Task.Delay(Every, stop))
            {
                // The state first: what it calls ended has all its lines in the log.
                var hasEnded = !parsed.GetValue(follow)
                    || (await link.Front.Status(id, ClusterLink.Caller)).HasEnded;
                next = await Print(link, id, next);
                if (hasEnded)
                {
                    return Exit.Ok;
                }
            }
        }, follow);
    }

    private static async Task<long> Print(ClusterLink link, string id, long next)
    {
        LogPage page;
        do
        {
            page = await link.Front.Log(id, next, ClusterLink.Caller);
            foreach (var line in page.Lines)
            {
                var time = DateTimeOffset.FromUnixTimeMilliseconds(line.Ms).UtcDateTime;
                var text = time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
                Terminal.Line($"{text}  {line.Text}");
            }

            next = page.Next;
        }
        while (page.Lines.Length > 0);
        return next;
    }
}
