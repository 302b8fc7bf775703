namespace ScenarioGrid.Grains;

/// <summary>What became of a batch of results.</summary>
/// <param name="Stored">New results.</param>
/// <param name="Repeated">Results that were there already, with equal hash.</param>
/// <param name="Stale">Results refused, because their cells are another worker's by now.</param>
/// <param name="Conflicts">Results that differ from stored ones.</param>
/// <param name="IsLive">True while the worker may go on with its lease.</param>
/// <param name="IsComplete">True when every cell of the shard has its result.</param>
public readonly record struct CommitSummary(
    int Stored, int Repeated, int Stale, int Conflicts, bool IsLive, bool IsComplete);
