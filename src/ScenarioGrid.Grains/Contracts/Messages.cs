namespace ScenarioGrid.Grains;

/// <summary>Cells handed to one worker.</summary>
/// <param name="Campaign">Campaign id.</param>
/// <param name="Shard">Shard of the campaign.</param>
/// <param name="Token">Rises with every lease of the shard; a commit shows it.</param>
/// <param name="Attempt">Rises when the same cells are handed out again, so a new attempt never meets old
/// activations.</param>
/// <param name="Cells">Numbers of the cells.</param>
/// <param name="IsHedge">True when a late worker has the cells too.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.Lease")]
[Immutable]
public sealed record Lease(
    [property: Id(0)] string Campaign, [property: Id(1)] int Shard, [property: Id(2)] long Token,
    [property: Id(3)] int Attempt, [property: Id(4)] long[] Cells, [property: Id(5)] bool IsHedge = false);

/// <summary>Results of finished cells, as canonical bytes.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.ResultBatch")]
[Immutable]
public sealed record ResultBatch([property: Id(0)] byte[][] Results, [property: Id(1)] long PathTicks)
{
    public static ResultBatch Empty { get; } = new([], 0);
}

/// <summary>What a scenario has done since it was last asked.</summary>
/// <param name="Finished">Cells that are finished.</param>
/// <param name="Cell">Cell that is begun and not finished, or -1.</param>
/// <param name="IsDone">True when no cell is left.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.WorkReport")]
[Immutable]
public sealed record WorkReport(
    [property: Id(0)] ResultBatch Finished, [property: Id(1)] long Cell, [property: Id(2)] bool IsDone);

/// <summary>What one instance grain holds at the moment.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.InstanceView")]
[Immutable]
public sealed record InstanceView(
    [property: Id(0)] string Kind, [property: Id(1)] bool IsLent, [property: Id(2)] long Fence,
    [property: Id(3)] long Cell, [property: Id(4)] int Block, [property: Id(5)] int Tick, [property: Id(6)] long Bytes);
