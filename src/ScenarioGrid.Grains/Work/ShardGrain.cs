using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>What a shard grain keeps: results by cell, in the order they came.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.ShardLedger")]
public sealed class ShardLedger
{
    [Id(0)]
    public List<byte[]> Results { get; set; } = [];

    [Id(1)]
    public long PathTicks { get; set; }

    [Id(2)]
    public int Repeated { get; set; }
}

/// <inheritdoc cref="IShardGrain"/>
public sealed class ShardGrain(
    [PersistentState("shard", Storage.Ledger)] IPersistentState<ShardLedger> ledger,
    PlanCache plans, TimeProvider time, IGrainFactory grains) : Grain, IShardGrain
{
    /// <summary>A lease that is not renewed for so long is handed to another worker.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);

    private readonly ShardLeases _leases = new(LeaseTime);
    private Dictionary<long, int> _index = [];
    private string _campaign = "";
    private int _shard;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.LastIndexOf('/');
        (_campaign, _shard) = (key[..slash], int.Parse(key[(slash + 1)..], null));
        var cells = (await plans.Get(_campaign)).Cells.Count;
        var first = (long)_shard * IShardGrain.Cells;
        _index = ledger.State.Results.Select((r, i) => (CellResult.Read(r).Cell, i))
            .ToDictionary(p => p.Cell, p => p.i);
        _leases.Open(first, (int)Math.Min(IShardGrain.Cells, cells - first), _index.Keys);
    }

    public Task<Lease?> Lease(string worker, int most) => Task.FromResult(
        _leases.Take(worker, most, time.GetUtcNow()) is { } taken
            ? new Lease(_campaign, _shard, taken.Token, taken.Attempt, taken.Cells)
            : null);

    public Task<bool> Renew(long token) => Task.FromResult(_leases.Renew(token, time.GetUtcNow()));

    public async Task<CommitAnswer> Commit(long token, ResultBatch batch)
    {
        var isLive = _leases.Renew(token, time.GetUtcNow());
        var results = batch.Results.Select(r => (Cell: CellResult.Read(r).Cell, Bytes: r)).ToList();
        var known = results.Where(r => _index.ContainsKey(r.Cell)).ToList();
        if (known.Any(r => !ledger.State.Results[_index[r.Cell]].AsSpan().SequenceEqual(r.Bytes)))
        {
            return CommitAnswer.Refused;
        }

        ledger.State.Repeated += known.Count;
        if (!isLive)
        {
            return known.Count == results.Count ? CommitAnswer.Duplicate : CommitAnswer.Refused;
        }

        await Store(results.Where(r => !_index.ContainsKey(r.Cell)).ToList(), batch.PathTicks);
        return CommitAnswer.Stored;
    }

    public Task Restore(ResultBatch batch) => Store(
        batch.Results.Select(r => (CellResult.Read(r).Cell, r))
        .Where(r => !_index.ContainsKey(r.Cell)).ToList(),
        batch.PathTicks);

    public Task<ShardPage> Results(int from) => Task.FromResult(new ShardPage(
        [.. ledger.State.Results.Skip(from)], ledger.State.Results.Count, _leases.IsComplete));

    private async Task Store(List<(long Cell, byte[] Bytes)> results, long pathTicks)
    {
        foreach (var (cell, bytes) in results)
        {
            _index[cell] = ledger.State.Results.Count;
            ledger.State.Results.Add(bytes);
            _leases.Complete(cell);
        }

        ledger.State.PathTicks += pathTicks;
        await ledger.WriteStateAsync();
        var failed = ledger.State.Results.Count(r => CellResult.Read(r).Error is not null);
        await grains.GetGrain<ICampaignGrain>(_campaign).Progress(
            _shard, ledger.State.Results.Count, failed, ledger.State.PathTicks,
            ledger.State.Repeated, _leases.IsComplete);
    }
}
