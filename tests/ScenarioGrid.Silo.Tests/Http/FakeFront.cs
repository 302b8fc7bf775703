using System.Collections.Concurrent;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Http;

/// <summary>A grid of two campaigns: <c>mine</c> of alice, as whom the tests ask, and <c>hers</c> of carol.</summary>
public sealed class FakeFront : ICampaignFront
{
    public const string Mine = "mine", Hers = "hers", Owner = "alice", Text = "campaign: x\nname: \"<b>\"\n";

    private long _done;

    /// <summary>What is thrown instead of an answer.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What an answer waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What was handed in.</summary>
    public ConcurrentQueue<(CampaignSubmission Submission, Caller Caller)> Submissions { get; } = [];

    /// <summary>Calls that changed something.</summary>
    public ConcurrentQueue<string> Changes { get; } = [];

    public CampaignState State { get; set; } = CampaignState.Running;

    public long Done
    {
        get => Volatile.Read(ref _done);
        set => Volatile.Write(ref _done, value);
    }

    public async Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller)
    {
        await Answer();
        Submissions.Enqueue((submission, caller));
        return new(submission.Id ?? "new", true, 36);
    }

    public async Task<CampaignStatus[]> List(Caller caller)
    {
        await Answer();
        return caller.Role == Role.Operator ? [Status(Mine, Owner), Status(Hers, "carol")] : [Status(Mine, Owner)];
    }

    public async Task<CampaignStatus> Status(string campaign, Caller caller)
    {
        await Known(campaign, caller);
        return Status(campaign, Owner);
    }

    public async Task<CampaignSubmission> Submission(string campaign, Caller caller)
    {
        await Known(campaign, caller);
        return new(Text, 64);
    }

    public async Task<ShardPage> Results(string campaign, int shard, long from, Caller caller)
    {
        await Known(campaign, caller);
        return new([[1, 2, 3], [], [(byte)shard]], from + 3, true);
    }

    public async Task<LogPage> Log(string campaign, long from, Caller caller)
    {
        await Known(campaign, caller);
        return new([new(1_767_225_600_123, "accepted")], from + 1);
    }

    public async Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller)
    {
        await Known(campaign, caller);
        Changes.Enqueue($"cancel {campaign}: {reason}");
        return Status(campaign, Owner) with { State = CampaignState.Cancelled, Reason = reason };
    }

    public async Task<CampaignStatus> Retry(string campaign, Caller caller)
    {
        await Known(campaign, caller);
        Changes.Enqueue($"retry {campaign}");
        return Status(campaign, Owner);
    }

    public async Task Remove(string campaign, Caller caller)
    {
        await Known(campaign, caller);
        Changes.Enqueue($"remove {campaign}");
    }

    public async Task<ClusterStatus> Cluster(Caller caller)
    {
        await Answer();
        var silo = new Grains.SiloStatus("s1", "0.1.0", 1_767_225_600_000, 12, "working", 5, 1e6, ["idle"], "host/1");
        return new([silo], 1, 31, 1_767_225_601_000);
    }

    private CampaignStatus Status(string campaign, string owner) => new(
        campaign, owner, State, 36, Done, 0, new() { ["done"] = Done }, null, null, 1_767_225_600_000, 0, "0.1.0",
        Priority.Normal);

    private async Task Known(string campaign, Caller caller)
    {
        await Answer();
        if (campaign != Mine && !(campaign == Hers && caller.Role == Role.Operator))
        {
            throw new GridException("UNKNOWN_CAMPAIGN", $"there is no campaign '{campaign}'");
        }
    }

    private async Task Answer()
    {
        await Gate;
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}

/// <summary>Health as a test wants it.</summary>
public sealed class FakeHealth : ISiloHealth
{
    public TimeSpan SinceRound { get; set; }

    public TimeSpan SinceProgress { get; set; }

    public bool IsDraining { get; set; }
}
