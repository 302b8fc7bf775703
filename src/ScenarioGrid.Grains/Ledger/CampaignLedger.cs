using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ScenarioGrid.Grains;

/// <summary>The campaigns in the store: accepted once each, cancelled, retried, forgotten.</summary>
/// <param name="store">The store.</param>
/// <param name="limits">How much work the grid takes on.</param>
public sealed class CampaignLedger(ILedgerStore store, AdmissionLimits limits)
{
    /// <summary>Lines of a campaign's log that are kept.</summary>
    public const int LogLines = 1000;

    private const int TriesMost = 100;

    /// <summary>Accepts a campaign, or finds it accepted.</summary>
    /// <param name="submission">What is handed in; was found valid.</param>
    /// <param name="name">Name of the campaign.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="owner">Who hands it in.</param>
    /// <param name="engine">Version of the engine.</param>
    /// <exception cref="GridException">CONFLICT, BUSY.</exception>
    public async Task<SubmitAnswer> Accept(
        CampaignSubmission submission, string name, long cells, string owner, string engine)
    {
        var content = ContentOf(submission, owner, engine);
        for (var tries = 0; tries < TriesMost; tries++)
        {
            var accepted = (await store.Read(LedgerKeys.Accepted(content)))[0];
            var known = accepted.Value is { } value ? await Find(Encoding.UTF8.GetString(value)) : null;
            if (known is { State: not CampaignState.Cancelled })
            {
                return new SubmitAnswer(known.Id, false, known.Cells);
            }

            await Admit(owner, cells);
            var id = submission.Id is null ? await NewId(name) : await FreeId(submission.Id);
            var now = await store.Now();
            var record = new CampaignRecord(id, owner, engine, cells, submission.Priority, content, now);
            if (await store.Apply(new StoreChange(
                LedgerKeys.Accepted(content), accepted.Version, Encoding.UTF8.GetBytes(id),
                new StoreEffect.Put(LedgerKeys.Campaign(id), record.ToBytes()),
                new StoreEffect.Put(LedgerKeys.Submission(id), JsonSerializer.SerializeToUtf8Bytes(submission)),
                new StoreEffect.Include(LedgerKeys.Campaigns, id), new StoreEffect.Include(LedgerKeys.Active, id),
                LogEffect(id, now, $"accepted: {cells} cells from {owner}, engine {engine}"))))
            {
                return new SubmitAnswer(id, true, cells);
            }
        }

        throw new StoreException($"campaign '{name}' was not accepted: others change the same record all the time");
    }

    /// <summary>A campaign, or null.</summary>
    public async Task<CampaignRecord?> Find(string id) =>
        (await store.Read(LedgerKeys.Campaign(id)))[0].Value is { } bytes ? CampaignRecord.Read(bytes) : null;

    /// <summary>What was submitted, or null.</summary>
    public async Task<CampaignSubmission?> Submission(string id) =>
        (await store.Read(LedgerKeys.Submission(id)))[0].Value is { } bytes
            ? JsonSerializer.Deserialize<CampaignSubmission>(bytes)
            : null;

    /// <summary>Counters of a campaign.</summary>
    public Task<Dictionary<string, long>> Counters(string id) => store.Counters(LedgerKeys.Counters(id));

