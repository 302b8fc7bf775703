namespace ScenarioGrid.Grains;

/// <summary>Names that silos and clients share.</summary>
public static class Storage
{
    /// <summary>The grain storage of the ledgers.</summary>
    public const string Ledger = "ledger";

    /// <summary>Key of the queue grain.</summary>
    public const string Queue = "queue";
}
