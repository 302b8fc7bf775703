namespace ScenarioGrid.Grains;

/// <summary>
/// The ledger of up to 256 cells: leases with tokens, results once each. Key: campaign id / shard number.
/// </summary>
[Alias("ScenarioGrid.IShardGrain")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Cells per shard.</summary>
    const int Cells = 256;

    /// <summary>Hands out up to so many free or overdue cells, or null.</summary>
    [Alias("Lease")]
    Task<Lease?> Lease(string worker, int most);

    /// <summary>Keeps a lease alive while work goes on. False when it was given to another.</summary>
    [Alias("Renew")]
    Task<bool> Renew(long token);

    /// <summary>Stores results of a lease, each cell once.</summary>
    [Alias("Commit")]
    Task<CommitAnswer> Commit(long token, ResultBatch batch);

    /// <summary>Puts in results that an earlier run kept; cells that are there already stay.</summary>
    [Alias("Restore")]
    Task Restore(ResultBatch batch);

    /// <summary>Results in the order they came, from a position on.</summary>
    [Alias("Results")]
    Task<ShardPage> Results(int from);
}
