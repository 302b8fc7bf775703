using Microsoft.Extensions.Logging;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Grains;

/// <summary>Answers consoles from the store: the same on every silo, embedded or in a cluster.</summary>
public sealed class CampaignFront(
    ILedgerStore store, CampaignLedger campaigns, PlanCache plans, Dispatcher dispatcher, SiloPulse pulse,
    SiloFence fence, ILogger<CampaignFront> log) : ICampaignFront
{
    private const int EntriesMost = 32;
    private const int TextMost = 256 * 1024;

    public async Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller)
    {
        Demand(caller, Role.Submitter);
        CheckStore();
        if (submission.Text.Length > TextMost)
        {
            throw new GridException("INVALID", $"SPEC_SIZE: {submission.Text.Length} characters, limit {TextMost}");
        }

        CheckName(submission.Id);
        var answer = await Guard(() => campaigns.Known(submission, caller.Name, RunFolder.EngineVersion));
        if (answer is null)
        {
            var plan = plans.Make(submission);
            answer = await Guard(() => campaigns.Accept(
                submission, plan.Campaign.Name, plan.Cells.Count, caller.Name, RunFolder.EngineVersion));
        }

        log.LogInformation("campaign {Campaign} of {Owner}: {Cells} cells, {State}",
            answer.Campaign, caller.Name, answer.Cells, answer.IsNew ? "accepted" : "known already");
        dispatcher.Changed();
        return answer;
    }

    public async Task<CampaignStatus[]> List(Caller caller)
    {
        CheckStore();
        var records = (await Guard(() => campaigns.List(isActive: false))).Where(r => IsOwn(r, caller)).ToList();
        return await Guard(() => Task.WhenAll(records.Select(
            async r => r.Status(await campaigns.Counters(r.Id)))));
    }

    public async Task<CampaignStatus> Status(string campaign, Caller caller)
    {
        var record = await Known(campaign, caller);
        return record.Status(await Guard(() => campaigns.Counters(campaign)));
    }

    public async Task<CampaignSubmission> Submission(string campaign, Caller caller)
    {
        await Known(campaign, caller);
        return await Guard(() => campaigns.Submission(campaign)) ?? throw Unknown(campaign);
    }

    public async Task<ShardPage> Results(string campaign, int shard, long from, Caller caller)
    {
        var record = await Known(campaign, caller);
        if (shard < 0 || shard >= Shard.Of(record.Cells) || from < 0)
        {
            throw new GridException("INVALID", $"campaign '{campaign}' has shards 0 to {Shard.Of(record.Cells) - 1}");
        }

        var ledger = new ShardLedger(store, record, shard);

        // The ledger first: what it calls complete has its results in the store, and a retry opens no cell of it again.
        var isComplete = (await Guard(ledger.Look)).IsComplete && !record.IsRetrying;
        var entries = await Guard(() => ledger.Results(from, EntriesMost));
        return new ShardPage(entries, from + entries.Length, isComplete && entries.Length < EntriesMost);
    }

    public async Task<LogPage> Log(string campaign, long from, Caller caller)
    {
        await Known(campaign, caller);
        return await Guard(() => campaigns.Log(campaign, Math.Max(0, from)));
    }

    public async Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller)
    {
        Demand(caller, Role.Submitter);
        await Known(campaign, caller);
        await Guard(() => campaigns.Cancel(campaign, reason));
        log.LogInformation("campaign {Campaign} cancelled by {Caller}: {Reason}", campaign, caller.Name, reason);
        dispatcher.Changed();
        return await Status(campaign, caller);
    }

    public async Task<CampaignStatus> Retry(string campaign, Caller caller)
    {
        Demand(caller, Role.Submitter);
        await Known(campaign, caller);
        await Guard(() => campaigns.Retry(campaign));
        dispatcher.Changed();
        return await Status(campaign, caller);
    }

    public async Task Remove(string campaign, Caller caller)
    {
        Demand(caller, Role.Submitter);
        await Known(campaign, caller);
        await Guard(async () =>
        {
            await campaigns.Remove(campaign);
            return true;
        });
    }

    public async Task<ClusterStatus> Cluster(Caller caller)
    {
        Demand(caller, Role.Operator);
        CheckStore();
        return await Guard(async () =>
        {
            var active = await campaigns.List(isActive: true);
            var now = await store.Now();
            return new ClusterStatus(new Silos(await store.Beats(), now).Status(), active.Count,
                await campaigns.Waiting(active), now);
        });
    }

    private static void Demand(Caller caller, Role least)
    {
        if (caller.Role < least)
        {
            throw new GridException(
                "FORBIDDEN", $"{caller.Name} is {caller.Role}; this needs {least}".ToLowerInvariant());
        }
    }

    private static void CheckName(string? id)
    {
        if (id is not null && (id.Length is 0 or > 64 || id[0] is '.' or '-'
            || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')))
        {
            throw new GridException("INVALID", "OUTPUT_NAME: use letters, digits, . _ - (max 64)");
        }
    }

    private static bool IsOwn(CampaignRecord record, Caller caller) =>
        caller.Role == Role.Operator || record.Owner == caller.Name;

    private static GridException Unknown(string campaign) =>
        new("UNKNOWN_CAMPAIGN", $"there is no campaign '{campaign}'");

    /// <summary>A store that does not answer is said to clients by its own code.</summary>
    private static async Task<T> Guard<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StoreException e)
        {
            throw new GridException("STORE_DOWN", e.Message);
        }
    }

    private async Task<CampaignRecord> Known(string campaign, Caller caller)
    {
        CheckStore();
        var record = await Guard(() => campaigns.Find(campaign));
        if (record is null)
        {
            // There was none, or it was removed; or the store lost its data, and the next beat would find out.
            await Guard(pulse.HasLostStore);
            CheckStore();
        }

        if (record is null || !IsOwn(record, caller))
        {
            throw Unknown(campaign);
        }

        return record;
    }

    private void CheckStore()
    {
        if (fence.Has(SiloPulse.StoreLost))
        {
            throw new GridException("STORE_LOST", "the store lost its data: nothing here is reported as success; "
                + "restore a backup and restart the silos, or submit the campaigns again");
        }
    }
}
