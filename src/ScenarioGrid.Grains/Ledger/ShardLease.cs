namespace ScenarioGrid.Grains;

/// <summary>Cells of a shard in the hands of one worker.</summary>
/// <param name="Token">Rises with every lease of the shard, and never repeats.</param>
/// <param name="Attempt">How often these cells were handed out before.</param>
/// <param name="Silo">Name of the worker's silo: address and incarnation.</param>
/// <param name="Slot">Worker slot of the silo.</param>
/// <param name="TakenMs">When, by the store's clock.</param>
/// <param name="IsHedge">True when another live lease has the same cells.</param>
/// <param name="Cells">The cells, by their place in the shard.</param>
public sealed record ShardLease(
    long Token, int Attempt, string Silo, int Slot, long TakenMs, bool IsHedge, CellSet Cells)
{
    public void Write(BinaryWriter to)
    {
        to.Write(Token);
        to.Write(Attempt);
        to.Write(Silo);
        to.Write(Slot);
        to.Write(TakenMs);
        to.Write(IsHedge);
        Cells.Write(to);
    }

    public static ShardLease Read(BinaryReader from) => new(
        from.ReadInt64(), from.ReadInt32(), from.ReadString(), from.ReadInt32(), from.ReadInt64(), from.ReadBoolean(),
        CellSet.Read(from));
}

/// <summary>What went wrong with a cell so far.</summary>
/// <param name="Attempts">Leases that ended without its result.</param>
/// <param name="Deaths">Silos that died while they computed it.</param>
/// <param name="Errors">Times that the engine failed on it.</param>
/// <param name="By">The silo that died last on it, or null.</param>
public readonly record struct CellTrouble(int Attempts, int Deaths, int Errors, string? By);

/// <summary>What a worker may ask of a shard.</summary>
/// <param name="Silo">Name of its silo.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Most">Cells it wants at most.</param>
public readonly record struct LeaseWish(string Silo, int Slot, int Most);

/// <summary>What is known of the holder of a lease.</summary>
public enum Holder
{
    /// <summary>Its silo speaks.</summary>
    Alive,

    /// <summary>Its silo is silent, or it takes far longer than others: the cells may go to a second worker
    /// too.</summary>
    Late,

    /// <summary>Its silo lives or said goodbye, but does not work on it: the lease is void, and nobody is to
    /// blame.</summary>
    Idle,

    /// <summary>Its silo fell silent: the lease is void.</summary>
    Lost,
}
