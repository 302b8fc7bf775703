using System.Text.Json;

namespace ScenarioGrid.Grains;

/// <summary>What the silos last said of themselves, and what follows for their leases.</summary>
public sealed class Silos
{
    private readonly Dictionary<string, (SiloPulse.Words Words, long SilentMs)> _silos;

    private readonly long _askedMs;

    /// <param name="beats">What every silo last said.</param>
    /// <param name="askedMs">The store's clock when they were asked for, not later.</param>
    public Silos(IEnumerable<StoreBeat> beats, long askedMs) => (_askedMs, _silos) = (askedMs, beats.ToDictionary(
        b => b.Silo, b => (JsonSerializer.Deserialize<SiloPulse.Words>(b.Says)!, b.SilentMs), StringComparer.Ordinal));

    /// <summary>Workers of all silos that speak.</summary>
    public int Workers => _silos.Values.Where(s => s.SilentMs < SiloPulse.GoneAfter.TotalMilliseconds)
        .Sum(s => s.Words.Slots.Length);

    /// <summary>True when a silo is silent for so long that it counts as gone, or has left.</summary>
    public bool IsGone(string silo) =>
        !_silos.TryGetValue(silo, out var known) || known.SilentMs > SiloPulse.GoneAfter.TotalMilliseconds;

    /// <summary>True when a silo has not spoken since it fell silent; one that said goodbye has.</summary>
    public bool IsSilent(string silo) =>
        _silos.TryGetValue(silo, out var known) && known.SilentMs > SiloPulse.GoneAfter.TotalMilliseconds;

    /// <summary>What is known of the holder of a lease, as of when the silos were asked for.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="campaign">Its campaign.</param>
    /// <param name="shard">Its shard.</param>
    /// <param name="dueMs">Time that such a lease takes at most, as far as known; else a very large number.</param>
    public Holder HolderOf(ShardLease lease, string campaign, int shard, double dueMs)
    {
        var ageMs = _askedMs - lease.TakenMs;
        if (!_silos.TryGetValue(lease.Silo, out var known))
        {
            // It said goodbye; or it is so new that its first beat was not seen.
            return ageMs > SiloPulse.GoneAfter.TotalMilliseconds ? Holder.Idle : Holder.Alive;
        }

        if (known.SilentMs > SiloPulse.GoneAfter.TotalMilliseconds)
        {
            return Holder.Lost;
        }

        // The answer to a lease may be lost on its way: then nobody works on it, and its holder does not know of it.
        if (SlotOf(known.Words, lease, campaign, shard) is null
            && ageMs > known.SilentMs + SiloPulse.GoneAfter.TotalMilliseconds)
        {
            return Holder.Idle;
        }

        return known.SilentMs > SiloPulse.LateAfter.TotalMilliseconds || ageMs > dueMs ? Holder.Late : Holder.Alive;
    }

    /// <summary>The cell that the holder of a lease last said it computes, by its place in the shard, or -1.</summary>
    public int Executing(ShardLease lease, string campaign, int shard) =>
        _silos.TryGetValue(lease.Silo, out var known)
        && SlotOf(known.Words, lease, campaign, shard) is { Cell: >= 0 } slot
            ? (int)(slot.Cell - Shard.First(shard))
            : -1;

    /// <summary>The worker that says it works on a lease. Tokens repeat from shard to shard.</summary>
    private static SiloPulse.SlotView? SlotOf(SiloPulse.Words words, ShardLease lease, string campaign, int shard) =>
        words.Slots.FirstOrDefault(s => s.Token == lease.Token && s.Shard == shard && s.Campaign == campaign);

    /// <summary>The silos as clients see them, in order of name.</summary>
    public SiloStatus[] Status() => [.. _silos.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SiloStatus(
        s.Key, s.Value.Words.Engine, s.Value.Words.StartedMs, s.Value.SilentMs,
        s.Value.SilentMs > SiloPulse.LateAfter.TotalMilliseconds ? "silent" : s.Value.Words.State,
        s.Value.Words.Cells, s.Value.Words.PathTicksPerSecond,
        [.. s.Value.Words.Slots.Select(v => v.Token == 0 ? "idle" : $"{v.Campaign} cell {v.Cell}")],
        s.Value.Words.Host))];
}
