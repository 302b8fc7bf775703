namespace ScenarioGrid.Grains;

/// <summary>What a shard grain keeps: results by cell, in the order they came.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.ShardLedger")]
public sealed class ShardLedger
{
    [Id(0)]
    public List<byte[]> Results { get; set; } = [];

    [Id(1)]
    public long PathTicks { get; set; }

    [Id(2)]
    public int Repeated { get; set; }
}
