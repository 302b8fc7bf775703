using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Probability;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public class RegimeMarketTests
{
    private const double Hour = 3600;

    private static readonly RegimeMarket.Parameters Own = new() { IsShared = false };

    private static double[] Rates => [0, 958, 6.4, 681, 0, 266, 0, 1514, 0];

    [Fact]
    public void States_start_and_stay_in_the_shares_of_the_long_run()
    {
        double[] share = new double[3];
        Generator.Stationary(Rates, 3, share);
        foreach (var ticks in new[] { 0, 30 })
        {
            var (market, _) = MarketRig.Run(new RegimeMarket(Own), ticks, 20_000, Hour);
            for (var state = 0; state < 3; state++)
            {
                MarketRig.AssertMean(
                    share[state], [.. market.State.Span.ToArray().Select(s => s == state ? 1.0 : 0)]);
            }
        }
    }

    [Theory]
    [InlineData(600)]
    [InlineData(14_400)]
    public void States_change_as_often_as_the_generator_says(double seconds)
    {
        var transition = new double[9];
        Generator.Transition(Rates, 3, seconds / Tick.YearSeconds, transition);
        var market = new RegimeMarket(Own);
        var harness = new Harness(market, 60_000, seconds).Start();
        var before = market.State.Span.ToArray();
        harness.Step();
        var pairs = before.Zip(market.State.Span.ToArray()).ToArray();
        for (var i = 0; i < 9; i++)
        {
            MarketRig.AssertMean(transition[i],
                [.. pairs.Where(x => x.First == i / 3).Select(x => x.Second == i % 3 ? 1.0 : 0)]);
        }
    }

    [Fact]
    public void Each_state_has_its_volatility_liquidity_and_demand()
    {
        var market = new RegimeMarket(Own);
        var harness = new Harness(market, 30_000, Hour).Start();
        harness.Step(1, t => MarketRig.Draw(market.Normal, harness, t));
        double[] volatility = [0.294, 0.803, 2.242], liquidity = [1, 0.8, 0.4], demand = [1, 1.3, 3];
        for (var state = 0; state < 3; state++)
        {
            int[] paths = [.. Enumerable.Range(0, harness.Paths).Where(i => market.State.Span[i] == state)];
            double[] logs = [.. paths.Select(i => Math.Log(market.Price.Span[i] / 2000))];
            var variance = volatility[state] * volatility[state] / 8760;
            MarketRig.AssertMean(-variance / 2, logs);
            MarketRig.AssertMean(variance, [.. logs.Select(x => Math.Pow(x + variance / 2, 2))]);
            Assert.All(paths, i => Assert.Equal(
                (liquidity[state], demand[state], state == 2 ? 1.0 : 0),
                (market.LiquidityScale.Span[i], market.DemandScale.Span[i], market.IsWild.Span[i])));
        }
    }

    [Fact]
    public void Jumps_come_in_their_state_and_leave_the_price_a_martingale()
    {
        var p = Own with
        {
            WildJumpIntensity = new(2000), CalmVolatility = new(0), BusyVolatility = new(0), WildVolatility = new(0),
        };
        var (market, harness) = MarketRig.Run(new RegimeMarket(p), 1, 20_000, Hour);
        for (var i = 0; i < harness.Paths; i++)
        {
            Assert.True(market.State.Span[i] == 2 || market.Price.Span[i] == 2000);
        }

        MarketRig.AssertMean(2000, market.Price.Span.ToArray());
    }

    [Fact]
    public void Markets_share_the_state_or_not()
    {
        Assert.Equal(States(true, "a"), States(true, "b"));
        Assert.NotEqual(States(false, "a"), States(false, "b"));

        static double[] States(bool isShared, string name)
        {
            // The instances differ in their own stream of random numbers; what is shared has one key.
            var market = new RegimeMarket(new() { IsShared = isShared });
            var harness = new Harness(market, 64, Hour).Start();
            var key = PhiloxKey.Of(1, name);
            for (var tick = 0; tick < 20; tick++)
            {
                market.Step(new Tick(tick, 20, Hour, 0, harness.Paths, key, PhiloxKey.Of(1, "")));
            }

            return market.State.Span.ToArray();
        }
    }

    [Fact]
    public void Wild_times_are_correlated_times()
    {
        // With full weight in the wild state two independent markets move as one there, and apart elsewhere.
        var p = new RegimeMarket.Parameters { WildStress = new(1) };
        double[] a = Returns(p, 1, out var state), b = Returns(p, 2, out _);
        for (var i = 0; i < a.Length; i++)
        {
            Assert.Equal(state[i] == 2, a[i] == b[i]);
        }

        static double[] Returns(RegimeMarket.Parameters p, int stream, out double[] state)
        {
            var market = new RegimeMarket(p);
            var harness = new Harness(market, 2_000, Hour).Start();
            harness.Step(1, t => MarketRig.Draw(market.Normal, harness, t, stream));
            state = market.State.Span.ToArray();
            return market.Price.Span.ToArray();
        }
    }

    [Fact]
    public void A_fixed_key_gives_fixed_prices()
    {
        var (market, _) = MarketRig.Run(new RegimeMarket(Own with { WildJumpIntensity = new(500) }), 50, 4, Hour);

        Assert.Equal(Pinned, market.Price.Span[..4].ToArray());
        Assert.Equal([0, 0, 1, 1], market.State.Span[..4].ToArray());
    }

    private static readonly double[] Pinned =
        [1963.0897829757403, 1956.4490729038594, 1922.3659647549307, 2118.76478161062];
}
