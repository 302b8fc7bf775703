using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Tests.Campaigns;

public class CrisisLibraryTests
{
    private static readonly string[] Sourced =
    [
        "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "A1", "A2", "A3", "B1", "B2", "B3", "O1a", "O1b", "O1c", "O2a",
        "O2b", "O2c", "O2d", "O2e", "O2f", "G1", "L1", "D1",
    ];

    public static TheoryData<string> Names => [.. CrisisLibrary.All.Select(c => c.Name)];

    [Fact]
    public void Every_recorded_crisis_is_there_once_and_tells_its_source()
    {
        Assert.Equal(Sourced.Order(StringComparer.Ordinal),
            CrisisLibrary.All.Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.All(CrisisLibrary.All, c => Assert.True(c.About.Length > 40 && c.Source.Length > 5, c.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_role_is_played_in_some_part(string name)
    {
        var crisis = CrisisLibrary.Find(name)!;
        Assert.All(crisis.Roles, r => Assert.Contains(crisis.Parts, p => p.Roles.Contains(r.Name)));
        Assert.All(crisis.Parts, p => Assert.NotEmpty(p.Roles));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_crisis_strikes_a_whole_system_and_at_severity_0_nothing(string name)
    {
        var crisis = CrisisLibrary.Find(name)!;
        var cast = string.Join(", ", crisis.Roles.Select(r => $"{r.Name}: {Player(crisis, r.Name)}"));
        var struck = Read($"    - {{at: 2h, crisis: {name}, name: it, {cast}}}");
        Assert.Equal(crisis.Parts.Count, struck.Shocks.Count + struck.Instances.Count(i => i.Kind.IsAttack));
        Assert.All(struck.Shocks, s => Assert.StartsWith("it-", s.Name, StringComparison.Ordinal));

        var calm = Statistics(Read(""));
        var stricken = Statistics(struck);
        var spared = Statistics(Read($"    - {{at: 2h, crisis: {name}, name: it, severity: 0, {cast}}}"));
        Assert.All(calm, m => Assert.Equal(m.Value, spared[m.Key]));
        Assert.All(spared.Where(m => m.Key.EndsWith(".cost", StringComparison.Ordinal)), m => Assert.Equal(0, m.Value));
        Assert.Contains(stricken, m => m.Value != spared[m.Key]);
    }

    [Fact]
    public void Roles_that_nobody_plays_stay_calm()
    {
        var campaign = Read("    - {at: 1h, crisis: black-thursday-2020, eth: eth}");

        Assert.Equal(["price-path", "volatility", "correlation"], campaign.Shocks.Select(s => s.Kind.Name));
        Assert.All(campaign.Shocks, s => Assert.Equal("eth", s.Target));
    }

    [Fact]
    public void A_role_can_be_played_by_several()
    {
        var campaign = Read("    - {at: 1h, crisis: ftx-2022, venues: [pool, book]}");

        Assert.Equal(["pool", "book"], campaign.Shocks.Select(s => s.Target));
        Assert.Equal(3600 + 2 * 86_400, StressTimes.Of(campaign).Of(campaign.Shocks[1].Name).Onset);
    }

    [Fact]
    public void A_data_file_that_is_not_whole_is_refused() =>
        Assert.Throws<FormatException>(() => CrisisLibrary.Parse("x.yaml", "id: X\nabout: y\n"u8.ToArray()));

    /// <summary>An instance that fits where the role stands in the first part that names it.</summary>
    private static string Player(Crisis crisis, string role)
    {
        var entry = crisis.Parts.First(p => p.Roles.Contains(role)).Entry;
        var slot = entry.Entries.First(e => e.Value is SpecScalar s && s.Text == role).Key;
        var isBridge = entry.TryGet("attack", out var attack) && ((SpecScalar)attack).Text.StartsWith("bridge",
            StringComparison.Ordinal);
        return slot switch
        {
            "market" => "eth",
            "chain" => "ethereum",
            "venue" => "pool",
            "lending" => "vaults",
            _ => isBridge ? "bridge" : "twap",
        };
    }

    /// <summary>Statistics of all measures by name.</summary>
    private static Dictionary<string, double> Statistics(Campaign campaign)
    {
        var plan = new ScenarioPlan(campaign);
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [0]);
        runner.Advance(long.MaxValue / 2);
        var result = Assert.Single(runner.TakeResults());
        Assert.Null(result.Error);
        return campaign.Measures.SelectMany((m, i) => campaign.Statistics.Select((s, k) => (Name: $"{s} of {m.Name}",
            result.At(i, k, campaign.Statistics.Count).Value))).ToDictionary(m => m.Name, m => m.Value);
    }

    private static Campaign Read(string stress)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read($$"""
            version: 1
            campaign: crisis
            seed: 1
            paths: 8
            scenario:
              horizon: 12h
              tick: 10m
              instances:
                eth: {kind: merton-jump-market}
                ethereum: {kind: proof-of-stake-chain, market: eth}
                pool: {kind: constant-product-venue, market: eth, chain: ethereum}
                book: {kind: constant-product-venue, market: eth, chain: ethereum}
                twap: {kind: twap-oracle, venue: pool}
                vaults: {kind: cdp-lending, oracle: twap, router: pool, chain: ethereum}
                bridge: {kind: multisig-bridge, chain: ethereum}
            {{(stress.Length > 0 ? "  stress:" : "")}}
            {{stress}}
            """, ComponentCatalog.Default, problems);
        Assert.Equal("", problems.ToString());
        return campaign!;
    }
}
