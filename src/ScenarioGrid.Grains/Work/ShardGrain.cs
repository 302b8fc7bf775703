namespace ScenarioGrid.Grains;

/// <inheritdoc cref="IShardGrain"/>
public sealed class ShardGrain(
    [PersistentState("shard", Storage.Ledger)] IPersistentState<ShardLedger> ledger,
    PlanCache plans, TimeProvider time, IGrainFactory grains) : Grain, IShardGrain
{
    /// <summary>A lease that is not renewed for so long is handed to another worker.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(10);

    private readonly ShardLeases _leases = new(LeaseTime);
    private ShardResults _results = new(new ShardLedger());
    private string _campaign = "";
    private int _shard;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.LastIndexOf('/');
        (_campaign, _shard) = (key[..slash], int.Parse(key[(slash + 1)..], null));
        var cells = (await plans.Get(_campaign)).Cells.Count;
        var first = (long)_shard * IShardGrain.Cells;
        _results = new ShardResults(ledger.State);
        _leases.Open(
            first, (int)Math.Min(IShardGrain.Cells, cells - first), _results.Cells, time.GetUtcNow().UtcTicks);
    }

    public Task<Lease?> Lease(string worker, int most) => Task.FromResult(
        _leases.Take(worker, most, time.GetUtcNow()) is { } taken
            ? new Lease(_campaign, _shard, taken.Token, taken.Attempt, taken.Cells)
            : null);

    public Task<bool> Renew(long token) => Task.FromResult(_leases.Renew(token, time.GetUtcNow()));

    public async Task<CommitAnswer> Commit(long token, ResultBatch batch)
    {
        var answer = _results.Judge(batch, _leases.Renew(token, time.GetUtcNow()));
        if (answer == CommitAnswer.Stored)
        {
            await Store(batch);
        }

        return answer;
    }

    public Task Restore(ResultBatch batch) => Store(batch);

    public Task<ShardPage> Results(int from) => Task.FromResult(new ShardPage(
        [.. ledger.State.Results.Skip(from)], ledger.State.Results.Count, _leases.IsComplete));

    private async Task Store(ResultBatch batch)
    {
        foreach (var cell in _results.Add(batch))
        {
            _leases.Complete(cell);
        }

        await ledger.WriteStateAsync();
        await grains.GetGrain<ICampaignGrain>(_campaign).Progress(
            _shard, ledger.State.Results.Count, _results.Failed, ledger.State.PathTicks,
            ledger.State.Repeated, _leases.IsComplete);
    }
}
