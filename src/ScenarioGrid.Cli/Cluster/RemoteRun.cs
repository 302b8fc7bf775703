using System.Diagnostics;
using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cli.Commands;
using ScenarioGrid.Grains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli;

/// <summary>Brings the results of a campaign on a cluster into a run folder of this machine.</summary>
/// <remarks>
/// Nothing is remembered beside the results themselves, so whatever killed the console before, the same command goes
/// on: a shard is read again while it is not whole here, or has failed cells that a retry may replace.
/// </remarks>
/// <param name="link">The cluster.</param>
/// <param name="folder">The run folder; it is held while results come.</param>
public sealed class RemoteRun(ClusterLink link, RunFolder folder)
{
    private readonly ResultReader _reader = new(link.Front, folder.Id, ClusterLink.Caller, folder.IsSettled);
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>What the run came to, once it is complete; null before, and of a large run.</summary>
    public RunOutcome? Outcome { get; private set; }

    /// <summary>Opens the folder of a campaign, or makes it.</summary>
    /// <param name="link">The cluster.</param>
    /// <param name="id">Id of the campaign: the name of the folder.</param>
    /// <param name="root">Folder of runs.</param>
    /// <exception cref="RunFolderException">A folder of that name has another campaign.</exception>
    public static async Task<RunFolder> Open(ClusterLink link, string id, string root)
    {
        CommonOptions.CheckName(id);
        var submission = await link.Front.Submission(id, ClusterLink.Caller);
        var text = Encoding.UTF8.GetBytes(submission.Text);
        var path = Path.Combine(root, id);
        if (Directory.Exists(path))
        {
            var known = await RunFolder.Open(path, ComponentCatalog.Default);
            if (known.Manifest.InputHash != RunFolder.HashOf(text))
            {
                throw new RunFolderException($"{path} is a run of another campaign file than {id} at {link.Address}; "
                    + "move it away, or name another folder with --runs");
            }

            return known;
        }

        var status = await link.Front.Status(id, ClusterLink.Caller);
        var problems = new Problems();
        var campaign = CampaignFile.Read(id, text, ComponentCatalog.Default, problems)
            ?? throw new CommandException(Exit.Usage, $"{id} was accepted by version {status.Engine}, and this is "
                + $"{RunFolder.EngineVersion}, which cannot read it: {problems.Sorted()[0]}");
        return RunFolder.Create(root, id, campaign, submission.BlockPaths, DateTime.UtcNow,
            new RunOrigin(link.Address, status.Engine));
    }

    /// <summary>Opens the folder of a campaign with all results that the cluster has now.</summary>
    /// <remarks>While another process writes the folder, what is there is what there is.</remarks>
    public static async Task<RunFolder> Fetch(
        ClusterLink link, string id, string root, Terminal terminal, CancellationToken stop)
    {
        var status = await link.Front.Status(id, ClusterLink.Caller);
        var folder = await Open(link, id, root);
        try
        {
            var isAllHere = status.ResultHash is not null && status.ResultHash == folder.Manifest.ResultHash;
            if (isAllHere || (!folder.IsHolding && RunFolder.IsHeld(folder.FullPath)))
            {
                return folder;
            }

            folder.Go(DateTime.UtcNow);
            await new RemoteRun(link, folder).ReadNow(status, terminal, stop);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Takes results as they come, until the campaign ends.</summary>
    /// <param name="progress">Receives the state after each look.</param>
    /// <param name="stop">Stops looking; the campaign goes on.</param>
    public async Task<CampaignStatus> Follow(Func<CampaignStatus, Task> progress, CancellationToken stop)
    {
        for (var pace = new PollPace(); ;)
        {
            var status = await link.Front.Status(folder.Id, ClusterLink.Caller);
            var before = folder.Count;
            await Read(status, stop);
            await progress(status);
            if (status.HasEnded)
            {
                await End(status, stop);
                return status;
            }

            await pace.Wait(folder.Count > before, stop);
        }
    }

    private async Task ReadNow(CampaignStatus status, Terminal terminal, CancellationToken stop)
    {
        var cells = status.Done - folder.Count;
        if (terminal.IsLive && cells > 0)
        {
            terminal.Live(FormattableString.Invariant($"fetching {cells} cells ..."));
        }

        await Read(status, stop);
        terminal.ClearLive();
        await End(status, stop);
    }

    private async Task Read(CampaignStatus status, CancellationToken stop)
    {
        await foreach (var page in _reader.Read(status.Cells, status.HasEnded, stop))
        {
            folder.Add(page);
        }
    }

    /// <summary>Says in the manifest how far the results are here; writes the report when all are.</summary>
    /// <exception cref="GridException">All results are here and are not those that the cluster has.</exception>
    private async Task End(CampaignStatus status, CancellationToken stop)
    {
        if (status.State != CampaignState.Completed || folder.Count < folder.Grid.Count)
        {
            folder.End(status.State == CampaignState.Cancelled ? "cancelled" : "interrupted",
                _clock.Elapsed.TotalSeconds);
            return;
        }

        Outcome = await RunEnding.Write(folder, stop);
        folder.End("completed", _clock.Elapsed.TotalSeconds);
        var own = folder.Manifest.ResultHash!;
        if (status.ResultHash is { } hash && hash != own)
        {
            folder.End("interrupted", _clock.Elapsed.TotalSeconds);
            throw new GridException("RESULTS_DIFFER", $"the results in {folder.FullPath} hash to {own[..16]}, "
                + $"those of the cluster to {hash[..16]}; delete the folder and fetch them again");
        }
    }
}
