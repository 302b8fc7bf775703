namespace ScenarioGrid.Grains;

/// <summary>
/// What the ledger needs of a store: versioned records with compare-and-set, and small effects that happen together
/// with
/// one. Everything that must be true after a crash is in here; nothing else is.
/// </summary>
/// <remarks>
/// An operation that answers has happened and is durable. One that throws <see cref="StoreException"/> may or may not
/// have happened: the ledger reads again and finds out.
/// </remarks>
public interface ILedgerStore
{
    /// <summary>Reads records, one per key in order; version 0 where there is none.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task<StoreRecord[]> Read(params string[] keys);

    /// <summary>Makes a change if its record still has the expected version, and if all that it requires holds; all of
    /// it or nothing.</summary>
    /// <returns>True when the change was made.</returns>
    /// <exception cref="StoreException">The store does not answer; the change may have been made.</exception>
    Task<bool> Apply(StoreChange change);

    /// <summary>Takes the next number of a counter below a limit and puts it into a set, in one step.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="limit">First number that is not given.</param>
    /// <param name="set">The set.</param>
    /// <param name="require">What must hold, or null.</param>
    /// <returns>The number, from 0 on, or -1 when the limit is reached or the requirement does not hold.</returns>
    /// <exception cref="StoreException">The store does not answer; a number may have been taken.</exception>
    Task<long> Take(string counter, long limit, string set, StoreEffect.Require? require = null);

    /// <summary>Counters under a key.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task<Dictionary<string, long>> Counters(string key);

    /// <summary>Members of a set, in no order.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task<string[]> Members(string key);

    /// <summary>Entries of a list from a position on; positions count from 0 and stay when a list is
    /// shortened.</summary>
    /// <param name="key">The list.</param>
    /// <param name="from">First position.</param>
    /// <param name="most">Entries to read at most.</param>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task<byte[][]> Entries(string key, long from, int most);

    /// <summary>Keeps what a silo says of itself, with the store's time.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task Beat(string silo, byte[] says);

    /// <summary>What every silo last said, and how long ago.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task<StoreBeat[]> Beats();

    /// <summary>Forgets a silo that left.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task Forget(string silo);

    /// <summary>The name of this store's life: what was proposed first. A store that lost its data has
    /// another.</summary>
    /// <param name="proposed">Taken if the store has none; null to only look.</param>
    /// <returns>The name, or null when there is none.</returns>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task<string?> Epoch(string? proposed);

    /// <summary>The store's clock, milliseconds since 1970. Ages of leases are measured by it alone.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    Task<long> Now();
}

/// <summary>A record as it was read.</summary>
/// <param name="Value">Bytes, or null when there is none.</param>
/// <param name="Version">Rises by one with every change; 0 when there is none.</param>
public readonly record struct StoreRecord(byte[]? Value, long Version);

/// <summary>What a silo last said.</summary>
/// <param name="Silo">Its name.</param>
/// <param name="Says">Its bytes.</param>
/// <param name="SilentMs">How long ago, by the store's clock.</param>
public sealed record StoreBeat(string Silo, byte[] Says, long SilentMs);

/// <summary>A change of one record, and what happens with it.</summary>
/// <param name="Key">The record.</param>
/// <param name="Expected">Version it must have; 0 when it must not exist.</param>
/// <param name="Value">Its new bytes; null deletes it.</param>
/// <param name="Effects">What happens with it.</param>
public sealed record StoreChange(string Key, long Expected, byte[]? Value, params StoreEffect[] Effects);

/// <summary>Something that happens together with a change.</summary>
public abstract record StoreEffect(string Key)
{
    /// <summary>Refuses the change unless a record has these bytes.</summary>
    public sealed record Require(string Key, byte[] Value) : StoreEffect(Key);

    /// <summary>Writes a record whatever its version is.</summary>
    public sealed record Put(string Key, byte[] Value) : StoreEffect(Key);

    /// <summary>Deletes whatever is under a key.</summary>
    public sealed record Delete(string Key) : StoreEffect(Key);

    /// <summary>Adds to a counter.</summary>
    public sealed record Add(string Key, string Counter, long By) : StoreEffect(Key);

    /// <summary>Puts a member into a set.</summary>
    public sealed record Include(string Key, string Member) : StoreEffect(Key);

    /// <summary>Takes a member out of a set.</summary>
    public sealed record Exclude(string Key, string Member) : StoreEffect(Key);

    /// <summary>Adds an entry at the end of a list, and forgets the oldest above a number (0: none).</summary>
    public sealed record Append(string Key, byte[] Entry, int Most = 0) : StoreEffect(Key);
}

/// <summary>The store does not answer, or answers with an error.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
