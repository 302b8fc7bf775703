using ScenarioGrid.Measures;

namespace ScenarioGrid.Reports.Runs;

/// <content>The results of a run: in memory while there are not too many, always on disk.</content>
public sealed partial class RunFolder
{
    /// <summary>Cells of a part.</summary>
    public const int PartCells = 256;

    /// <summary>Cells above which results stay on disk and are read part by part.</summary>
    public const long KeptCellsMost = 200_000;

    private readonly Dictionary<int, (Journal Journal, Dictionary<long, CellResult> Results)> _open = [];
    private readonly Dictionary<long, CellResult>? _kept;
    private readonly ulong[] _has;

    /// <summary>True when the run has so many cells that their results never are in memory together.</summary>
    public bool IsLarge => _grid.Count > KeptCellsMost;

    /// <summary>Cells with a result.</summary>
    public long Count { get; private set; }

    /// <summary>All results at once, in cell order. For a large run read them one by one: <see cref="Read"/>.</summary>
    public IReadOnlyList<CellResult> Results => [.. Read()];

    /// <summary>SHA-256 of the canonical results in cell order.</summary>
    public string ResultHash => CellResult.Hash(Read());

    /// <summary>Results in cell order; of a large run only those of one shard are in memory.</summary>
    /// <exception cref="RunFolderException">A part is damaged.</exception>
    public IEnumerable<CellResult> Read()
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            foreach (var result in ShardResults(shard).Values.OrderBy(r => r.Cell))
            {
                yield return result;
            }
        }
    }

    /// <summary>True when every cell of a shard has a result and none has failed: no later result can replace
    /// one.</summary>
    public bool IsSettled(int shard)
    {
        var (first, count) = ((long)shard * PartCells, CellsOf(shard));
        for (var cell = first; cell < first + count; cell++)
        {
            if (!Has(cell))
            {
                return false;
            }
        }

        return ShardResults(shard).Values.All(r => r.Error is null);
    }

    /// <summary>Keeps results on disk; a part is written when its last cell is there. A result of a cell that has one
    /// already replaces it.</summary>
    /// <exception cref="IOException">The disk is full; what was kept before is whole.</exception>
    public void Add(IReadOnlyList<CellResult> results)
    {
        foreach (var shard in results.GroupBy(r => (int)(r.Cell / PartCells)))
        {
            Add(shard.Key, shard);
        }
    }

    private int Shards => (int)((_grid.Count + PartCells - 1) / PartCells);

    private void Add(int shard, IEnumerable<CellResult> results)
    {
        var known = _open.TryGetValue(shard, out var open) ? open.Results : ShardResults(shard);
        var fresh = new Dictionary<long, CellResult>();
        foreach (var result in results)
        {
            if (!known.TryGetValue(result.Cell, out var old) || !old.ToBytes().AsSpan().SequenceEqual(result.ToBytes()))
            {
                fresh[result.Cell] = result;
            }
        }

        if (fresh.Count == 0)
        {
            return;
        }

        var isWhole = known.Count + fresh.Keys.Count(c => !known.ContainsKey(c)) == CellsOf(shard);
        if (!isWhole)
        {
            // What makes its shard whole goes straight into the part.
            Directory.CreateDirectory(Path.Combine(FullPath, "journal"));
            open = (open.Journal ?? new Journal(JournalPath(shard)), known);
            _open[shard] = open;
            open.Journal.Add(fresh.Values);
        }

        foreach (var result in fresh.Values)
        {
            known[result.Cell] = result;
            Mark(result);
        }

        if (isWhole)
        {
            WritePart(shard, known.Values);
            open.Journal?.Dispose();
            _open.Remove(shard);
            DeleteJournal(shard);
        }
    }

    private bool Has(long cell) => (_has[cell / 64] >> (int)(cell % 64) & 1) != 0;

    private void Mark(CellResult result)
    {
        if (!Has(result.Cell))
        {
            _has[result.Cell / 64] |= 1UL << (int)(result.Cell % 64);
            Count++;
        }

        if (_kept is not null)
        {
            _kept[result.Cell] = result;
        }
    }

    /// <summary>The results of a shard, for the caller to change.</summary>
    private Dictionary<long, CellResult> ShardResults(int shard)
    {
        if (_open.TryGetValue(shard, out var open))
        {
            return open.Results;
        }

        if (_kept is null)
        {
            return ReadShard(shard).GetAwaiter().GetResult();
        }

        var results = new Dictionary<long, CellResult>();
        var first = (long)shard * PartCells;
        for (var cell = first; cell < first + CellsOf(shard); cell++)
        {
            if (_kept.TryGetValue(cell, out var result))
            {
                results[cell] = result;
            }
        }

        return results;
    }

    /// <summary>Finds out what is there. Parts of a large run are not read: they are whole, or not there.</summary>
    private async Task Load()
    {
        // Journals first: a run that goes on may turn one into a part while we read, never a part into a journal.
        var journals = new Dictionary<int, IReadOnlyList<CellResult>>();
        foreach (var shard in Numbers("journal", "shard-", ".journal"))
        {
            journals[shard] = Journal.Read(JournalPath(shard)).Results;
        }

        foreach (var shard in Numbers("cells", "part-", ".parquet"))
        {
            if (_kept is null)
            {
                Enumerable.Range(0, CellsOf(shard)).ToList()
                    .ForEach(i => Mark(new CellResult((long)shard * PartCells + i, [], null)));
            }
            else
            {
                (await _table.Read(PartPath(shard))).ToList().ForEach(Mark);
            }
        }

        // What a journal has beside a part came later: a cell that was tried again.
        foreach (var result in journals.Values.SelectMany(r => r))
        {
            Mark(result);
        }
    }

    private async Task<Dictionary<long, CellResult>> ReadShard(int shard)
    {
        var results = new Dictionary<long, CellResult>();
        var journal = Journal.Read(JournalPath(shard)).Results;
        IReadOnlyList<CellResult> part = File.Exists(PartPath(shard)) ? await _table.Read(PartPath(shard)) : [];
        foreach (var result in part.Concat(journal))
        {
            results[result.Cell] = result;
        }

        return results;
    }

    /// <summary>Numbers of the shards that have a file in a folder of the run.</summary>
    private IEnumerable<int> Numbers(string folder, string before, string after)
    {
        var path = Path.Combine(FullPath, folder);
        foreach (var file in Directory.Exists(path) ? Directory.GetFiles(path, before + "*" + after) : [])
        {
            if (int.TryParse(Path.GetFileName(file)[before.Length..^after.Length], out var shard) && shard < Shards)
            {
                yield return shard;
            }
        }
    }

    /// <summary>Writes the parts of shards whose last result was kept just before the process died.</summary>
    private void WriteWholeShards()
    {
        foreach (var shard in Numbers("journal", "shard-", ".journal").ToList())
        {
            var results = ShardResults(shard);
            if (results.Count == CellsOf(shard))
            {
                WritePart(shard, results.Values);
                DeleteJournal(shard);
            }
        }
    }

    private void DeleteJournal(int shard)
    {
        if (File.Exists(JournalPath(shard)))
        {
            File.Delete(JournalPath(shard));
        }
    }

    private string JournalPath(int shard) => Path.Combine(FullPath, "journal", $"shard-{shard}.journal");

    private string PartPath(int shard) => Path.Combine(FullPath, "cells", $"part-{shard}.parquet");

    private int CellsOf(int shard) => (int)Math.Min(PartCells, _grid.Count - (long)shard * PartCells);

    private void WritePart(int shard, IEnumerable<CellResult> results)
    {
        Directory.CreateDirectory(Path.Combine(FullPath, "cells"));
        AtomicFile.Write(PartPath(shard),
            stream => _table.Write(stream, [.. results.OrderBy(r => r.Cell)]).GetAwaiter().GetResult());
    }
}
