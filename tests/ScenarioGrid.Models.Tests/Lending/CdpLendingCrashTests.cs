using ScenarioGrid.Models.Lending;

namespace ScenarioGrid.Models.Tests.Lending;

/// <summary>A fall of 57 % in 49 hours, as on 12 March 2020, on the same noise for every setting.</summary>
public class CdpLendingCrashTests
{
    private const int Paths = 16, Ticks = 588;
    private const double PriceStart = 200;

    private static readonly double[][] Markets = MakeMarkets();

    [Fact]
    public void Bad_debt_rises_with_the_threshold() => Rises(
        Run(new() { LiquidationThreshold = new(0.75) }),
        Run(new() { LiquidationThreshold = new(0.83) }),
        Run(new() { LiquidationThreshold = new(0.90) }));

    [Fact]
    public void Bad_debt_rises_with_oracle_lag() => Rises(
        Run(new(), lagTicks: 0), Run(new(), lagTicks: 3), Run(new(), lagTicks: 12));

    [Fact]
    public void Bad_debt_rises_with_gas() => Rises(
        Run(Small, gasPrice: 20), Run(Small, gasPrice: 200), Run(Small, gasPrice: 2000));

    [Fact]
    public void Bad_debt_rises_as_the_pool_gets_shallow() => Rises(
        Run(new(), poolQuote: 100e6), Run(new(), poolQuote: 20e6), Run(new(), poolQuote: 5e6));

    [Fact]
    public void Bad_debt_rises_as_keepers_get_slow_or_poor()
    {
        Rises(Run(new() { KeeperLatency = new(0) }), Run(new() { KeeperLatency = new(7200) }));
        Rises(Run(new()), Run(new() { KeeperCapital = new(50e3) }));
    }

    [Fact]
    public void Borrowers_who_act_are_liquidated_less()
    {
        var passive = Run(new() { Policy = BorrowerPolicy.Passive });
        foreach (var policy in new[] { BorrowerPolicy.TopUp, BorrowerPolicy.Repay, BorrowerPolicy.Band })
        {
            var active = Run(new() { Policy = policy, Attentive = new(0.8), ReactionDelay = new(300) });
            Assert.True(active.Total.Sum() < passive.Total.Sum(), $"{policy}");
            Assert.True(active.BonusPaid < passive.BonusPaid, $"{policy}");
            Assert.True(active.Defended > passive.Defended, $"{policy}");
        }
    }

    [Fact]
    public void Keepers_earn_in_a_deep_pool_and_never_more_than_the_bonus()
    {
        var run = Run(new(), poolQuote: 100e6);
        Assert.InRange(run.KeeperProfit, 0.2 * run.BonusPaid, run.BonusPaid);
    }

    [Fact]
    public void A_shallow_pool_has_the_higher_loop_gain()
    {
        var (deep, shallow) = (Run(new(), poolQuote: 100e6), Run(new(), poolQuote: 5e6));
        Assert.True(shallow.GainMax.Min() > deep.GainMax.Max());
        Assert.True(shallow.GainMax.Min() > 1);
    }

    private static CdpLending.Parameters Small => new() { PositionSize = new(2000) };

    private static LendingRig Run(
        CdpLending.Parameters parameters, int lagTicks = 1, double gasPrice = 20, double poolQuote = 20e6)
    {
        var rig = new LendingRig(parameters, PriceStart, poolQuote, Paths, count: Ticks, lagTicks: lagTicks,
            gasPrice: gasPrice);
        for (var tick = 0; tick < Ticks; tick++)
        {
            var now = tick;
            rig.Step(path => Markets[path][now]);
        }

        return rig;
    }

    private static void Rises(params LendingRig[] runs)
    {
        var means = runs.Select(r => r.Lending.BadDebt.Span.ToArray().Average()).ToArray();
        for (var i = 1; i < means.Length; i++)
        {
            var text = string.Join(", ", means.Select(m => m.ToString("N0")));
            Assert.True(means[i] > means[i - 1] * 1.01, $"mean bad debt {text}");
        }
    }

    /// <summary>Two falls of a quarter and a third within two hours each, drift between them, 150 %
    /// volatility.</summary>
    private static double[][] MakeMarkets()
    {
        var markets = new double[Paths][];
        for (var path = 0; path < Paths; path++)
        {
            var random = new Random(path);
            var (noise, log) = (0.0, 0.0);
            markets[path] = new double[Ticks];
            for (var tick = 0; tick < Ticks; tick++)
            {
                var hour = tick / 12;
                log += hour switch { 24 or 25 => -0.405 / 24, 40 or 41 => -0.288 / 24, _ => -0.151 / 540 };
                var (u, v) = (1 - random.NextDouble(), random.NextDouble());
                noise += 1.5 * Math.Sqrt(300 / 31_536_000.0) * Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
                noise *= 0.995;
                markets[path][tick] = PriceStart * Math.Exp(log + noise);
            }
        }

        return markets;
    }
}
