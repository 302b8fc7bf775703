using Orleans.Concurrency;

namespace ScenarioGrid.Grains;

/// <inheritdoc cref="IFrontGrain"/>
/// <remarks>A client is answered by the silo that it is connected to: no other silo can hold it up.</remarks>
[StatelessWorker]
[Reentrant]
public sealed class FrontGrain(CampaignFront front) : Grain, IFrontGrain
{
    public Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller) => front.Submit(submission, caller);

    public Task<CampaignStatus[]> List(Caller caller) => front.List(caller);

    public Task<CampaignStatus> Status(string campaign, Caller caller) => front.Status(campaign, caller);

    public Task<CampaignSubmission> Submission(string campaign, Caller caller) => front.Submission(campaign, caller);

    public Task<ShardPage> Results(string campaign, int shard, long from, Caller caller) =>
        front.Results(campaign, shard, from, caller);

    public Task<LogPage> Log(string campaign, long from, Caller caller) => front.Log(campaign, from, caller);

    public Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller) =>
        front.Cancel(campaign, reason, caller);

    public Task<CampaignStatus> Retry(string campaign, Caller caller) => front.Retry(campaign, caller);

    public Task Remove(string campaign, Caller caller) => front.Remove(campaign, caller);

    public Task<ClusterStatus> Cluster(Caller caller) => front.Cluster(caller);
}
