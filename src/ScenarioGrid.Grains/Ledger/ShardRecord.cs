namespace ScenarioGrid.Grains;

/// <summary>
/// The ledger of one shard: which cells have results and which hash, who holds which lease, what went wrong with whom.
/// Pure bookkeeping: no store, no clock.
/// </summary>
/// <remarks>
/// Every cell is in exactly one of three states: done (with a hash), quarantined (done with an error), or open. An open
/// cell may be in one lease, or in two when one is a hedge. Deaths and errors blame single cells: what is suspect is
/// leased alone.
/// </remarks>
public sealed partial class ShardRecord
{
    /// <summary>Silo deaths after which a cell is quarantined.</summary>
    public const int DeathsMost = 2;

    /// <summary>Engine errors after which a cell is quarantined.</summary>
    public const int ErrorsMost = 3;

    private readonly ulong[] _hashes;
    private readonly List<ShardLease> _leases = [];
    private readonly SortedDictionary<int, CellTrouble> _trouble = [];
    private CellSet _done = new();
    private CellSet _failed = new();
    private CellSet _abandoned = new();
    private long _token;

    public ShardRecord(int count)
    {
        Count = count;
        _hashes = new ulong[count];
    }

    /// <summary>Cells of the shard.</summary>
    public int Count { get; }

    /// <summary>Cells with a result, quarantined ones among them.</summary>
    public CellSet Done => _done;

    /// <summary>Cells that are quarantined.</summary>
    public CellSet Failed => _failed;

    /// <summary>Leases that are live.</summary>
    public IReadOnlyList<ShardLease> Leases => _leases;

    public bool IsComplete => _done.Count == Count;

    /// <summary>Hash of a cell's result, or 0.</summary>
    public ulong HashOf(int place) => _hashes[place];

    /// <summary>What went wrong with a cell so far.</summary>
    public CellTrouble TroubleOf(int place) => _trouble.GetValueOrDefault(place);

    /// <summary>True when no cell was ever leased or has a result.</summary>
    public bool IsFresh => _token == 0 && _done.Count == 0;

    /// <summary>Hands out free cells; suspects alone.</summary>
    /// <returns>The lease, or null when no cell is free.</returns>
    public ShardLease? Take(LeaseWish wish, long nowMs)
    {
        // A worker asks when it has no lease: one that stands under its name is one whose answer it never got.
        _leases.RemoveAll(l => l.Silo == wish.Silo && l.Slot == wish.Slot);
        var free = Free().Take(Math.Max(1, wish.Most)).ToList();
        if (free.Count == 0)
        {
            return null;
        }

        var trusted = free.TakeWhile(p => !_trouble.ContainsKey(p)).ToList();
        return Give(wish, trusted.Count > 0 ? trusted : free[..1], nowMs, isHedge: false);
    }

    /// <summary>Hands the open cells of a late lease to a second worker as well.</summary>
    /// <param name="wish">Who asks; never gets its own silo's cells.</param>
    /// <param name="nowMs">The store's clock.</param>
    /// <param name="holder">Says what is known of a lease's holder.</param>
    public ShardLease? Hedge(LeaseWish wish, long nowMs, Func<ShardLease, Holder> holder)
    {
        foreach (var late in _leases.Where(l => l.Silo != wish.Silo && holder(l) != Holder.Alive))
        {
            // At most two have the same cells; a hedge whose late worker was lost may be hedged itself.
            var rest = late.Cells.Without(_done);
            if (_leases.All(l => l == late || l.Cells.IsApartFrom(rest)))
            {
                // The last cells first: the late worker, should it go on, meets them last.
                return Give(wish, [.. rest.Places.Reverse().Take(Math.Max(1, wish.Most))], nowMs, isHedge: true);
            }
        }

        return null;
    }

