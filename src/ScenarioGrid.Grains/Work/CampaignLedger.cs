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

    /// <summary>True while cells of the campaign may be handed out.</summary>
    public bool IsRunning => State == CampaignState.Running;

    /// <summary>The ledger itself, when it has a campaign.</summary>
    /// <param name="campaign">Id of the campaign, for the message.</param>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN: nothing was submitted under the id.</exception>
    public CampaignLedger Known(string campaign) => Submission is not null
        ? this
        : throw new GridException("UNKNOWN_CAMPAIGN", $"there is no campaign '{campaign}'");

    /// <summary>True when nothing was submitted yet, false when the same campaign was.</summary>
    /// <param name="submission">What is handed in.</param>
    /// <param name="campaign">Id of the campaign, for the message.</param>
    /// <exception cref="GridException">CONFLICT: the id has another text.</exception>
    public bool IsNew(CampaignSubmission submission, string campaign) => Submission is null
        || (Submission == submission
            ? false
            : throw new GridException("CONFLICT", $"campaign '{campaign}' was submitted with another text"));
}
