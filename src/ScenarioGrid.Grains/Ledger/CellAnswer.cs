namespace ScenarioGrid.Grains;

/// <summary>What became of one result.</summary>
public enum CellAnswer
{
    /// <summary>It is in.</summary>
    Stored,

    /// <summary>An equal result was there already.</summary>
    Repeated,

    /// <summary>The cell is not the worker's any more: nothing changed.</summary>
    Stale,

    /// <summary>Another result is there: the engine is not deterministic, or bits broke.</summary>
    Conflict,
}