    /// <summary>All campaigns, or those with work.</summary>
    public async Task<IReadOnlyList<CampaignRecord>> List(bool isActive)
    {
        var ids = await store.Members(isActive ? LedgerKeys.Active : LedgerKeys.Campaigns);
        var records = await store.Read([.. ids.Select(LedgerKeys.Campaign)]);
        return [.. records.Where(r => r.Value is not null).Select(r => CampaignRecord.Read(r.Value!))
            .OrderByDescending(r => r.SubmittedMs).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>Ends a running campaign; does nothing to an ended one.</summary>
    public Task<CampaignRecord?> Cancel(string id, string reason) => Change(id, (record, now) =>
        record.State is CampaignState.Completed or CampaignState.Cancelled
            ? (record, [])
            : (record with { State = CampaignState.Cancelled, Reason = reason, EndedMs = now, Auditor = null },
                [new StoreEffect.Exclude(LedgerKeys.Active, id), LogEffect(id, now, $"cancelled: {reason}")]));

    /// <summary>Has the quarantined cells of an ended campaign computed again.</summary>
    public async Task<CampaignRecord?> Retry(string id)
    {
        if (await Find(id) is not { State: CampaignState.Completed } record)
        {
            throw new GridException("NOT_ENDED", $"campaign '{id}' has not completed; only completed ones are retried");
        }

        var opened = 0;
        for (var shard = 0; shard < Shard.Of(record.Cells); shard++)
        {
            var ledger = new ShardLedger(store, id, shard, Shard.CellsOf(shard, record.Cells));
            opened += await ledger.Reopen(r => [.. r.Failed.Places], null);
        }

        return opened == 0 ? record : await Change(id, (known, now) => (
            known with { State = CampaignState.Running, ResultHash = null, EndedMs = 0 },
            [new StoreEffect.Include(LedgerKeys.Active, id), LogEffect(id, now, $"retry of {opened} failed cells")]));
    }

    /// <summary>Forgets an ended campaign and its results.</summary>
    /// <exception cref="GridException">NOT_ENDED.</exception>
    public async Task Remove(string id)
    {
        var (bytes, version) = (await store.Read(LedgerKeys.Campaign(id)))[0];
        if (bytes is null)
        {
            return;
        }

        var record = CampaignRecord.Read(bytes);
        if (record.State is not (CampaignState.Completed or CampaignState.Cancelled))
        {
            throw new GridException("NOT_ENDED", $"campaign '{id}' is running; cancel it first");
        }

        // The shards first: a removal that breaks off is found by its campaign and can be repeated.
        for (var shard = 0; shard < Shard.Of(record.Cells); shard++)
        {
            var key = LedgerKeys.Shard(id, shard);
            await store.Apply(new StoreChange(key, (await store.Read(key))[0].Version, null,
                new StoreEffect.Delete(LedgerKeys.Results(id, shard))));
        }

        string[] rest = [LedgerKeys.Submission(id), LedgerKeys.Counters(id), LedgerKeys.Cursor(id), LedgerKeys.Open(id),
            LedgerKeys.Log(id), LedgerKeys.Conflicts(id), LedgerKeys.Accepted(record.Content)];
        await store.Apply(new StoreChange(LedgerKeys.Campaign(id), version, null,
            [new StoreEffect.Exclude(LedgerKeys.Campaigns, id), .. rest.Select(k => new StoreEffect.Delete(k))]));
    }

    /// <summary>Changes a campaign's record; when another was faster, looks again and decides anew.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="change">From the record and the store's clock to the new record and what happens with it; null
    /// changes nothing.</param>
    /// <returns>The record as it is now, or null when there is none.</returns>
    public async Task<CampaignRecord?> Change(
        string id, Func<CampaignRecord, long, (CampaignRecord Record, StoreEffect[] Effects)> change)
    {
        for (var tries = 0; tries < TriesMost; tries++)
        {
            var (bytes, version) = (await store.Read(LedgerKeys.Campaign(id)))[0];
            if (bytes is null)
            {
                return null;
            }

            var before = CampaignRecord.Read(bytes);
            var (after, effects) = change(before, await store.Now());
            if (after == before && effects.Length == 0)
            {
                return before;
            }

            if (await store.Apply(
                new StoreChange(LedgerKeys.Campaign(id), version, after.ToBytes(), effects)))
            {
                return after;
            }
        }

        throw new StoreException($"campaign '{id}' is changed by others all the time");
    }

    /// <summary>A line of a campaign's log.</summary>
    public static StoreEffect LogEffect(string id, long nowMs, string text) => new StoreEffect.Append(
        LedgerKeys.Log(id), JsonSerializer.SerializeToUtf8Bytes(new LogLine(nowMs, text)), LogLines);

    /// <summary>Lines of a campaign's log from a position on.</summary>
    public async Task<LogPage> Log(string id, long from)
    {
        var entries = await store.Entries(LedgerKeys.Log(id), from, LogLines);
        return new LogPage(
            [.. entries.Select(e => JsonSerializer.Deserialize<LogLine>(e)!)], from + entries.Length);
    }

    /// <summary>SHA-256 over all that decides a campaign's results, and its owner.</summary>
    private static string ContentOf(CampaignSubmission submission, string owner, string engine) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\0', owner, engine, submission.BlockPaths, submission.Spread, submission.Id, submission.Text))));

    private async Task Admit(string owner, long cells)
    {
        var active = await List(isActive: true);
        var own = active.Count(r => r.Owner == owner);
        if (own >= limits.CampaignsPerOwner)
        {
            throw new GridException("BUSY",
                $"{owner} has {own} running campaigns, the most is {limits.CampaignsPerOwner}: wait or cancel one");
        }

        var waiting = 0L;
        foreach (var record in active)
        {
            waiting += record.Cells - (await Counters(record.Id)).GetValueOrDefault(Counter.Done);
        }

        if (waiting + cells > limits.CellsWaiting)
        {
            throw new GridException("BUSY", FormattableString.Invariant(
                $"{waiting:N0} cells wait, with these {cells:N0} more than {limits.CellsWaiting:N0}: try later"));
        }
    }

    private async Task<string> NewId(string name)
    {
        while (true)
        {
            // The version of a record is a number that nobody gets twice.
            var key = LedgerKeys.Number(name);
            var version = (await store.Read(key))[0].Version;
            if (await store.Apply(new StoreChange(key, version, [])))
            {
                return FormattableString.Invariant($"{name}-{version + 1:00}");
            }
        }
    }

    private async Task<string> FreeId(string wanted) => await Find(wanted) is null
        ? wanted
        : throw new GridException("CONFLICT", $"campaign '{wanted}' was submitted with another text");
}
