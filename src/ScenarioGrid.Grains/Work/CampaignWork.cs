namespace ScenarioGrid.Grains;

/// <summary>What one silo knows of a campaign it works on.</summary>
public sealed class CampaignWork(CampaignRecord record, ILedgerStore store)
{
    private const double LateFactor = 3;
    private const double LateLeastMs = 5000;

    private const double AskAgainSecondsMost = 1;
    private const int Thieves = 7919;

    private readonly Lock _lock = new();
    private readonly Queue<double> _cellMs = new();
    private ShardLedger? _current;
    private int _thieves;
    private int _refusals;

    /// <summary>Record as last seen.</summary>
    public CampaignRecord Record { get; set; } = record;

    /// <summary>Cells with a result as last seen.</summary>
    public long Done { get; set; }

    /// <summary>The shard that last gave cells and may have more.</summary>
    public ShardLedger? Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }

    /// <summary>True when every shard was begun by somebody.</summary>
    public bool AllBegun { get; set; }

    /// <summary>When it is worth asking again, after nothing was free; a timestamp.</summary>
    public long AskAgainAt { get; private set; }

    /// <summary>True while some worker of this silo looks whether the campaign is complete.</summary>
    public bool IsBeingAudited { get; set; }

    /// <summary>Where the next thief of this silo begins among so many open shards: each at another.</summary>
    public int StealFrom(int open) => (int)((uint)Interlocked.Add(ref _thieves, Thieves) % (uint)open);

    /// <summary>A worker has asked; when there was nothing, the next one waits longer and longer.</summary>
    public void Asked(bool isTaken, TimeProvider time)
    {
        _refusals = isTaken ? 0 : Math.Min(_refusals + 1, 5);
        var wait = isTaken ? 0 : Math.Min(AskAgainSecondsMost, 0.05 * (1 << _refusals));
        AskAgainAt = time.GetTimestamp() + (long)(wait * time.TimestampFrequency);
    }

    /// <summary>A shard has no more cells; does not forget one that another worker has begun meanwhile.</summary>
    public void Exhausted(ShardLedger? shard) => Interlocked.CompareExchange(ref _current, null, shard);

    /// <summary>A shard's ledger.</summary>
    public ShardLedger Shard(int number) => new(store, Record, number);

    /// <summary>Cells of one lease, 1 to 256: work that fills some 8 windows, but never so much that the other workers
    /// run dry at the end.</summary>
    /// <param name="cellPathTicks">Path-ticks of one cell.</param>
    /// <param name="windowPathTicks">Path-ticks of one window of work.</param>
    /// <param name="workers">Workers that share the campaign.</param>
    public int CellsToLease(long cellPathTicks, long windowPathTicks, int workers)
    {
        var windows = Math.Clamp(8 * windowPathTicks / Math.Max(1, cellPathTicks), 1, Grains.Shard.Cells);
        return (int)Math.Min(windows, Math.Max(1, (Record.Cells - Done) / (2L * Math.Max(1, workers))));
    }

    /// <summary>A worker of this silo has finished cells in so much time each.</summary>
    public void Finished(int cells, double milliseconds)
    {
        lock (_lock)
        {
            for (var i = 0; i < Math.Min(cells, 8); i++)
            {
                _cellMs.Enqueue(milliseconds / cells);
            }

            while (_cellMs.Count > 100)
            {
                _cellMs.Dequeue();
            }
        }
    }

    /// <summary>
    /// Time that a lease of so many cells takes at most if its worker is sound: three times that of the slowest cells
    /// here,
    /// and 5 s at least; without bound while this silo has finished none.
    /// </summary>
    public double DueMs(int cells)
    {
        lock (_lock)
        {
            return _cellMs.Count == 0 ? double.MaxValue : Math.Max(LateLeastMs, LateFactor * _cellMs.Max() * cells);
        }
    }
}

/// <summary>A lease with its ledger and its campaign.</summary>
public sealed record Work(Lease Lease, ShardLedger Shard, CampaignWork Campaign);
