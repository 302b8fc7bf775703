using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>Holds every change of the store against the laws of the ledger, knowing what the cells should come
/// to.</summary>
public sealed partial class StoreWatch(World world, SimulatedStore store)
{
    private static readonly long s_gone = (long)SiloPulse.GoneAfter.TotalMilliseconds;

    private readonly Dictionary<string, long> _tokens = [];
    private readonly Dictionary<string, int> _blames = [];
    private readonly Dictionary<string, (long LastMs, long GapEndMs)> _beats = [];
    private readonly Dictionary<string, SortedDictionary<int, (int Done, int Failed)>> _sums = [];

    /// <summary>True when cells may kill or hang their process.</summary>
    public bool MayKill { get; set; }

    /// <summary>Sound cells that were quarantined because two silos were lost while they had them.</summary>
    public int Unlucky { get; private set; }

    /// <summary>Times that a cell was blamed for the death of a silo.</summary>
    public int Blames { get; private set; }

    /// <summary>Campaigns that completed.</summary>
    public int Completed { get; private set; }

    /// <summary>A silo's beat arrived.</summary>
    public void Beaten(string silo)
    {
        var known = _beats.GetValueOrDefault(silo, (store.NowMs, 0));
        _beats[silo] = (store.NowMs, store.NowMs - known.LastMs > s_gone ? store.NowMs : known.GapEndMs);
    }

    /// <summary>The record that a change is about to change.</summary>
    public byte[] Before(StoreChange change) => Read(change.Key) ?? [];

    /// <summary>A change was made.</summary>
    public void After(Node from, StoreChange change, byte[] before)
    {
        if (ShardKey().Match(change.Key) is { Success: true } shard)
        {
            Shard(from, change, shard.Groups[1].Value, int.Parse(shard.Groups[2].Value, CultureInfo.InvariantCulture),
                before);
        }
        else if (CampaignKey().Match(change.Key) is { Success: true } && change.Value is not null && before.Length > 0)
        {
            Campaign(CampaignRecord.Read(before), CampaignRecord.Read(change.Value));
        }
    }

    /// <summary>The store has other contents now than before.</summary>
    public void Reload()
    {
        foreach (var (campaign, shards) in _sums)
        {
            foreach (var shard in shards.Keys.ToList())
            {
                var record = Read(LedgerKeys.Shard(campaign, shard)) is { } bytes ? ShardRecord.Read(bytes) : null;
                shards[shard] = (record?.Done.Count ?? 0, record?.Failed.Count ?? 0);
            }
        }
    }

    /// <summary>The store is empty.</summary>
    public void Forget() => _sums.Clear();

    /// <summary>Cells of a campaign as they should be, given which sound ones were out of luck.</summary>
    public IEnumerable<CellResult> Expected(string campaign, long cells)
    {
        var seed = SeedOf(campaign);
        ShardRecord? record = null;
        for (var cell = 0L; cell < cells; cell++)
        {
            var (shard, place) = ((int)(cell / Grains.Shard.Cells), (int)(cell % Grains.Shard.Cells));
            record = place == 0 ? ShardRecord.Read(Read(LedgerKeys.Shard(campaign, shard))!) : record;
            yield return record!.Failed.Contains(place)
                ? new CellResult(cell, [], "failed")
                : Cells.ResultOf(seed, cell, MayKill);
        }
    }

    private void Shard(Node from, StoreChange change, string campaign, int shard, byte[] bytes)
    {
        var sums = _sums.TryGetValue(campaign, out var known) ? known : _sums[campaign] = [];
        if (change.Value is null)
        {
            sums.Remove(shard);
            return;
        }

        var after = ShardRecord.Read(change.Value);
        var before = bytes.Length > 0 ? ShardRecord.Read(bytes) : new ShardRecord(after.Count);
        sums[shard] = (after.Done.Count, after.Failed.Count);
        var name = $"{campaign}/{shard}";
        Leases(name, before, after);
        Cells_(from, change, name, campaign, shard, before, after);
        var counters = store.Truth.Counters(LedgerKeys.Counters(campaign)).Result;
        Demand(counters.GetValueOrDefault(Counter.Done) == sums.Values.Sum(s => s.Done)
            && counters.GetValueOrDefault(Counter.Failed) == sums.Values.Sum(s => s.Failed),
            $"{name}: counters are not the sums over the shards: {string.Join(' ', counters)}");
        Demand(counters.GetValueOrDefault(Counter.Conflicts) == 0, $"{name}: results conflict");
        Demand(after.IsComplete || !before.IsComplete
            || store.Truth.Members(LedgerKeys.Open(campaign)).Result.Contains($"{shard}"),
                $"{name}: open, not in the set");
    }

    private void Leases(string name, ShardRecord before, ShardRecord after)
    {
        foreach (var lease in after.Leases.Where(l => !before.IsLive(l.Token)))
        {
            var last = _tokens.GetValueOrDefault(name);
            Demand(lease.Token > last, $"{name}: token {lease.Token} after {last}");
            _tokens[name] = Math.Max(last, lease.Token);
        }

        for (var place = 0; place < after.Count; place++)
        {
            var holders = after.Leases.Where(l => l.Cells.Contains(place)).ToList();
            Demand(holders.Count <= 1 || (holders.Count == 2 && holders.Any(l => l.IsHedge)
                && holders[0].Silo != holders[1].Silo), $"{name}: place {place} is in {holders.Count} leases");
            Demand(holders.Count == 0 || !after.Leases.All(l => l.Cells.Without(after.Done).Count == 0),
                $"{name}: a lease without open cells");
        }
    }

