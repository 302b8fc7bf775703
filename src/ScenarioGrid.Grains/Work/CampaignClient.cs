using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>
/// Submits campaigns and brings their results in as they come: what a console does, whatever the way to the grid.
/// </summary>
/// <param name="front">The way to the grid.</param>
/// <param name="caller">Who asks.</param>
public sealed class CampaignClient(ICampaignFront front, Caller caller)
{
    /// <summary>Hands in a campaign; answered once it is stored.</summary>
    /// <exception cref="GridException">INVALID, CONFLICT, BUSY, FORBIDDEN.</exception>
    public Task<SubmitAnswer> Submit(CampaignSubmission submission) => front.Submit(submission, caller);

    /// <summary>How far a campaign is.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN, STORE_LOST, STORE_DOWN.</exception>
    public Task<CampaignStatus> Status(string campaign) => front.Status(campaign, caller);

    /// <summary>Ends a campaign.</summary>
    public Task Cancel(string campaign, string reason) => front.Cancel(campaign, reason, caller);

    /// <summary>Waits for a campaign to end, handing over the result of every cell.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="known">Cells whose results the caller has; they are not handed over.</param>
    /// <param name="arrived">Receives results as they come; those of a cell that was tried again replace earlier
    /// ones.</param>
    /// <param name="progress">Receives the state after each look.</param>
    /// <param name="stop">Stops waiting; the campaign goes on.</param>
    public async Task<CampaignStatus> Collect(
        string campaign, IReadOnlySet<long> known, Action<IReadOnlyList<CellResult>> arrived,
        Action<CampaignStatus> progress, CancellationToken stop)
    {
        var reader = new ResultReader(front, campaign, caller);
        for (var pace = new PollPace(); ;)
        {
            var status = await front.Status(campaign, caller);
            var count = 0;
            await foreach (var page in reader.Read(status.Cells, status.HasEnded, stop))
            {
                count += page.Count;
                arrived(known.Count == 0 ? page : [.. page.Where(r => !known.Contains(r.Cell))]);
            }

            progress(status);
            if (status.HasEnded)
            {
                return status;
            }

            await pace.Wait(count > 0, stop);
        }
    }
}

/// <summary>Reads the results of a campaign shard by shard, each entry once.</summary>
/// <param name="front">The way to the grid.</param>
/// <param name="campaign">The campaign.</param>
/// <param name="caller">Who asks.</param>
/// <param name="isKnown">True for a shard that need not be read; null for none.</param>
public sealed class ResultReader(
    ICampaignFront front, string campaign, Caller caller, Func<int, bool>? isKnown = null)
{
    private readonly SortedDictionary<int, long> _open = [];
    private int _nextShard;

    /// <summary>What came since the last call.</summary>
    /// <param name="cells">Cells of the campaign.</param>
    /// <param name="isEnd">True when no more will come: then everything is read.</param>
    /// <param name="stop">Stops.</param>
    public async IAsyncEnumerable<IReadOnlyList<CellResult>> Read(
        long cells, bool isEnd, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var shard in _open.Keys.ToList())
        {
            await foreach (var page in ReadShard(shard, stop))
            {
                yield return page;
            }
        }

        // Shards are begun in order: a fresh one without results means that the later ones have none yet.
        for (var isQuiet = false; _nextShard < Shard.Of(cells) && (isEnd || !isQuiet);)
        {
            var shard = _nextShard++;
            if (isKnown?.Invoke(shard) == true)
            {
                continue;
            }

            _open[shard] = 0;
            await foreach (var page in ReadShard(shard, stop))
            {
                yield return page;
            }

            isQuiet = _open.TryGetValue(shard, out var from) && from == 0;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<CellResult>> ReadShard(
        int shard, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var page = await front.Results(campaign, shard, _open[shard], caller);
            _open[shard] = page.Next;
            var results = page.Batches.SelectMany(PackedResults.ReadSound).ToList();
            if (results.Count > 0)
            {
                yield return results;
            }

            if (page.IsComplete)
            {
                _open.Remove(shard);
                yield break;
            }

            if (page.Batches.Length == 0)
            {
                yield break;
            }
        }
    }
}
