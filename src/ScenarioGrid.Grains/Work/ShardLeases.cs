namespace ScenarioGrid.Grains;

/// <summary>Who works on which cells of a shard. Pure bookkeeping: time comes in as an argument.</summary>
public sealed class ShardLeases(TimeSpan leaseTime)
{
    private readonly Dictionary<long, Taken> _live = [];
    private readonly HashSet<long> _done = [];
    private readonly Dictionary<long, int> _attempts = [];
    private Queue<long> _free = [];
    private int _count;
    private long _token;

    /// <summary>Cells handed out.</summary>
    public sealed record Taken(long Token, int Attempt, string Worker, long[] Cells)
    {
        /// <summary>When the cells may go to another worker.</summary>
        public DateTimeOffset Until { get; set; }
    }

    /// <summary>True when every cell has a result.</summary>
    public bool IsComplete => _done.Count == _count;

    /// <summary>Sets the cells of the shard and those that have results.</summary>
    /// <param name="first">First cell of the shard.</param>
    /// <param name="count">Cells of the shard.</param>
    /// <param name="done">Cells with results.</param>
    /// <param name="token">Where tokens begin: above those of an earlier activation; none is given twice.</param>
    public void Open(long first, int count, IEnumerable<long> done, long token = 0)
    {
        _token = token;
        _count = count;
        _done.UnionWith(done);
        _free = new Queue<long>(Enumerable.Range(0, count).Select(i => first + i).Where(c => !_done.Contains(c)));
    }

    /// <summary>Hands out free cells, else those of an overdue lease.</summary>
    public Taken? Take(string worker, int most, DateTimeOffset now)
    {
        Reclaim(now);
        var cells = new List<long>();
        while (cells.Count < most && _free.TryDequeue(out var cell))
        {
            if (!_done.Contains(cell))
            {
                cells.Add(cell);
            }
        }

        if (cells.Count == 0)
        {
            return null;
        }

        var attempt = cells.Max(c => _attempts.GetValueOrDefault(c));
        var taken = new Taken(++_token, attempt, worker, [.. cells]) { Until = now + leaseTime };
        _live.Add(taken.Token, taken);
        return taken;
    }

    /// <summary>Keeps a lease; false when its cells went to another worker.</summary>
    public bool Renew(long token, DateTimeOffset now)
    {
        if (!_live.TryGetValue(token, out var taken))
        {
            return false;
        }

        taken.Until = now + leaseTime;
        return true;
    }

    /// <summary>A cell has its result.</summary>
    public void Complete(long cell)
    {
        _done.Add(cell);
        foreach (var (token, taken) in _live.ToArray())
        {
            if (taken.Cells.All(_done.Contains))
            {
                _live.Remove(token);
            }
        }
    }

    private void Reclaim(DateTimeOffset now)
    {
        foreach (var (token, taken) in _live.ToArray())
        {
            if (taken.Until > now)
            {
                continue;
            }

            _live.Remove(token);
            foreach (var cell in taken.Cells.Where(c => !_done.Contains(c)))
            {
                _attempts[cell] = _attempts.GetValueOrDefault(cell) + 1;
                _free.Enqueue(cell);
            }
        }
    }
}
