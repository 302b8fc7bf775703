using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Tests.Scenarios;

/// <summary>Oracles, the lender that reads them and those who push them, in whole scenarios.</summary>
public class OracleScenarioTests
{
    private const string Head = """
        version: 1
        campaign: oracles
        about: Test.
        seed: 7
        paths: 32

        """;

    private const string World = """
            token: {kind: merton-jump-market, spot: 380 USD, volatility: 90 %/yr}
            pool: {kind: constant-product-venue, market: token, liquidity: 8M USD, arbitrageTiming: next-tick}
            book: {kind: constant-product-venue, market: token, liquidity: 50M USD, fee: 5 bps}
            router: {kind: optimal-router, venues: [pool, book]}

        """;

    // Systems row 7 (d): a genuine crash.
    [Fact]
    public void Lag_and_bad_debt_grow_with_the_window_in_a_crash()
    {
        var campaign = Read(Head + """
            scenario:
              horizon: 4h
              tick: 12s
              instances:

            """ + World + """
                twap: {kind: twap-oracle, venue: pool}
                vaults: {kind: cdp-lending, oracle: twap, router: router, debt: 15M USD, positionSize: 20k USD,
                         utilisationStart: 60 %, cohorts: 16, liquidationThreshold: 78 %}
              stress:
                - {at: 1h, shock: price-jump, market: token, size: -45 %, fall: 2h, recovery: 0s}
            sweep:
              twap.window: [5m, 15m, 30m]
            objectives:
              robustness: minimise vaults.badDebt.mean
              efficiency: maximise vaults.capitalEfficiency.mean
            """);
        var lags = Means(campaign, "twap.lag");
        var debts = Means(campaign, "vaults.badDebt");
        Assert.Equal(lags.Order(), lags);
        Assert.Equal(debts.Order(), debts);
        Assert.True(lags[^1] > 2 * lags[0] && debts[^1] > debts[0] + 1e5, string.Join(' ', debts));
    }

    [Fact]
    public void A_median_of_three_oracles_stands_between_a_manipulator_and_the_lender()
    {
        double Borrowed(string oracle)
        {
            var campaign = Read(Head + """
                scenario:
                  horizon: 20m
                  tick: 12s
                  instances:

                """ + World + $$"""
                    twap: {kind: twap-oracle, venue: pool, window: 1m, cadence: 12s}
                    ema: {kind: ema-oracle, venue: book, halfLife: 2m}
                    feed: {kind: push-feed, market: token}
                    safe: {kind: composite-oracle, market: token, sources: [twap, ema, feed]}
                    vaults: {kind: cdp-lending, oracle: {{oracle}}, router: router, debt: 15M USD,
                             utilisationStart: 60 %, cohorts: 16, liquidationThreshold: 78 %}
                  stress:
                    - {name: push, at: 2m, attack: twap-manipulation, target: twap, lending: vaults, budget: 60M USD,
                       collateral: 8M USD, targetMultiple: 1.7, holdTime: 1m}
                objectives:
                  robustness: maximise push.profit.mean
                  efficiency: maximise vaults.capitalEfficiency.mean
                """);
            return Means(campaign, "push.profit").Single();
        }

        Assert.True(Borrowed("twap") > 1e5);
        Assert.True(Borrowed("safe") < 0);
    }

    [Theory]
    [InlineData("{kind: twap-oracle}", "a twap-oracle needs venue: the name of an instance")]
    [InlineData("{kind: ema-oracle}", "a ema-oracle needs venue: the name of an instance")]
    [InlineData("{kind: push-feed}", "a push-feed needs market: the name of an instance")]
    [InlineData("{kind: composite-oracle}", "a composite-oracle needs sources: the name of one or more instances")]
    public void An_oracle_without_anything_to_read_is_one_clear_line(string oracle, string expected)
    {
        var problems = new Problems();
        var text = Head + "scenario:\n  horizon: 1h\n  tick: 12s\n  instances:\n" + World
            + $"    oracle: {oracle}\nobjectives:\n  robustness: minimise pool.mispricing.mean\n"
            + "  efficiency: minimise pool.fees.mean\n";
        Assert.Null(CampaignFile.Read("f", Encoding.UTF8.GetBytes(text), ComponentCatalog.Default, problems));
        Assert.Contains(expected, Assert.Single(problems.Sorted()).ToString(), StringComparison.Ordinal);
    }

    private static double[] Means(Campaign campaign, string measure)
    {
        var plan = new ScenarioPlan(campaign);
        long[] cells = [.. Enumerable.Range(0, (int)plan.Cells.Count)];
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), cells);
        while (!runner.IsDone)
        {
            runner.Advance(long.MaxValue / 2);
        }

        var results = runner.TakeResults().OrderBy(r => r.Cell).ToArray();
        Assert.All(results, r => Assert.Null(r.Error));
        var mean = campaign.Statistics.ToList().IndexOf("mean");
        return [.. results.Select(r =>
            r.At(campaign.IndexOfMeasure(measure), mean, campaign.Statistics.Count).Value)];
    }

    private static Campaign Read(string text)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read("f", Encoding.UTF8.GetBytes(text), ComponentCatalog.Default, problems);
        Assert.True(campaign is not null, string.Join('\n', problems.Sorted()) + "\n" + text);
        return campaign!;
    }
}
