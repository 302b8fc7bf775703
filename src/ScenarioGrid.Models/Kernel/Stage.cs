namespace ScenarioGrid.Models.Kernel;

/// <summary>
/// The order of a tick. An instance sees this tick's outputs of earlier stages, and last tick's of its own and later
/// ones.
/// </summary>
public enum Stage
{
    Market,
    Chain,
    Service,
    Staking,
    Cryptography,
    Rollup,
    Bridge,
    Governance,
    Oracle,
    Protocol,
    Balancer,
    Venue,
    Defence,
}

/// <summary>Families of components: the folder of the model, the grain type, and the stage of the tick.</summary>
public static class Families
{
    private static readonly Dictionary<string, Stage> Stages = new(StringComparer.Ordinal)
    {
        ["Markets"] = Stage.Market,
        ["Chains"] = Stage.Chain,
        ["Services"] = Stage.Service,
        ["Staking"] = Stage.Staking,
        ["Cryptography"] = Stage.Cryptography,
        ["Rollups"] = Stage.Rollup,
        ["Bridges"] = Stage.Bridge,
        ["Governance"] = Stage.Governance,
        ["Oracles"] = Stage.Oracle,
        ["Lending"] = Stage.Protocol,
        ["Margin"] = Stage.Protocol,
        ["Options"] = Stage.Protocol,
        ["Bonds"] = Stage.Protocol,
        ["Portfolios"] = Stage.Protocol,
        ["Attacks"] = Stage.Protocol,
        ["Balancers"] = Stage.Balancer,
        ["Venues"] = Stage.Venue,
        ["Defences"] = Stage.Defence,
    };

    /// <summary>All family names.</summary>
    public static IReadOnlyCollection<string> Names => Stages.Keys;

    /// <summary>The stage of a family.</summary>
    /// <exception cref="ArgumentException">No family has that name.</exception>
    public static Stage StageOf(string family) => Stages.TryGetValue(family, out var stage)
        ? stage
        : throw new ArgumentException(
            $"'{family}' is no family of components; known: {string.Join(", ", Stages.Keys)}");
}
