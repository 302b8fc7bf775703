using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>
/// Submits a campaign and brings its results in as they come: what the console does, on one silo or many.
/// </summary>
public sealed class CampaignClient(IGrainFactory grains, string campaign)
{
    private static readonly TimeSpan PollLeast = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PollMost = TimeSpan.FromMilliseconds(200);

    private readonly SortedDictionary<int, int> _open = [];
    private int _nextShard;

    private ICampaignGrain Grain => grains.GetGrain<ICampaignGrain>(campaign);

    /// <summary>Hands in the campaign with the results that are known already.</summary>
    /// <exception cref="GridException">INVALID or CONFLICT.</exception>
    public async Task<CampaignStatus> Submit(CampaignSubmission submission, IEnumerable<CellResult> known)
    {
        var status = await Grain.Submit(submission);
        foreach (var shard in known.GroupBy(r => (int)(r.Cell / IShardGrain.Cells)))
        {
            await Shard(shard.Key).Restore(new ResultBatch([.. shard.Select(r => r.ToBytes())], 0));
        }

        await Grain.Start();
        return status;
    }

    /// <summary>Waits for the campaign to end, handing over every result once.</summary>
    /// <param name="arrived">Receives results as they come.</param>
    /// <param name="progress">Receives the state after each look.</param>
    /// <param name="stop">Stops waiting; the campaign goes on.</param>
    public async Task<CampaignStatus> Collect(
        Action<IReadOnlyList<CellResult>> arrived, Action<CampaignStatus> progress, CancellationToken stop)
    {
        var wait = PollLeast;
        while (true)
        {
            var status = await Grain.Status();
            var count = await Read(status.Cells, arrived);
            progress(status);
            var isEnd = status.State != CampaignState.Running && count == 0;
            if (isEnd && (status.State == CampaignState.Cancelled || AllRead(status.Cells)))
            {
                return status;
            }

            // Look more often while much comes in.
            wait = count > 0 ? PollLeast : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, PollMost.Ticks));
            await Task.Delay(wait, stop);
        }
    }

    /// <summary>Ends the campaign.</summary>
    public Task Cancel(string reason) => Grain.Cancel(reason);

    private async Task<int> Read(long cells, Action<IReadOnlyList<CellResult>> arrived)
    {
        var shards = (int)((cells + IShardGrain.Cells - 1) / IShardGrain.Cells);
        var count = 0;
        var isQuiet = false;
        for (var i = 0; i < _open.Count || (!isQuiet && _nextShard < shards); i++)
        {
            if (i >= _open.Count)
            {
                // Shards are handed out in order: a fresh one without results means that the later ones have none yet.
                _open[_nextShard++] = 0;
            }

            var (shard, from) = _open.ElementAt(i);
            var page = await Shard(shard).Results(from);
            isQuiet = page.Next == 0;
            _open[shard] = page.Next;
            count += page.Results.Length;
            if (page.Results.Length > 0)
            {
                arrived([.. page.Results.Select(r => CellResult.Read(r))]);
            }

            if (page.IsComplete)
            {
                _open.Remove(shard);
                i--;
            }
        }

        return count;
    }

    private bool AllRead(long cells) => _open.Count == 0 && (long)_nextShard * IShardGrain.Cells >= cells;

    private IShardGrain Shard(int shard) => grains.GetGrain<IShardGrain>($"{campaign}/{shard}");
}
