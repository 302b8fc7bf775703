using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Bench;

/// <summary>The reference campaign: one coupled system of four instances, 1,000 ticks of 10 minutes.</summary>
public static class ReferenceCampaign
{
    /// <summary>The kinds of the bench project, beside those of ScenarioGrid.</summary>
    public static ComponentCatalog Catalog { get; } =
        new(typeof(ComponentCatalog).Assembly, typeof(ReferenceCampaign).Assembly);

    /// <summary>The campaign file.</summary>
    /// <param name="paths">Monte Carlo paths of the one cell.</param>
    /// <param name="skipIdle">Skip groups of paths in which nothing can be liquidated.</param>
    public static string Text(int paths, bool skipIdle) => $$"""
        version: 1
        campaign: reference
        seed: 20240607
        paths: {{paths}}
        scenario:
          horizon: 600000s
          tick: 10m
          instances:
            market: {kind: reference-market}
            oracle: {kind: reference-oracle, venue: pool}
            vaults: {kind: reference-lending, oracle: oracle, market: market, venue: pool, skipIdle: {{Word(skipIdle)}}}
            pool: {kind: reference-pool, market: market}
        objectives:
          robustness: minimise vaults.badDebt.mean
        """;

    private static string Word(bool isOn) => isOn ? "true" : "false";

    /// <summary>Reads a campaign of the bench.</summary>
    /// <exception cref="InvalidOperationException">The text is not valid.</exception>
    public static Campaign Read(string text)
    {
        var problems = new Problems();
        return CampaignFile.Read(text, Catalog, problems) ?? throw new InvalidOperationException(problems.ToString());
    }
}
