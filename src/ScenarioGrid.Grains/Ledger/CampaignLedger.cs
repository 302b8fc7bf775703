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
            var (accepted, meant, known) = await Meant(content, submission.Id);
            if (AnswerOf(known, content) is { } answer)
            {
                return answer;
            }

            if (known is not null && submission.Id is not null)
            {
                throw new GridException("CONFLICT", known.Content == content
                    ? $"campaign '{meant}' was cancelled; remove it, or submit under another id"
                    : $"campaign '{meant}' was submitted with another text");
            }

            // The id is claimed by its content first, so that whoever hands in the same meanwhile meets the same id;
            // then the campaign is made, if no other has taken the id.
            await Admit(owner, cells);
            var id = meant is null || known is not null ? await NewId(name) : meant;
            var isClaimed = id == meant && accepted.Value is not null;
            if ((isClaimed || await store.Apply(new StoreChange(
                    LedgerKeys.Accepted(content), accepted.Version, Encoding.UTF8.GetBytes(id))))
                && await Make(submission, new CampaignRecord(
                    id, owner, engine, cells, submission.Priority, content, await store.Now())))
            {
                return new SubmitAnswer(id, true, cells);
            }
        }

        throw new StoreException($"campaign '{name}' was not accepted: others change the same record all the time");
    }

    /// <summary>
    /// What can be said of a submission before its text is read, so that a flood is refused at little cost: that it is
    /// accepted already, or that its owner has as much work as it may.
    /// </summary>
    /// <returns>The answer, or null when its text must be read.</returns>
    /// <exception cref="GridException">BUSY.</exception>
    public async Task<SubmitAnswer?> Known(CampaignSubmission submission, string owner, string engine)
    {
        var content = ContentOf(submission, owner, engine);
        var answer = AnswerOf((await Meant(content, null)).Known, content);
        if (answer is null)
        {
            CheckOwner(owner, await List(isActive: true));
        }

        return answer;
    }

    /// <summary>A campaign, or null.</summary>
    public async Task<CampaignRecord?> Find(string id) =>
        (await store.Read(LedgerKeys.Campaign(id)))[0].Value is { } bytes ? CampaignRecord.Read(bytes) : null;

    /// <summary>What was submitted, or null.</summary>
    public async Task<CampaignSubmission?> Submission(string id) =>
        (await store.Read(LedgerKeys.Submission(id)))[0].Value is { } bytes
            ? JsonSerializer.Deserialize<CampaignSubmission>(bytes)
            : null;

    /// <summary>Cells of campaigns that have no result yet.</summary>
    public async Task<long> Waiting(IReadOnlyList<CampaignRecord> active)
    {
        var counts = await Task.WhenAll(active.Select(r => Counters(r.Id)));
        return active.Sum(r => r.Cells) - counts.Sum(c => c.GetValueOrDefault(Counter.Done));
    }

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

    /// <summary>Has the quarantined cells of a completed campaign computed again. Kept as a wish in its record, so that
    /// it is granted whoever dies: the next silo that looks at the campaign opens the cells (<see
    /// cref="Audit"/>).</summary>
    /// <exception cref="GridException">NOT_ENDED.</exception>
    public async Task<CampaignRecord?> Retry(string id)
    {
        var failed = (await Counters(id)).GetValueOrDefault(Counter.Failed);
        var retried = await Change(id, (record, now) =>
            record is not { State: CampaignState.Completed, IsRemoving: false } || failed == 0
                ? (record, [])
                : (record with { State = CampaignState.Running, IsRetrying = true, ResultHash = null, EndedMs = 0 },
                    [new StoreEffect.Include(LedgerKeys.Active, id),
                        LogEffect(id, now, $"retry of {failed} failed cells")]));
        return retried is null or { State: CampaignState.Completed, IsRemoving: false } or { IsRetrying: true }
            ? retried
            : throw new GridException(
                "NOT_ENDED", $"campaign '{id}' has not completed; only completed ones are retried");
    }

    /// <summary>Forgets an ended campaign and its results.</summary>
    /// <exception cref="GridException">NOT_ENDED.</exception>
    public async Task Remove(string id)
    {
        // Without its life no shard changes any more, whatever late workers do. The campaign itself goes last: a
        // removal that breaks off is found by it and can be repeated.
        var record = await Change(id, (known, _) => known.State is CampaignState.Completed or CampaignState.Cancelled
            ? (known with { IsRemoving = true }, [new StoreEffect.Delete(LedgerKeys.Life(id))])
            : (known, []));
        if (record is null)
        {
            return;
        }

        if (!record.IsRemoving)
        {
            throw new GridException("NOT_ENDED", $"campaign '{id}' is running; cancel it first");
        }

        for (var shard = 0; shard < Shard.Of(record.Cells); shard++)
        {
            await Delete(LedgerKeys.Shard(id, shard), _ => true, new StoreEffect.Delete(LedgerKeys.Results(id, shard)));
        }

        await Delete(LedgerKeys.Accepted(record.Content), value => Encoding.UTF8.GetString(value) == id);
        string[] rest = [LedgerKeys.Submission(id), LedgerKeys.Counters(id), LedgerKeys.Cursor(id), LedgerKeys.Open(id),
            LedgerKeys.Log(id), LedgerKeys.Conflicts(id)];
        await Delete(
            LedgerKeys.Campaign(id), value => CampaignRecord.Read(value).IsRemoving,
            [new StoreEffect.Exclude(LedgerKeys.Campaigns, id), new StoreEffect.Exclude(LedgerKeys.Active, id),
                .. rest.Select(k => new StoreEffect.Delete(k))]);
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

    /// <summary>What a content was accepted as, and the campaign of that id, or of the id that is asked for.</summary>
    private async Task<(StoreRecord Accepted, string? Id, CampaignRecord? Known)> Meant(string content, string? asked)
    {
        var accepted = (await store.Read(LedgerKeys.Accepted(content)))[0];
        var id = accepted.Value is { } value ? Encoding.UTF8.GetString(value) : asked;
        return (accepted, id, id is null ? null : await Find(id));
    }

    private static SubmitAnswer? AnswerOf(CampaignRecord? known, string content) =>
        known is { State: not CampaignState.Cancelled } && known.Content == content
            ? new SubmitAnswer(known.Id, false, known.Cells)
            : null;

    private async Task Admit(string owner, long cells)
    {
        var active = await List(isActive: true);
        CheckOwner(owner, active);
        var waiting = await Waiting(active);
        if (waiting + cells > limits.CellsWaiting)
        {
            throw new GridException("BUSY", FormattableString.Invariant(
                $"{waiting:N0} cells wait, with these {cells:N0} more than {limits.CellsWaiting:N0}: try later"));
        }
    }

    private void CheckOwner(string owner, IReadOnlyList<CampaignRecord> active)
    {
        var own = active.Count(r => r.Owner == owner);
        if (own >= limits.CampaignsPerOwner)
        {
            throw new GridException("BUSY",
                $"{owner} has {own} running campaigns, the most is {limits.CampaignsPerOwner}: wait or cancel one");
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

    /// <summary>Makes a campaign; false when another has its id.</summary>
    private Task<bool> Make(CampaignSubmission submission, CampaignRecord record)
    {
        var id = record.Id;
        return store.Apply(new StoreChange(
            LedgerKeys.Campaign(id), 0, record.ToBytes(),
            new StoreEffect.Put(LedgerKeys.Submission(id), JsonSerializer.SerializeToUtf8Bytes(submission)),
            new StoreEffect.Put(LedgerKeys.Life(id), record.Life()),
            new StoreEffect.Include(LedgerKeys.Campaigns, id), new StoreEffect.Include(LedgerKeys.Active, id),
            LogEffect(id, record.SubmittedMs,
                $"accepted: {record.Cells} cells from {record.Owner}, engine {record.Engine}")));
    }

    /// <summary>Deletes a record and what goes with it, if it is there and meant.</summary>
    private async Task Delete(string key, Func<byte[], bool> isMeant, params StoreEffect[] effects)
    {
        for (var tries = 0; tries < TriesMost; tries++)
        {
            var (value, version) = (await store.Read(key))[0];
            if ((value is not null && !isMeant(value))
                || await store.Apply(new StoreChange(key, version, null, effects)))
            {
                return;
            }
        }

        throw new StoreException($"{key} is changed by others all the time");
    }
}
