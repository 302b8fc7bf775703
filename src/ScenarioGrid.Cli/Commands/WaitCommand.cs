using System.CommandLine;
using System.Globalization;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid wait: returns when campaigns on a cluster have ended.</summary>
public static class WaitCommand
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var ids = new Argument<string[]>("id")
        {
            Description = "campaign ids, or beginnings of them",
            HelpName = "id",
            Arity = ArgumentArity.OneOrMore,
        };
        var timeout = new Option<string?>("--timeout")
        {
            Description = "longest time, such as 90s, 10m or 2h; then exit code 124 (default: no end)",
            HelpName = "time",
        };
        var cluster = ClusterOption.Create();
        var command = new Command("wait", "Wait until campaigns on a cluster have ended; a line for each as it ends. "
            + "Exit code 1 when cells failed or one was cancelled.\n\n"
            + "Example: scenariogrid wait coupled-crisis-01 --timeout 10m" + ClusterOption.Help)
        {
            ids, timeout, cluster,
        };
        command.SetAction(async (parsed, stop) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            if (parsed.GetValue(timeout) is { } text)
            {
                limit.CancelAfter(Time(text));
            }

            var terminal = new Terminal(noColor: true);
            try
            {
                await using var link = await ClusterLink.Open(
                    ClusterOption.Need(parsed.GetValue(cluster)), terminal, limit.Token);
                return await All(link, parsed.GetValue(ids)!, limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                terminal.Note($"not ended within {parsed.GetValue(timeout)}; waiting changed nothing");
                return Exit.TimedOut;
            }
        });
        return command;
    }

    private static async Task<int> All(ClusterLink link, string[] names, CancellationToken stop)
    {
        var open = new List<string>();
        foreach (var name in names)
        {
            open.Add((await link.Find(name)).Campaign);
        }

        for (var exit = Exit.Ok; ; await Task.Delay(Every, stop))
        {
            foreach (var id in open.ToList())
            {
                var status = await link.Front.Status(id, ClusterLink.Caller);
                if (status.HasEnded)
                {
                    open.Remove(id);
                    Terminal.Line(CampaignLine.Summary(status));
                    exit = Math.Max(exit, CampaignLine.ExitOf(status));
                }
            }

            if (open.Count == 0)
            {
                return exit;
            }
        }
    }

    /// <summary>A time as people write it: 90s, 10m, 2h, or seconds.</summary>
    private static TimeSpan Time(string text)
    {
        const double most = 31 * 86_400;
        var seconds = text.Length == 0 ? 0 : text[^1] switch { 'h' => 3600, 'm' => 60, _ => 1 };
        var digits = text.TrimEnd('s', 'm', 'h');
        var isTime = text.Length - digits.Length <= 1
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
        var number = isTime ? double.Parse(digits, CultureInfo.InvariantCulture) * seconds : -1;
        CommonOptions.Check(number is >= 0 and <= most,
            $"--timeout is '{text}'; write 90s, 10m or 2h, at most 31 days");
        return TimeSpan.FromSeconds(number);
    }
}
