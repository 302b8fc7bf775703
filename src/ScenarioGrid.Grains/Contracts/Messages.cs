namespace ScenarioGrid.Grains;

/// <summary>
/// A campaign as it is handed in: its text says everything, so every silo can make the same plan from it.
/// </summary>
/// <param name="Text">The campaign file with all overrides applied.</param>
/// <param name="BlockPaths">Paths of a block.</param>
/// <param name="Spread">True when each scenario is stepped by parts on several silos.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.CampaignSubmission")]
[Immutable]
public sealed record CampaignSubmission(
    [property: Id(0)] string Text, [property: Id(1)] int BlockPaths, [property: Id(2)] bool Spread);

/// <summary>How far a campaign is.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.CampaignState")]
public enum CampaignState
{
    Running,
    Completed,
    Cancelled,
}

/// <summary>How far a campaign is, in numbers.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Cells">Cells of the sweep.</param>
/// <param name="Done">Cells with a result, failed ones among them.</param>
/// <param name="Failed">Cells that failed.</param>
/// <param name="PathTicks">Path-ticks computed for accepted results.</param>
/// <param name="Repeated">Cells computed more than once, because a lease ran out.</param>
/// <param name="Reason">Why it was cancelled.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.CampaignStatus")]
[Immutable]
public sealed record CampaignStatus(
    [property: Id(0)] CampaignState State, [property: Id(1)] long Cells, [property: Id(2)] long Done,
    [property: Id(3)] long Failed, [property: Id(4)] long PathTicks, [property: Id(5)] long Repeated,
    [property: Id(6)] string? Reason);

/// <summary>Cells handed to one worker until a deadline.</summary>
/// <param name="Campaign">Campaign id.</param>
/// <param name="Shard">Shard of the campaign.</param>
/// <param name="Token">Rises with every lease of the shard; a commit shows it.</param>
/// <param name="Attempt">Rises when the same cells are handed out again, so a new attempt never meets old
/// activations.</param>
/// <param name="Cells">Numbers of the cells.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.Lease")]
[Immutable]
public sealed record Lease(
    [property: Id(0)] string Campaign, [property: Id(1)] int Shard, [property: Id(2)] long Token,
    [property: Id(3)] int Attempt, [property: Id(4)] long[] Cells);

/// <summary>Results of finished cells, as canonical bytes.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.ResultBatch")]
[Immutable]
public sealed record ResultBatch([property: Id(0)] byte[][] Results, [property: Id(1)] long PathTicks)
{
    public static ResultBatch Empty { get; } = new([], 0);
}

/// <summary>What a scenario has done since it was last asked.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.WorkReport")]
[Immutable]
public sealed record WorkReport([property: Id(0)] ResultBatch Finished, [property: Id(1)] bool IsDone);

/// <summary>Answer to a commit.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.CommitAnswer")]
public enum CommitAnswer
{
    /// <summary>Stored.</summary>
    Stored,

    /// <summary>The token is stale, and another worker's equal results are there already.</summary>
    Duplicate,

    /// <summary>The token is stale or the results differ from stored ones: nothing is changed.</summary>
    Refused,
}

/// <summary>Results of a shard from one position on.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.ShardPage")]
[Immutable]
public sealed record ShardPage(
    [property: Id(0)] byte[][] Results, [property: Id(1)] int Next, [property: Id(2)] bool IsComplete);

/// <summary>What one instance grain holds at the moment.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.InstanceView")]
[Immutable]
public sealed record InstanceView(
    [property: Id(0)] string Kind, [property: Id(1)] bool IsLent, [property: Id(2)] long Fence,
    [property: Id(3)] long Cell, [property: Id(4)] int Block, [property: Id(5)] int Tick, [property: Id(6)] long Bytes);
