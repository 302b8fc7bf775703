namespace ScenarioGrid.Grains;

/// <summary>
/// Conducts one coupled scenario after another on lent instances. Key: campaign / worker slot / attempt.
/// </summary>
[Alias("ScenarioGrid.IScenarioGrain")]
public interface IScenarioGrain : IGrainWithStringKey
{
    /// <summary>Takes cells to run; what was left of an earlier order is dropped.</summary>
    [Alias("Begin")]
    [ResponseTimeout("00:10:00")]
    Task Begin(Lease lease);

    /// <summary>Works for one window and tells what is finished.</summary>
    [Alias("Advance")]
    [ResponseTimeout("00:10:00")]
    Task<WorkReport> Advance(CancellationToken cancellation);
}

/// <summary>
/// One part of a scenario that is spread over silos: steps its own instances. Key: campaign / worker slot / attempt /
/// part.
/// </summary>
[Alias("ScenarioGrid.IPartGrain")]
public interface IPartGrain : IGrainWithStringKey
{
    /// <summary>Binds and starts the part for a cell and a block.</summary>
    [Alias("Start")]
    Task Start(string campaign, long cell, int block, int part, int parts);

    /// <summary>
    /// Takes the lanes of other parts, steps its instances of one stage, and gives its lanes that others read.
    /// </summary>
    [Alias("Step")]
    Task<LaneBlock[]> Step(int tick, int stage, LaneBlock[] received);

    /// <summary>
    /// The measures of the instances that this part steps: position of the measure and one value per path.
    /// </summary>
    [Alias("Measures")]
    Task<LaneBlock[]> Measures();
}
