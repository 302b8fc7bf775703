using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>The results in the ledger of a shard, found by cell and taken in once each. Pure bookkeeping.</summary>
public sealed class ShardResults(ShardLedger ledger)
{
    private readonly Dictionary<long, int> _index = ledger.Results
        .Select((r, i) => (CellResult.Read(r).Cell, i)).ToDictionary(p => p.Cell, p => p.i);

    /// <summary>Cells that have a result.</summary>
    public IReadOnlyCollection<long> Cells => _index.Keys;

    /// <summary>Results that say why their cell failed.</summary>
    public int Failed => ledger.Results.Count(r => CellResult.Read(r).Error is not null);

    /// <summary>What becomes of a batch; cells in it that have their result already are counted as repeated.</summary>
    /// <param name="batch">Results that a worker brings.</param>
    /// <param name="isLive">True while the worker's lease is its own.</param>
    public CommitAnswer Judge(ResultBatch batch, bool isLive)
    {
        var known = batch.Results
            .Select(r => (Bytes: r, Place: _index.GetValueOrDefault(CellResult.Read(r).Cell, -1)))
            .Where(r => r.Place >= 0).ToList();
        if (known.Any(r => !ledger.Results[r.Place].AsSpan().SequenceEqual(r.Bytes)))
        {
            return CommitAnswer.Refused;
        }

        ledger.Repeated += known.Count;
        return isLive ? CommitAnswer.Stored
            : known.Count == batch.Results.Length ? CommitAnswer.Duplicate
            : CommitAnswer.Refused;
    }

    /// <summary>Puts in the results of cells that have none.</summary>
    /// <returns>Those cells.</returns>
    public IReadOnlyList<long> Add(ResultBatch batch)
    {
        var added = new List<long>();
        foreach (var bytes in batch.Results)
        {
            var cell = CellResult.Read(bytes).Cell;
            if (_index.TryAdd(cell, ledger.Results.Count))
            {
                ledger.Results.Add(bytes);
                added.Add(cell);
            }
        }

        ledger.PathTicks += batch.PathTicks;
        return added;
    }
}
