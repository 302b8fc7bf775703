using System.Globalization;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>What happens in the store together with a change of one shard's record.</summary>
/// <param name="campaign">Id of the campaign.</param>
/// <param name="shard">Number of the shard.</param>
/// <param name="nowMs">The store's clock; 0 leaves no line in the campaign's log.</param>
public sealed class ShardEffects(string campaign, int shard, long nowMs)
{
    private const int ConflictsMost = 100;

    private readonly List<StoreEffect> _effects = [];

    /// <summary>What was added so far.</summary>
    public IReadOnlyList<StoreEffect> All => _effects;

    /// <summary>Adds to a counter of the campaign.</summary>
    public void Count(string counter, long by)
    {
        if (by != 0)
        {
            _effects.Add(new StoreEffect.Add(LedgerKeys.Counters(campaign), counter, by));
        }
    }

    /// <summary>Writes a line into the campaign's log.</summary>
    public void Log(string text)
    {
        if (nowMs > 0)
        {
            _effects.Add(CampaignLedger.LogEffect(campaign, nowMs, text));
        }
    }

    /// <summary>Keeps results that are new in the record, and counts them.</summary>
    /// <param name="record">The record, with them.</param>
    /// <param name="results">The results.</param>
    /// <param name="pathTicks">Path-ticks that they took.</param>
    public void Keep(ShardRecord record, IReadOnlyList<CellResult> results, long pathTicks)
    {
        if (results.Count == 0)
        {
            return;
        }

        var failed = results.Where(r => r.Error is not null).ToList();
        _effects.Add(new StoreEffect.Append(
            LedgerKeys.Results(campaign, shard), PackedResults.Pack([.. results.Select(r => r.ToBytes())])));
        Count(Counter.Done, results.Count);
        Count(Counter.Failed, failed.Count);
        Count(Counter.PathTicks, pathTicks);
        failed.ForEach(r => Log($"cell {r.Cell} failed: {r.Error}"));
        Close(record);
    }

    /// <summary>Keeps a result that differs from the stored one.</summary>
    public void KeepConflict(CellResult result)
    {
        _effects.Add(new StoreEffect.Append(LedgerKeys.Conflicts(campaign), result.ToBytes(), ConflictsMost));
        Count(Counter.Conflicts, 1);
        Log($"NONDETERMINISM: cell {result.Cell} came out differently; both results are kept");
    }

    /// <summary>Takes a shard that is complete out of those that are looked through for work.</summary>
    public void Close(ShardRecord record)
    {
        if (record.IsComplete)
        {
            _effects.Add(new StoreEffect.Exclude(LedgerKeys.Open(campaign), Member));
        }
    }

    /// <summary>Puts a shard that is not complete among those that are looked through for work.</summary>
    public void Open(ShardRecord record)
    {
        if (!record.IsComplete)
        {
            _effects.Add(new StoreEffect.Include(LedgerKeys.Open(campaign), Member));
        }
    }

    /// <summary>Refuses the change unless a record has these bytes.</summary>
    public void Require(string key, byte[] bytes) => _effects.Add(new StoreEffect.Require(key, bytes));

    private string Member => shard.ToString(CultureInfo.InvariantCulture);
}
