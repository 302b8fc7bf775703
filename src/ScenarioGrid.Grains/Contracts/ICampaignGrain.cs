namespace ScenarioGrid.Grains;

/// <summary>
/// One campaign: accepts it once, knows its shards, cancels; never holds a cell's data. Key: campaign id.
/// </summary>
[Alias("ScenarioGrid.ICampaignGrain")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>
    /// Accepts the campaign; a second equal submission changes nothing. Work begins with <see cref="Start"/>.
    /// </summary>
    /// <exception cref="GridException">INVALID: the text is no valid campaign. CONFLICT: the id has another
    /// text.</exception>
    [Alias("Submit")]
    Task<CampaignStatus> Submit(CampaignSubmission submission);

    /// <summary>Lets the workers have the campaign: after results of an earlier run were put into its shards.</summary>
    [Alias("Start")]
    Task Start();

    /// <summary>What was submitted.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN.</exception>
    [Alias("Submission")]
    Task<CampaignSubmission> Submission();

    [Alias("Status")]
    Task<CampaignStatus> Status();

    /// <summary>Cells for a worker, or null when nothing is free now.</summary>
    [Alias("Lease")]
    Task<Lease?> Lease(string worker, int workers);

    /// <summary>A shard tells what came in.</summary>
    [Alias("Progress")]
    Task Progress(int shard, int done, int failed, long pathTicks, int repeated, bool isComplete);

    /// <summary>Ends the campaign; finished cells stay readable.</summary>
    [Alias("Cancel")]
    Task Cancel(string reason);
}

/// <summary>The campaigns that want work, in order of arrival. One grain, key "queue".</summary>
[Alias("ScenarioGrid.IQueueGrain")]
public interface IQueueGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task Add(string campaign);

    [Alias("Remove")]
    Task Remove(string campaign);

    /// <summary>Cells for a worker from the next campaign that has some, or null.</summary>
    [Alias("Lease")]
    Task<Lease?> Lease(string worker, int workers);
}
