using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ScenarioGrid.Grains;

/// <inheritdoc cref="ICampaignGrain"/>
[Reentrant]
public sealed class CampaignGrain(
    [PersistentState("campaign", Storage.Ledger)] IPersistentState<CampaignLedger> ledger,
    PlanCache plans, IGrainFactory grains, ILogger<CampaignGrain> log) : Grain, ICampaignGrain
{
    private CampaignProgress? _progress;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _progress = ledger.State.Submission is { } known ? CampaignProgress.Of(plans.Make(known)) : null;
        return Task.CompletedTask;
    }

    public async Task<CampaignStatus> Submit(CampaignSubmission submission)
    {
        if (ledger.State.IsNew(submission, Id))
        {
            _progress = CampaignProgress.Of(plans.Make(submission));
            ledger.State.Submission = submission;
            await ledger.WriteStateAsync();
            log.LogInformation("campaign {Campaign} accepted: {Cells} cells", Id, _progress.Cells);
        }

        return await Status();
    }

    public Task Start() => Known().IsRunning ? Queue().Add(Id) : Task.CompletedTask;

    public Task<CampaignSubmission> Submission() => Task.FromResult(Known().Submission!);

    public Task<CampaignStatus> Status()
    {
        var known = Known();
        return Task.FromResult(_progress!.Status(known.State, known.Reason));
    }

    public async Task<Lease?> Lease(string worker, int workers)
    {
        var known = Known();
        var most = _progress!.CellsToLease(workers);
        foreach (var shard in known.IsRunning ? _progress.OpenShards() : [])
        {
            if (await grains.GetGrain<IShardGrain>($"{Id}/{shard}").Lease(worker, most) is { } lease)
            {
                _progress.LeasedFrom(shard);
                return lease;
            }
        }

        return null;
    }

    public Task Progress(int shard, int done, int failed, long pathTicks, int repeated, bool isComplete)
    {
        _progress!.Report(shard, done, failed, pathTicks, repeated, isComplete);
        return _progress.IsComplete && ledger.State.IsRunning ? End(CampaignState.Completed, null) : Task.CompletedTask;
    }

    public Task Cancel(string reason) => Known().IsRunning ? End(CampaignState.Cancelled, reason) : Task.CompletedTask;

    private CampaignLedger Known() => ledger.State.Known(Id);

    private IQueueGrain Queue() => grains.GetGrain<IQueueGrain>(Storage.Queue);

    private async Task End(CampaignState state, string? reason)
    {
        (ledger.State.State, ledger.State.Reason) = (state, reason);
        await ledger.WriteStateAsync();
        await Queue().Remove(Id);
    }
}