    private void Cells_(
        Node from, StoreChange change, string name, string campaign, int shard, ShardRecord before, ShardRecord after)
    {
        var seed = SeedOf(campaign);
        var entries = change.Effects.OfType<StoreEffect.Append>()
            .Where(e => e.Key == LedgerKeys.Results(campaign, shard)).SelectMany(e => PackedResults.Read(e.Entry))
            .ToDictionary(r => (int)(r.Cell - Grains.Shard.First(shard)));
        for (var place = 0; place < after.Count; place++)
        {
            var isNew = after.Done.Contains(place) && !before.Done.Contains(place);
            Demand(isNew == entries.ContainsKey(place), $"{name}: the results stored are not those counted, {place}");
            if (before.Done.Contains(place) && !after.Done.Contains(place))
            {
                Demand(Record(campaign) is { State: CampaignState.Auditing }, $"{name}: {place} reopened by no audit");
                _blames.Remove($"{name}/{place}");
            }

            var isDeath = isNew && entries[place].Error?.StartsWith("SILO_DEATH", StringComparison.Ordinal) == true;
            if (isDeath || after.TroubleOf(place).Deaths > before.TroubleOf(place).Deaths)
            {
                Blame(name, place, before, after);
            }

            if (isNew)
            {
                Demand(before.Leases.Any(l => l.Cells.Contains(place) && (isDeath || l.Silo == from.Name)),
                    $"{name}: {from.Name} stored {place} without a lease");
                Result(name, Cells.FateOf(seed, entries[place].Cell, MayKill), entries[place], isDeath, place,
                    Cells.ResultOf(seed, entries[place].Cell, MayKill));
                Demand(after.HashOf(place) == PackedResults.HashOf(entries[place].CanonicalBytes()),
                    $"{name}: hash of {place}");
            }
        }
    }

    private void Result(string name, Fate fate, CellResult result, bool isDeath, int place, CellResult expected)
    {
        var isExpected =
            PackedResults.HashOf(result.CanonicalBytes()) == PackedResults.HashOf(expected.CanonicalBytes());
        if (isDeath && fate != Fate.Kills)
        {
            Unlucky++;
            isExpected = _blames.GetValueOrDefault($"{name}/{place}") >= ShardRecord.DeathsMost;
        }

        Demand(isExpected, $"{name}: {place} is {fate}, stored is {result.Error ?? "a number"}");
    }

    private void Blame(string name, int place, ShardRecord before, ShardRecord after)
    {
        _blames[$"{name}/{place}"] = _blames.GetValueOrDefault($"{name}/{place}") + 1;
        Blames++;
        var lost = before.Leases.Where(l => l.Cells.Contains(place) && !after.IsLive(l.Token)).ToList();

        // A beat may be among the writes that the store lost.
        var goneMs = s_gone - (store.TailsLost > 0 ? 2000 : 0);
        Demand(lost.Any(l => _beats.TryGetValue(l.Silo, out var beat)
            && (store.NowMs - beat.LastMs > goneMs || store.NowMs - beat.GapEndMs < s_gone)),
            $"{name}: {place} is blamed for the death of {string.Join(',', lost.Select(l => l.Silo))}, which lives");
    }

    private void Campaign(CampaignRecord before, CampaignRecord after)
    {
        world.Say(null, $"{after.Id} is {after.State} by {after.Auditor}");
        Demand(before.State != CampaignState.Cancelled || after.State == CampaignState.Cancelled,
            $"{after.Id}: {after.State} after it was cancelled");
        Demand(before.State != CampaignState.Completed || after.State == CampaignState.Completed || after.IsRetrying,
            $"{after.Id}: {after.State} after it was completed");
        if (after.State == CampaignState.Completed && before.State != CampaignState.Completed)
        {
            Completed++;
            var sums = _sums[after.Id];
            Demand(sums.Values.Sum(s => (long)s.Done) == after.Cells, $"{after.Id}: completed with open cells");
            Demand(after.ResultHash == CellResult.Hash(Expected(after.Id, after.Cells)), $"{after.Id}: hash differs");
            var counters = store.Truth.Counters(LedgerKeys.Counters(after.Id)).Result;
            Demand(counters[Counter.Done] == after.Cells,
                $"{after.Id}: completed, counters {string.Join(' ', counters)}");
        }
    }

    private void Demand(bool holds, string law)
    {
        if (!holds)
        {
            world.Break(law);
        }
    }

    private byte[]? Read(string key) => store.Truth.Read(key).Result[0].Value;

    private CampaignRecord? Record(string campaign) =>
        Read(LedgerKeys.Campaign(campaign)) is { } bytes ? CampaignRecord.Read(bytes) : null;

    private ulong SeedOf(string campaign) => ulong.Parse(Seed().Match(
        JsonSerializer.Deserialize<CampaignSubmission>(Read(LedgerKeys.Submission(campaign))!)!.Text).Groups[1].Value,
        CultureInfo.InvariantCulture);

    [GeneratedRegex("^c/([^/]+)/s/([0-9]+)$")]
    private static partial Regex ShardKey();

    [GeneratedRegex("^c/([^/]+)$")]
    private static partial Regex CampaignKey();

    [GeneratedRegex("seed: ([0-9]+)")]
    private static partial Regex Seed();
}
