using System.Collections;
using Orleans.Concurrency;
using Microsoft.Extensions.Logging;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>What a campaign grain keeps.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.CampaignLedger")]
public sealed class CampaignLedger
{
    [Id(0)]
    public CampaignSubmission? Submission { get; set; }

    [Id(1)]
    public CampaignState State { get; set; }

    [Id(2)]
    public string? Reason { get; set; }
}

/// <inheritdoc cref="ICampaignGrain"/>
[Reentrant]
public sealed class CampaignGrain(
    [PersistentState("campaign", Storage.Ledger)] IPersistentState<CampaignLedger> ledger,
    PlanCache plans, IGrainFactory grains, ILogger<CampaignGrain> log) : Grain, ICampaignGrain
{
    private readonly Dictionary<int, (int Done, int Failed, long PathTicks, int Repeated)> _progress = [];
    private BitArray _complete = new(0);
    private ScenarioPlan? _plan;
    private int _next;

    private int Shards => (int)((_plan!.Cells.Count + IShardGrain.Cells - 1) / IShardGrain.Cells);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (ledger.State.Submission is { } known)
        {
            Open(plans.Make(known));
            await Task.CompletedTask;
        }
    }

    public async Task<CampaignStatus> Submit(CampaignSubmission submission)
    {
        if (ledger.State.Submission is null)
        {
            Open(plans.Make(submission));
            ledger.State.Submission = submission;
            await ledger.WriteStateAsync();
            log.LogInformation("campaign {Campaign} accepted: {Cells} cells",
                this.GetPrimaryKeyString(), _plan!.Cells.Count);
        }
        else if (ledger.State.Submission != submission)
        {
            throw new GridException(
                "CONFLICT", $"campaign '{this.GetPrimaryKeyString()}' was submitted with another text");
        }

        return Read();
    }

    public Task Start() => Known().State == CampaignState.Running
        ? grains.GetGrain<IQueueGrain>(Storage.Queue).Add(this.GetPrimaryKeyString())
        : Task.CompletedTask;

    public Task<CampaignSubmission> Submission() => Task.FromResult(Known().Submission!);

    public Task<CampaignStatus> Status()
    {
        Known();
        return Task.FromResult(Read());
    }

    public async Task<Lease?> Lease(string worker, int workers)
    {
        if (Known().State != CampaignState.Running)
        {
            return null;
        }

        // Work that fills some 8 windows, but never so much that the other workers run dry at the end.
        var perCell = Math.Max(1, (long)_plan!.Campaign.Paths * _plan.Campaign.Ticks);
        var share = Math.Max(1, (_plan.Cells.Count - Read().Done) / (2L * Math.Max(1, workers)));
        var most = (int)Math.Min(Math.Clamp(8 * CellRunner.WindowOf(_plan) / perCell, 1, IShardGrain.Cells), share);
        for (var tried = 0; tried < Shards; tried++)
        {
            var shard = (_next + tried) % Shards;
            if (!_complete[shard] && await Shard(shard).Lease(worker, most) is { } lease)
            {
                _next = shard;
                return lease;
            }
        }

        return null;
    }

    public async Task Progress(int shard, int done, int failed, long pathTicks, int repeated, bool isComplete)
    {
        _progress[shard] = (done, failed, pathTicks, repeated);
        _complete[shard] = isComplete;
        if (Read().Done == _plan!.Cells.Count && ledger.State.State == CampaignState.Running)
        {
            await End(CampaignState.Completed, null);
        }
    }

    public Task Cancel(string reason) =>
        Known().State == CampaignState.Running ? End(CampaignState.Cancelled, reason) : Task.CompletedTask;

    private void Open(ScenarioPlan plan)
    {
        _plan = plan;
        _complete = new BitArray(Shards);
    }

    private CampaignLedger Known() => ledger.State.Submission is not null
        ? ledger.State
        : throw new GridException("UNKNOWN_CAMPAIGN", $"there is no campaign '{this.GetPrimaryKeyString()}'");

    private CampaignStatus Read()
    {
        var sums = _progress.Values.Aggregate((Done: 0L, Failed: 0L, PathTicks: 0L, Repeated: 0L), (s, p) =>
            (s.Done + p.Done, s.Failed + p.Failed, s.PathTicks + p.PathTicks, s.Repeated + p.Repeated));
        return new CampaignStatus(ledger.State.State, _plan!.Cells.Count, sums.Done, sums.Failed, sums.PathTicks,
            sums.Repeated, ledger.State.Reason);
    }

    private async Task End(CampaignState state, string? reason)
    {
        (ledger.State.State, ledger.State.Reason) = (state, reason);
        await ledger.WriteStateAsync();
        await grains.GetGrain<IQueueGrain>(Storage.Queue).Remove(this.GetPrimaryKeyString());
    }

    private IShardGrain Shard(int shard) => grains.GetGrain<IShardGrain>($"{this.GetPrimaryKeyString()}/{shard}");
}
