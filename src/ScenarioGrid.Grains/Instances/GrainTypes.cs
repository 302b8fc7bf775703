namespace ScenarioGrid.Grains;

/// <summary>Which grain holds a component of which family.</summary>
public static class GrainTypes
{
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "markets", "chains", "staking", "cryptography", "rollups", "bridges", "governance", "oracles", "attacks",
        "balancers", "venues", "defences",
    };

    private static readonly HashSet<string> Protocols = new(StringComparer.Ordinal)
    {
        "lending", "margin", "options", "bonds", "portfolios",
    };

    /// <summary>
    /// Grain type of a family: the folder name, "protocols" for the protocol families, else "components".
    /// </summary>
    public static string Of(string family)
    {
        var name = family.ToLowerInvariant();
        return Own.Contains(name) ? name : Protocols.Contains(name) ? "protocols" : "components";
    }
}
