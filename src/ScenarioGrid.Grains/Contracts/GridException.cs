namespace ScenarioGrid.Grains;

/// <summary>The one exception that crosses grain borders: a code for programs and a sentence for people.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.GridException")]
public sealed class GridException : Exception
{
    public GridException(string code, string message)
        : base(message) => Code = code;

    /// <summary>UNKNOWN_CAMPAIGN, CANCELLED, BUSY, INTERNAL and the codes of campaign problems.</summary>
    [Id(0)]
    public string Code { get; }
}
