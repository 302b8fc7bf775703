using System.CommandLine;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Grains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid submit: a campaign on a cluster; watched and collected unless it is left alone.</summary>
public static class SubmitCommand
{
    public static Command Create()
    {
        var input = new CampaignInput();
        var cluster = ClusterOption.Create();
        var runs = CommonOptions.Runs();
        var id = new Option<string?>("--id")
        {
            Description = "id of the campaign (default: its name and a number)",
            HelpName = "name",
        };
        var block = CommonOptions.Block();
        var priority = new Option<string>("--priority")
        {
            Description = "low, normal or high: share of the workers beside other campaigns",
            HelpName = "level",
            DefaultValueFactory = _ => "normal",
        };
        priority.AcceptOnlyFromAmong("low", "normal", "high");
        var spread = new Option<bool>("--spread") { Description = "step each scenario by parts on several silos" };
        var noWait = new Option<bool>("--no-wait") { Description = "return once the campaign is stored; print its id" };
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("submit", "Run a campaign on a cluster. The same file submitted twice is the same "
            + "campaign. Ctrl-C stops watching only.\n\n"
            + "Example: scenariogrid submit examples/coupled-crisis.yaml --no-wait" + ClusterOption.Help);
        input.AddTo(command);
        CommonOptions.AddTo(command, cluster, runs, id, block, priority, spread, noWait, output, noColor);
        command.SetAction(async (parsed, stop) =>
        {
            var paths = CommonOptions.CheckBlock(parsed.GetValue(block));
            CommonOptions.CheckName(parsed.GetValue(id));
            var campaign = await input.Read(parsed);
            var terminal = new Terminal(parsed.GetValue(noColor));
            var address = ClusterOption.Need(parsed.GetValue(cluster));
            var submission = new CampaignSubmission(campaign.Text, paths, parsed.GetValue(spread),
                Enum.Parse<Priority>(parsed.GetValue(priority)!, ignoreCase: true), parsed.GetValue(id));
            await using var link = await ClusterLink.Open(address, terminal, stop);
            var answer = await link.Front.Submit(submission, ClusterLink.Caller);
            CommonOptions.CheckName(answer.Campaign);
            var isAlone = parsed.GetValue(noWait);
            Say(campaign, answer, parsed.GetValue(output)!, isAlone, terminal);
            return isAlone ? Exit.Ok : await Collect(
                link, answer.Campaign, parsed.GetValue(runs)!, parsed.GetValue(output)!, terminal, stop);
        });
        return command;
    }

    /// <summary>The id goes to standard output, unless data for programs follow there.</summary>
    private static void Say(
        Campaign campaign, SubmitAnswer answer, string output, bool isAlone, Terminal terminal)
    {
        var known = answer.IsNew ? "" : ", accepted before";
        terminal.Note(FormattableString.Invariant($"{answer.Campaign}: {answer.Cells} cells x {campaign.Paths} paths ")
            + FormattableString.Invariant($"x {campaign.Ticks} ticks{known}"));
        if (isAlone && output == "json")
        {
            JsonOut.Print(json =>
            {
                json.WriteString("campaign", answer.Campaign);
                json.WriteBoolean("isNew", answer.IsNew);
                json.WriteNumber("cells", answer.Cells);
            });
        }
        else if (isAlone && output != "table")
        {
            using var rows = new RowWriter(Console.Out, output, ["campaign", "isNew", "cells"], terminal);
            rows.Add(answer.Campaign, answer.IsNew, answer.Cells);
        }
        else if (output == "table")
        {
            Terminal.Line(answer.Campaign);
        }

        if (isAlone)
        {
            terminal.Note($"next: scenariogrid watch {answer.Campaign} | scenariogrid show {answer.Campaign}");
        }
    }

    /// <summary>Takes results into a run folder until the campaign ends, and shows what it came to.</summary>
    private static async Task<int> Collect(
        ClusterLink link, string id, string runs, string output, Terminal terminal, CancellationToken stop)
    {
        try
        {
            using var folder = await RemoteRun.Open(link, id, runs);
            folder.Go(DateTime.UtcNow);
            var (line, silos) = (new CampaignLine(terminal), new SiloCount(link));
            var run = new RemoteRun(link, folder);
            var status = await run.Follow(async s => line.Show(s, await silos.Now()), stop);
            terminal.ClearLive();
            var exit = await RunEnding.Show(folder, run.Outcome, output, terminal, stop);
            RunEnding.NoteNext(folder, CampaignLine.Summary(status), terminal);
            return status.State == CampaignState.Cancelled ? Exit.Failed : exit;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            terminal.Note($"{id} goes on without being watched; see it with: scenariogrid watch {id} | "
                + $"scenariogrid show {id} | end it with: scenariogrid cancel {id}");
            return Exit.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Note($"cannot write: {e.Message}; {id} goes on; free space, then: scenariogrid show {id}");
            return Exit.CannotWrite;
        }
    }
}
