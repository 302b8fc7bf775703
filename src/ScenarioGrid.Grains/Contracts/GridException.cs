namespace ScenarioGrid.Grains;

/// <summary>The one exception that crosses grain borders: a code for programs and a sentence for people.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.GridException")]
public sealed class GridException : Exception
{
    public GridException(string code, string message, long cell = -1)
        : base(message) => (Code, Cell) = (code, cell);

    /// <summary>UNKNOWN_CAMPAIGN, CANCELLED, BUSY, INTERNAL and the codes of campaign problems.</summary>
    [Id(0)]
    public string Code { get; }

    /// <summary>The cell that broke, or -1.</summary>
    [Id(1)]
    public long Cell { get; }
}