    /// <summary>Voids the leases that nobody works on, and blames the cell that each lost holder was
    /// computing.</summary>
    /// <remarks>
    /// A death is silence, so a silo may come back from it: then the cell that was blamed had not killed it. Silos that
    /// fall silent together count as one death.
    /// </remarks>
    /// <param name="holder">Says what is known of a lease's holder.</param>
    /// <param name="executing">The cell that a lease's worker last said it computes, by its place, or -1.</param>
    /// <param name="lives">Says whether a silo that was silent once has spoken since.</param>
    /// <returns>Cells to quarantine, because too many silos died on them.</returns>
    public IReadOnlyList<int> Reclaim(
        Func<ShardLease, Holder> holder, Func<ShardLease, int> executing, Func<string, bool> lives)
    {
        _leases.RemoveAll(l => holder(l) == Holder.Idle);
        var blamed = new SortedDictionary<int, string>();
        foreach (var lost in _leases.Where(l => holder(l) == Holder.Lost).ToList())
        {
            _leases.Remove(lost);
            var rest = lost.Cells.Without(_done).Places.ToList();
            foreach (var place in rest)
            {
                _trouble[place] = TroubleOf(place) with { Attempts = TroubleOf(place).Attempts + 1 };
            }

            var suspect = rest.Count == 1 ? rest[0] : executing(lost);
            if (rest.Contains(suspect))
            {
                blamed[suspect] = lost.Silo;
            }
        }

        foreach (var (place, silo) in blamed)
        {
            var trouble = TroubleOf(place);
            var deaths = trouble.By is { } earlier && lives(earlier) ? trouble.Deaths : trouble.Deaths + 1;
            _trouble[place] = trouble with { Deaths = deaths, By = silo };
        }

        return [.. blamed.Keys.Where(p => TroubleOf(p).Deaths >= DeathsMost)];
    }

    /// <summary>True while a lease is its worker's own.</summary>
    public bool IsLive(long token) => _leases.Any(l => l.Token == token);

    /// <summary>Puts in a result.</summary>
    /// <param name="token">The worker's token; 0 for results of an earlier run, which need none.</param>
    /// <param name="place">The cell.</param>
    /// <param name="hash">Hash of its bytes.</param>
    /// <param name="isFailed">True when the result is an error.</param>
    public CellAnswer Commit(long token, int place, ulong hash, bool isFailed)
    {
        if (_done.Contains(place))
        {
            // A worker that was given up may still come with a result: too late, but no contradiction.
            return _hashes[place] == hash ? CellAnswer.Repeated
                : _abandoned.Contains(place) ? CellAnswer.Stale : CellAnswer.Conflict;
        }

        if (token != 0 && !_leases.Any(l => l.Token == token && l.Cells.Contains(place)))
        {
            return CellAnswer.Stale;
        }

        Close(place, hash, isFailed);
        return CellAnswer.Stored;
    }

    /// <summary>Ends a cell without a worker: quarantined with an error.</summary>
    public void Quarantine(int place, ulong hash)
    {
        _abandoned.Add(place);
        Close(place, hash, isFailed: true);
    }

    private void Close(int place, ulong hash, bool isFailed)
    {
        _done.Add(place);
        _hashes[place] = hash;
        _trouble.Remove(place);
        if (isFailed)
        {
            _failed.Add(place);
        }

        _leases.RemoveAll(l => l.Cells.Without(_done).Count == 0);
    }

    /// <summary>Gives a lease back; its open cells are free again, without blame.</summary>
    public void Release(long token) => _leases.RemoveAll(l => l.Token == token);

    /// <summary>Gives a lease back because the engine failed on a cell.</summary>
    /// <returns>True when the cell has failed so often that it must be quarantined.</returns>
    public bool Fail(long token, int place)
    {
        if (!IsLive(token))
        {
            return false;
        }

        Release(token);
        if (place < 0 || _done.Contains(place))
        {
            return false;
        }

        var trouble = TroubleOf(place);
        trouble = trouble with { Attempts = trouble.Attempts + 1, Errors = trouble.Errors + 1 };
        _trouble[place] = trouble;
        return trouble.Errors >= ErrorsMost;
    }

    /// <summary>Opens cells again: results that the store lost, or quarantined cells that shall be tried
    /// anew.</summary>
    public void Reopen(IEnumerable<int> places)
    {
        foreach (var place in places)
        {
            _done.Remove(place);
            _failed.Remove(place);
            _abandoned.Remove(place);
            _hashes[place] = 0;

            // A new attempt must not meet activations of an old one.
            _trouble[place] = new CellTrouble(TroubleOf(place).Attempts + 1, 0, 0, null);
        }
    }

    private IEnumerable<int> Free()
    {
        var taken = new CellSet();
        taken.Add(_done);
        _leases.ForEach(l => taken.Add(l.Cells));
        return Enumerable.Range(0, Count).Where(p => !taken.Contains(p));
    }

    private ShardLease Give(LeaseWish wish, IReadOnlyList<int> places, long nowMs, bool isHedge)
    {
        // The clock is in the token, so that a store that lost its last writes still gives no token twice.
        _token = Math.Max(_token + 1, nowMs << 10);
        var attempt = places.Max(p => TroubleOf(p).Attempts) + (isHedge ? 1 : 0);
        var lease = new ShardLease(_token, attempt, wish.Silo, wish.Slot, nowMs, isHedge, new CellSet(places));
        _leases.Add(lease);
        return lease;
    }
}
