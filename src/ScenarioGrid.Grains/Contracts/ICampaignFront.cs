namespace ScenarioGrid.Grains;

/// <summary>
/// All that a console can ask of a grid. One contract for the Orleans client inside the trust zone, for HTTP from
/// outside, and for the grid inside the console's own process.
/// </summary>
/// <remarks>
/// Every question says who asks. A campaign of another owner is answered like one that does not exist, except to an
/// operator. Every call is idempotent, so a caller whose answer was lost asks again.
/// </remarks>
public interface ICampaignFront
{
    /// <summary>
    /// Accepts a campaign: answered only after it is stored. The same text, paths of a block and engine by the same
    /// owner are the same campaign, and a second submission answers with its id.
    /// </summary>
    /// <exception cref="GridException">INVALID: the text is no valid campaign. CONFLICT: the wanted id has another
    /// text. BUSY: the owner or the cluster has as much work as it may. FORBIDDEN: a viewer asks.</exception>
    [Alias("Submit")]
    Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller);

    /// <summary>The campaigns that the caller may see, newest first.</summary>
    [Alias("List")]
    Task<CampaignStatus[]> List(Caller caller);

    /// <summary>How far a campaign is.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN. STORE_LOST: the store forgot what it had accepted.</exception>
    [Alias("Status")]
    Task<CampaignStatus> Status(string campaign, Caller caller);

    /// <summary>What was submitted.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN.</exception>
    [Alias("Submission")]
    Task<CampaignSubmission> Submission(string campaign, Caller caller);

    /// <summary>Results of a shard in the order they came, from a position on; a later result of a cell replaces an
    /// earlier one.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN.</exception>
    [Alias("Results")]
    Task<ShardPage> Results(string campaign, int shard, long from, Caller caller);

    /// <summary>What happened to a campaign, from a position on: accepted, hedged, quarantined, ended.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN.</exception>
    [Alias("Log")]
    Task<LogPage> Log(string campaign, long from, Caller caller);

    /// <summary>Ends a running campaign; finished cells stay readable. Does nothing to an ended one.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN, FORBIDDEN.</exception>
    [Alias("Cancel")]
    Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller);

    /// <summary>Runs the quarantined cells of an ended campaign again.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN, FORBIDDEN, NOT_ENDED.</exception>
    [Alias("Retry")]
    Task<CampaignStatus> Retry(string campaign, Caller caller);

    /// <summary>Forgets an ended campaign and its results.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN, FORBIDDEN, NOT_ENDED.</exception>
    [Alias("Remove")]
    Task Remove(string campaign, Caller caller);

    /// <summary>The silos, their work and what waits.</summary>
    [Alias("Cluster")]
    Task<ClusterStatus> Cluster(Caller caller);
}

/// <summary>The front of the silo that a client is connected to. Any key; the only grain that clients may
/// call.</summary>
[Alias("ScenarioGrid.IFrontGrain")]
public interface IFrontGrain : ICampaignFront, IGrainWithIntegerKey;
