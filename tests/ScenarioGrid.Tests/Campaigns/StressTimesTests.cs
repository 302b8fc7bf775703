using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Tests.Campaigns;

public class StressTimesTests
{
    private const string Falls = """
        - {name: first, at: 1h, shock: price-jump, market: eth, severity: 2, scale: 3,
           with: [{name: inner, at: 10m, shock: volatility, market: eth, severity: 0.5, scale: 2}]}
        - {name: second, after: first, at: 30m, shock: price-jump, market: eth}
        - {name: third, after: inner, shock: price-jump, market: eth}
        """;

    [Fact]
    public void An_entry_follows_another_and_a_part_shares_its_severity_and_scale()
    {
        var times = StressTimes.Of(Read(Falls));

        Assert.Equal((3600.0, 2.0, 3.0), Numbers(times, "first"));
        Assert.Equal((3600 + 3 * 600.0, 1.0, 6.0), Numbers(times, "inner"));
        Assert.Equal((5400.0, 1.0, 1.0), Numbers(times, "second"));
        Assert.Equal((5400.0, 1.0, 1.0), Numbers(times, "third"));
    }

    [Fact]
    public void A_swept_onset_moves_all_that_follow()
    {
        var plan = new ScenarioPlan(Read(Falls, "sweep: {first.at: [1h, 5h], first.severity: [0, 2]}"));

        var late = plan.ShocksOf(plan.Cells.Settings(3));
        Assert.Equal([18_000, 19_800, 19_800, 19_800], late.Select(s => s.Moment.Onset));
        var calm = plan.ShocksOf(plan.Cells.Settings(0));
        Assert.Equal([0, 0, 1, 1], calm.Select(s => s.Moment.Severity));
    }

    [Fact]
    public void Jitter_delays_all_that_follow_by_the_same_time()
    {
        var plan = new ScenarioPlan(Read("""
            - {name: first, at: 1h, jitter: 1h, shock: price-jump, market: eth, scale: 2}
            - {name: second, after: first, jitter: 1m, shock: price-jump, market: eth}
            """));

        var shocks = plan.ShocksOf([]);
        Assert.Equal([3600.0], shocks[0].Jitters.Select(j => j.Seconds));
        Assert.Equal([3600.0, 60.0], shocks[1].Jitters.Select(j => j.Seconds));
        Assert.Equal(shocks[0].Jitters[0].Key, shocks[1].Jitters[0].Key);
    }

    [Fact]
    public void Severity_multiplies_the_means_of_an_attack_and_at_0_it_never_begins()
    {
        var plan = new ScenarioPlan(Read(
            "- {name: theft, at: 1h, attack: bridge-key-compromise, target: bridge, effort: 20 /yr, budget: 3M USD}",
            "sweep: {theft.severity: [0, 1, 2.5, 100], theft.effort: [40 /yr, 60000 /yr]}"));
        var kind = plan.Campaign.Instances[^1].Kind;
        var attacks = Enumerable.Range(0, 8).Select(c => plan.Cells.Settings(c))
            .Select(s => plan.AttackOf(plan.Campaign.Instances.Count - 1, s, plan.TimesOf(s))).ToList();

        Assert.Equal([double.PositiveInfinity, 3600, 3600, 3600],
            attacks.Where((_, c) => c % 2 == 0).Select(a => a.Onset));
        Assert.Equal([0, 3e6, 7.5e6, 3e8],
            attacks.Where((_, c) => c % 2 == 0).Select(a => a.Values[kind.IndexOf("budget")]));
        var effort = attacks.Select(a => a.Values[kind.IndexOf("effort")]);
        Assert.Equal([0, 0, 40, 60_000, 100, 100_000, 4000, 100_000], effort);
        Assert.Single(attacks.Select(a => a.Values[kind.IndexOf("for")]).Distinct());
    }

    [Theory]
    [InlineData("jitter: 1h", "", "the attack theft follows fall, whose jitter differs from path to path")]
    [InlineData("jitter: 0s", "sweep: {fall.jitter: [0s, 1h]}", "the attack theft follows fall, whose jitter")]
    [InlineData("jitter: 0s", "sweep: {theft.jitter: [0s, 1h]}", "has no parameter 'jitter'")]
    [InlineData("jitter: 0s", "sweep: {fall.at: [0s, 1h], theft.at: [0s, 1h]}", "")]
    public void An_attack_follows_nothing_that_jitters_in_any_cell(string jitter, string sweep, string message)
    {
        var problems = new Problems();
        CampaignFile.Read(Text($$"""
            - {name: fall, at: 1h, {{jitter}}, shock: price-jump, market: eth}
            - {name: theft, after: fall, attack: bridge-key-compromise, target: bridge}
            """, sweep), ComponentCatalog.Default, problems);
        Assert.Equal(message.Length > 0, problems.Any);
        Assert.Contains(message, problems.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- {name: a, after: a, attack: bridge-key-compromise, target: bridge}",
        "after 'a': no entry above has that name")]
    [InlineData("- {name: a, after: a, crisis: black-thursday-2020, eth: eth}",
        "after 'a': no entry above has that name")]
    [InlineData("- {after: late, shock: price-jump, market: eth}\n- {name: late, shock: price-jump, market: eth}",
        "after 'late': no entry above has that name")]
    [InlineData("- {name: a, shock: price-jump, market: eth, with: [{after: a, shock: price-jump, market: eth}]}",
        "stands under with, so it follows a; leave after out")]
    [InlineData("- {name: a, shock: price-jump, market: eth, scale: 0}", "scale")]
    [InlineData("- {crisis: black-thursday-2021, eth: eth}", "there is no crisis 'black-thursday-2021' (did you mean "
        + "'black-thursday-2020'?)")]
    [InlineData("- {crisis: black-thursday-2020}", "crisis black-thursday-2020 strikes nothing: name an instance for")]
    [InlineData("- {crisis: black-thursday-2020, eth: oth}", "eth 'oth' is not defined (did you mean 'eth'?)")]
    [InlineData("- {crisis: black-thursday-2020, chain: eth}",
        "'eth' is a merton-jump-market, which gas-demand cannot")]
    [InlineData("- {with: []}", "needs the key shock, attack or crisis")]
    public void Mistakes_are_said_in_a_line(string stress, string message)
    {
        var problems = new Problems();
        Assert.Null(CampaignFile.Read(Text(stress, ""), ComponentCatalog.Default, problems));
        Assert.Contains(message, problems.ToString(), StringComparison.Ordinal);
    }

    private static (double, double, double) Numbers(StressTimes times, string name) =>
        (times.Of(name).Onset, times.Of(name).Severity, times.Of(name).Scale);

    private static Campaign Read(string stress, string sweep = "")
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read(Text(stress, sweep), ComponentCatalog.Default, problems);
        Assert.Equal("", problems.ToString());
        return campaign!;
    }

    private static string Text(string stress, string sweep) => $"""
        version: 1
        campaign: falls
        seed: 1
        paths: 8
        scenario:
          horizon: 1d
          tick: 10m
          instances:
            eth: {"{kind: merton-jump-market}"}
            ethereum: {"{kind: proof-of-stake-chain, market: eth}"}
            bridge: {"{kind: multisig-bridge, chain: ethereum}"}
          stress:
        {string.Concat(stress.Split('\n').Select(l => $"    {l}\n"))}
        {sweep}
        """;
}
