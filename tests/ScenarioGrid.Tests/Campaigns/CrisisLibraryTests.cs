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

    /// <summary>What a role's dial is turned to, so many hours after the crisis begins, against what was
    /// published.</summary>
    [Theory]
    [InlineData("black-thursday-2020", "dai", 24, 1.10, 1e-9)]
    [InlineData("may-2021", "eth", 14, 0.5797, 1e-4)]
    [InlineData("ust-luna-2022", "ust", 36, 0.9857, 1e-4)]
    [InlineData("ust-luna-2022", "ust", 84, 0.6, 0.01)]
    [InlineData("ust-luna-2022", "ust", 108, 0.2998, 1e-4)]
    [InlineData("ust-luna-2022", "luna", 120, 0.69 / 80, 1e-4)]
    [InlineData("oracle-floor-2022", "luna", 24, 0.01, 1e-9)]
    [InlineData("steth-2022", "steth", 12, 0.98, 1e-9)]
    [InlineData("steth-2022", "steth", 36, 0.953, 1e-3)]
    [InlineData("steth-2022", "steth", 36 * 24, 0.94, 1e-3)]
    [InlineData("steth-2022", "pools", 36 * 24, 0.135, 0.005)]
    [InlineData("liquidity-flight-2022", "pools", 36 * 24, 0.135, 0.005)]
    [InlineData("liquidity-flight-2022", "books", 90 * 24, 0.60, 0.01)]
    [InlineData("ftx-2022", "sol", 7 * 24, 0.4, 1e-9)]
    [InlineData("ftx-2022", "ftt", 7 * 24, 0.1, 1e-9)]
    [InlineData("ftx-2022", "venues", 5 * 24, 0.43, 0.01)]
    [InlineData("ftx-2022", "venues", 92 * 24, 0.60, 0.01)]
    [InlineData("usdc-2023", "usdc", 32, 0.87, 1e-9)]
    [InlineData("usdc-2023", "dai", 32, 0.88, 1e-9)]
    [InlineData("usdc-2023", "frax", 32, 0.885, 1e-9)]
    [InlineData("usdc-2023", "usdt", 32, 1.06, 1e-9)]
    [InlineData("usdc-2023", "usdc", 24 + 60, 1, 0.005)]
    [InlineData("october-2025", "btc", 40.0 / 60, 0.86, 1e-9)]
    [InlineData("october-2025", "eth", 40.0 / 60, 0.84, 1e-9)]
    [InlineData("october-2025", "sol", 40.0 / 60, 0.69, 1e-9)]
    [InlineData("october-2025", "alts", 40.0 / 60, 0.20, 1e-9)]
    [InlineData("october-2025", "usde", 40.0 / 60, 0.65, 1e-9)]
    [InlineData("october-2025", "venues", 40.0 / 60, 0.02, 0.005)]
    [InlineData("otherside-2022", "chain", 1, 40, 1e-9)]
    public void The_published_numbers_are_reached_at_their_hours(
        string name, string role, double hours, double expected, double tolerance)
    {
        var player = Player(CrisisLibrary.Find(name)!, role);
        var campaign = Read($"    - {{crisis: {name}, {role}: {player}}}");
        var times = StressTimes.Of(campaign);
        var log = 0.0;
        foreach (var shock in campaign.Shocks.Where(s => hours * 3600 >= times.Of(s.Name).Onset
            && s.Kind.Shock!.Dial is "logShift" or "liquidityMultiple" or "demandMultiple"))
        {
            var seconds = hours * 3600 - times.Of(shock.Name).Onset;
            var value = shock.Kind.CreateShock(shock.Values).At(seconds, 1);
            log += shock.Kind.Shock!.Dial == "logShift" ? value : Math.Log(value);
        }

        Assert.Equal(expected, Math.Exp(log), tolerance);
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
