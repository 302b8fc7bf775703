using System.Collections;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>How far the shards of a campaign are, and which cells to hand out next. Pure bookkeeping.</summary>
/// <param name="cells">Cells of the campaign.</param>
/// <param name="cellPathTicks">Path-ticks of one cell.</param>
/// <param name="windowPathTicks">Path-ticks of one window of work.</param>
public sealed class CampaignProgress(long cells, long cellPathTicks, long windowPathTicks)
{
    private readonly Dictionary<int, (int Done, int Failed, long PathTicks, int Repeated)> _reports = [];
    private readonly BitArray _complete = new((int)((cells + IShardGrain.Cells - 1) / IShardGrain.Cells));
    private int _next;

    /// <summary>A campaign of which nothing is done yet.</summary>
    public static CampaignProgress Of(ScenarioPlan plan) => new(
        plan.Cells.Count, (long)plan.Campaign.Paths * plan.Campaign.Ticks, CellRunner.WindowOf(plan));

    /// <summary>Cells of the campaign.</summary>
    public long Cells => cells;

    /// <summary>True when every cell has a result.</summary>
    public bool IsComplete => Done == cells;

    private long Done => _reports.Values.Sum(r => (long)r.Done);

    /// <summary>The state of a shard replaces what it reported before.</summary>
    public void Report(int shard, int done, int failed, long pathTicks, int repeated, bool isComplete)
    {
        _reports[shard] = (done, failed, pathTicks, repeated);
        _complete[shard] = isComplete;
    }

    /// <summary>Cells of one lease, 1 to 256: work that fills some 8 windows, but never so much that the other workers
    /// run dry at the end.</summary>
    /// <param name="workers">Workers that share the campaign.</param>
    public int CellsToLease(int workers)
    {
        var windows = Math.Clamp(8 * windowPathTicks / Math.Max(1, cellPathTicks), 1, IShardGrain.Cells);
        return (int)Math.Min(windows, Math.Max(1, (cells - Done) / (2L * Math.Max(1, workers))));
    }

    /// <summary>Shards with cells to run, the one that last had a lease first.</summary>
    public IEnumerable<int> OpenShards()
    {
        var first = _next;
        for (var tried = 0; tried < _complete.Count; tried++)
        {
            var shard = (first + tried) % _complete.Count;
            if (!_complete[shard])
            {
                yield return shard;
            }
        }
    }

    /// <summary>A shard gave a lease; the next search begins there.</summary>
    public void LeasedFrom(int shard) => _next = shard;

    /// <summary>The sums over all shards.</summary>
    public CampaignStatus Status(CampaignState state, string? reason) => new(
        state, cells, Done, _reports.Values.Sum(r => (long)r.Failed), _reports.Values.Sum(r => r.PathTicks),
        _reports.Values.Sum(r => (long)r.Repeated), reason);
}
