using System.Collections.Concurrent;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Grains;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;
using SiloStatus = ScenarioGrid.Grains.SiloStatus;

namespace ScenarioGrid.Cli.Tests.Cluster;

/// <summary>A grid that computes nothing: campaigns whose states and results a test sets.</summary>
internal sealed class FakeFront : ICampaignFront
{
    public ConcurrentDictionary<string, FakeCampaign> Campaigns { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls by name, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Runs before each call; may throw or wait.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a campaign becomes when it is submitted.</summary>
    public Func<CampaignSubmission, FakeCampaign> Accepts { get; set; } = s => FakeCampaign.Running(s);

    public FakeCampaign this[string id] => Campaigns[id];

    public async Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller)
    {
        await Called(nameof(Submit));
        var id = submission.Id ?? "small-01";
        var isNew = Campaigns.TryAdd(id, Accepts(submission));
        Campaigns[id].Status = Campaigns[id].Status with { Campaign = id, Owner = caller.Name };
        return new SubmitAnswer(id, isNew, Campaigns[id].Status.Cells);
    }

    public async Task<CampaignStatus[]> List(Caller caller)
    {
        await Called(nameof(List));
        return [.. Campaigns.Values.Select(c => c.Status).OrderBy(s => s.Campaign, StringComparer.Ordinal)];
    }

    public async Task<CampaignStatus> Status(string campaign, Caller caller)
    {
        await Called(nameof(Status));
        return Known(campaign).Status;
    }

    public async Task<CampaignSubmission> Submission(string campaign, Caller caller)
    {
        await Called(nameof(Submission));
        return Known(campaign).Submission;
    }

    public async Task<ShardPage> Results(string campaign, int shard, long from, Caller caller)
    {
        await Called(nameof(Results));
        var known = Known(campaign);
        var entries = known.Entries(shard);
        return new ShardPage([.. entries.Skip((int)from)], entries.Count, known.Status.HasEnded);
    }

    public async Task<LogPage> Log(string campaign, long from, Caller caller)
    {
        await Called(nameof(Log));
        return new LogPage([.. Known(campaign).Log.Skip((int)from)], Known(campaign).Log.Count);
    }

    public async Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller)
    {
        await Called(nameof(Cancel));
        var known = Known(campaign);
        return known.Status = known.Status with { State = CampaignState.Cancelled, Reason = reason };
    }

    public async Task<CampaignStatus> Retry(string campaign, Caller caller)
    {
        await Called(nameof(Retry));
        var known = Known(campaign);
        return known.Status = known.Status with
        {
            State = CampaignState.Running, Done = known.Status.Done - known.Status.Failed, Failed = 0,
            ResultHash = null,
        };
    }

    public async Task Remove(string campaign, Caller caller)
    {
        await Called(nameof(Remove));
        Campaigns.TryRemove(campaign, out _);
    }

    public async Task<ClusterStatus> Cluster(Caller caller)
    {
        await Called(nameof(Cluster));
        SiloStatus Silo(string name, string state) => new(
            name, RunFolder.EngineVersion, 0, 40, state, 17, 2e6, ["idle", "small-01 cell 3"], $"host/{name}");
        return new ClusterStatus([Silo("a", "working"), Silo("b", "silent")], 1, 42, 90_000);
    }

    private FakeCampaign Known(string id) => Campaigns.TryGetValue(id, out var known)
        ? known
        : throw new GridException("UNKNOWN_CAMPAIGN", $"there is no campaign '{id}'");

    private async Task Called(string name)
    {
        Calls.Enqueue(name);
        await Before(name);
    }
}

/// <summary>A campaign of the fake grid.</summary>
internal sealed class FakeCampaign
{
    private readonly ConcurrentDictionary<int, List<byte[]>> _entries = new();

    public required CampaignSubmission Submission { get; init; }

    public required CampaignStatus Status { get; set; }

    public List<LogLine> Log { get; } = [new LogLine(1_000, "accepted"), new LogLine(61_500, "completed")];

    /// <summary>Results of a shard, as packed batches in the order they came.</summary>
    public Func<int, IReadOnlyList<byte[]>> Entries { get; set; } = _ => [];

    /// <summary>A campaign that was just accepted.</summary>
    public static FakeCampaign Running(CampaignSubmission submission)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read(
            "test", System.Text.Encoding.UTF8.GetBytes(submission.Text), ComponentCatalog.Default, problems)!;
        var made = new FakeCampaign
        {
            Submission = submission,
            Status = new CampaignStatus(submission.Id ?? "small-01", "ada", CampaignState.Running,
                new CellGrid(campaign.Sweep, campaign.Seed).Count, 0, 0, new() { ["pathTicks"] = 0 }, null, null,
                1_000, 0, RunFolder.EngineVersion, Priority.Normal),
        };
        made.Entries = shard => made._entries.TryGetValue(shard, out var list) ? list : [];
        return made;
    }

    /// <summary>A campaign with all its results.</summary>
    public static FakeCampaign Completed(CampaignSubmission submission, IReadOnlyList<CellResult> results)
    {
        var made = Running(submission);
        made.Bring(results);
        made.Complete(results);
        return made;
    }

    /// <summary>Results come in, one batch for each shard.</summary>
    public void Bring(IEnumerable<CellResult> results)
    {
        foreach (var shard in results.GroupBy(r => (int)(r.Cell / Shard.Cells)))
        {
            var list = _entries.GetOrAdd(shard.Key, _ => []);
            lock (list)
            {
                list.Add(PackedResults.Pack([.. shard.Select(r => r.ToBytes())]));
            }

            Status = Status with
            {
                Done = Status.Done + shard.Count(), Failed = Status.Failed + shard.Count(r => r.Error is not null),
            };
        }
    }

    /// <summary>Ends the campaign.</summary>
    public void Complete(IReadOnlyList<CellResult> results) => Status = Status with
    {
        State = CampaignState.Completed, EndedMs = 61_000,
        ResultHash = CellResult.Hash(results.OrderBy(r => r.Cell)),
    };
}
