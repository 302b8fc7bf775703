using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public partial class MertonJumpMarketTests
{
    private const double Day = 86_400;

    private static readonly MertonJumpMarket.Parameters Still = new()
    {
        Spot = new(100),
        Volatility = new(0),
        JumpIntensity = new(0),
    };

    private static readonly MertonJumpMarket.Parameters Jumpy = new()
    {
        Spot = new(100),
        Volatility = new(0.7),
        JumpIntensity = new(12),
        JumpMean = new(-0.03),
        JumpVolatility = new(0.07),
    };

    /// <summary>Row E10; k-statistics of 50 batches, so that their error is measured, not assumed.</summary>
    [Theory]
    [InlineData(1, 200_000)]
    [InlineData(8, 50_000)]
    public void Returns_of_a_day_have_the_cumulants_of_Merton(int ticks, int paths)
    {
        var (market, _) = Run(Jumpy, ticks, paths, Day / ticks);

        var expected = MertonCumulants.Of(1.0 / 365, 0, 0.7, 12, -0.03, 0.07);
        AssertCumulants(market, [expected.First, expected.Second, expected.Third, expected.Fourth]);
    }

    [Fact]
    public void Without_jumps_the_price_is_log_normal()
    {
        var (market, _) = Run(Still with { Volatility = new(0.9), Drift = new(0.4) }, 4, 60_000, Day / 4);

        AssertCumulants(market, [(0.4 - 0.405) / 365, 0.81 / 365, 0, 0]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-0.5, 1)]
    [InlineData(1.7, 2)]
    public void The_price_is_a_martingale_also_with_systemic_jumps_and_stress(double loading, double multiple)
    {
        var p = Jumpy with { SystemicIntensity = new(30), SystemicLoading = new(loading) };
        var market = new MertonJumpMarket(p);
        var harness = new Harness(market, paths: 30_000, seconds: 3 * Day).Start();
        harness.Set(market.VolatilityMultiple, multiple);
        harness.Step(10, tick => Draw(market.Normal, harness, tick));

        AssertMean(100, Prices(market));
    }

    [Fact]
    public void The_expected_price_grows_at_the_drift()
    {
        var (market, _) = Run(Jumpy with { Drift = new(2) }, 5, 60_000, 10 * Day);

        AssertMean(100 * Math.Exp(2.0 * 50 / 365), Prices(market));
    }

    /// <summary>Rows E18 and E19 with the correction of Broadie, Glasserman and Kou for looking once a tick.</summary>
    [Theory]
    [InlineData(2000, 1500, 0, 0.8, 7, 6)]
    [InlineData(100, 75, 0.05, 0.6, 91.25, 1)]
    public void A_barrier_is_hit_as_often_as_the_first_passage_formula_says(
        double spot, double barrier, double drift, double volatility, double days, int ticksPerDay)
    {
        var p = Still with { Spot = new(spot), Drift = new(drift), Volatility = new(volatility) };
        var market = new MertonJumpMarket(p);
        var harness = new Harness(market, paths: 12_000, seconds: Day / ticksPerDay).Start();
        var hit = new bool[harness.Paths];
        for (var tick = 0; tick < (int)(days * ticksPerDay); tick++)
        {
            harness.Step(1, t => Draw(market.Normal, harness, t));
            for (var path = 0; path < hit.Length; path++)
            {
                hit[path] |= market.Price.Span[path] <= barrier;
            }
        }

        var years = (int)(days * ticksPerDay) / (365.0 * ticksPerDay);
        var expected = FirstPassage.BelowWatched(spot, barrier, drift, volatility, years, 1 / (365.0 * ticksPerDay));
        var share = hit.Count(h => h) / (double)hit.Length;
        var error = Math.Sqrt(expected * (1 - expected) / hit.Length);

        // The correction leaves an error of the order of the step; it stays below 2 % of the probability here.
        Assert.True(Math.Abs(share - expected) < 4 * error + 0.02 * expected,
            $"share {share}, formula {expected}, standard error {error}");
    }

    [Fact]
    public void Realised_variance_loses_half_of_a_return_in_a_half_life()
    {
        var market = new MertonJumpMarket(Still with { VolatilityHalfLife = new(600) });
        var harness = new Harness(market, seconds: 60).Start().Set(market.LogShift, -0.1).Step();
        var first = market.Volatility.Span[0];
        harness.Step(10);

        Assert.Equal(Math.Sqrt((1 - Math.Pow(2, -0.1)) * 0.01 / (60 / Tick.YearSeconds)), first, 1e-9 * first);
        Assert.Equal(first / Math.Sqrt(2), market.Volatility.Span[0], 1e-9 * first);
    }

    [Fact]
    public void Realised_volatility_is_the_volatility_of_the_parameters()
    {
        var p = Still with { Volatility = new(0.8), VolatilityHalfLife = new(6 * 3600) };
        var (market, _) = Run(p, 360, 2_000, 240);

        var variance = market.Variance.Span.ToArray();
        AssertMean(0.64, variance);
    }

    [Fact]
    public void Systemic_jumps_come_at_once_and_in_proportion_to_the_loading()
    {
        double[] whole = Systemic(1), half = Systemic(0.5);

        Assert.InRange(whole.Count(x => x != 0), 1, whole.Length - 1);
        for (var path = 0; path < whole.Length; path++)
        {
            Assert.Equal(whole[path] / 2, half[path], 1e-12);
        }

        static double[] Systemic(double loading)
        {
            var p = Still with { SystemicIntensity = new(200), SystemicLoading = new(loading) };
            var (market, _) = Run(p, 1, 400, Day);
            var drift = -200 * MertonCumulants.Growth(-0.05 * loading, 0.08 * loading) / 365;
            return [.. Prices(market).Select(x => Math.Log(x / 100) - drift).Select(x => Math.Abs(x) < 1e-13 ? 0 : x)];
        }
    }

    [Theory]
    [InlineData(0, 5e8, 0)]
    [InlineData(0.25, 5e8, 0.25 * 0.5 * 0.05)]
    [InlineData(1, -1e9, -0.05)]
    public void On_chain_flow_moves_the_price_for_good_in_proportion_to_the_feedback(
        double feedback, double flow, double expected)
    {
        // Impact 1 and a daily volatility of 5 %: one daily volume sold takes 5 %. The factor is left at 0.
        var p = Still with
        {
            Volatility = new(0.05 * Math.Sqrt(365)), Feedback = new(feedback), Impact = new(1), DailyVolume = new(1e9),
        };
        var market = new MertonJumpMarket(p);
        var harness = new Harness(market).Start().Set(market.NetFlow, flow).Step().Set(market.NetFlow, 0).Step(3);

        var drift = -0.05 * 0.05 * 365 / 2 * 4 * 12 / Tick.YearSeconds;
        Assert.Equal(expected, Math.Log(market.Price.Span[0] / 100) - drift, 1e-13);
        Assert.Equal(4, harness.Ticks);
    }

    [Fact]
    public void The_start_is_the_spot_at_the_calm_volatility()
    {
        var (market, _) = Run(Jumpy, 0, 4, 12);

        Assert.Equal(100, market.Price.Span[0]);
        Assert.Equal(0, market.Drawdown.Span[0]);
        Assert.Equal(Math.Sqrt(0.49 + 12 * (0.0009 + 0.0049)), market.Volatility.Span[0], 1e-15);
    }

    [Fact]
    public void A_path_does_not_depend_on_the_block_it_is_in()
    {
        var (whole, _) = Run(Jumpy with { SystemicIntensity = new(300) }, 20, 16, 3600);
        var part = new MertonJumpMarket(Jumpy with { SystemicIntensity = new(300) });
        var harness = new Harness(part, paths: 8, seconds: 3600, firstPath: 8).Start();
        harness.Step(20, t => Draw(part.Normal, harness, t));

        Assert.Equal(whole.Price.Span[8..].ToArray(), part.Price.Span.ToArray());
    }

    [Fact]
    public void A_fixed_key_gives_fixed_prices()
    {
        var (market, _) = Run(Jumpy with { SystemicIntensity = new(300) }, 50, 4, 3600);

        Assert.Equal(PinnedPrices, market.Price.Span[..4].ToArray());
        Assert.Equal(PinnedVolatility, market.Volatility.Span[0]);
    }

    private static readonly double[] PinnedPrices =
        [107.2937594614795, 107.9180485231674, 101.02944037719305, 138.61126860454303];

    private const double PinnedVolatility = 0.57322502278741982;

    private static (MertonJumpMarket Market, Harness Harness) Run(
        MertonJumpMarket.Parameters p, int ticks, int paths, double seconds) =>
        MarketRig.Run(new MertonJumpMarket(p), ticks, paths, seconds);

    private static void Draw(Lane factor, Harness harness, int tick, int stream = 1) =>
        MarketRig.Draw(factor, harness, tick, stream);

    private static double[] Prices(Market market) => market.Price.Span.ToArray();

    private static void AssertMean(double expected, double[] values) => MarketRig.AssertMean(expected, values);

    private static void AssertCumulants(Market market, double[] expected) =>
        MarketRig.AssertCumulants(market, 100, expected);
}
