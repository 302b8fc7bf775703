using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Oracles.PushFeed.Parameters;

namespace ScenarioGrid.Models.Tests.Oracles;

public class PushFeedTests
{
    private const double Price = 2000;

    /// <summary>One node that sees everything at once.</summary>
    private static readonly Parameters Plain = new()
    {
        Nodes = new(1), NodeBias = new(0), NodeNoise = new(0), NodeDelay = new(0), NodeAvailability = new(1),
        Latency = new(0),
    };

    private static readonly Parameters Many = Plain with { Nodes = new(31) };

    // T14 by simulation. Looked at once a tick the band is wider by 0.5826 sigma sqrt(h) (Broadie, Glasserman and Kou).
    [Theory]
    [InlineData(1e6)]
    [InlineData(3600)]
    public void Pushes_come_as_far_apart_as_the_closed_form_says(double heartbeat)
    {
        const int Paths = 512, Ticks = 10_000;
        const double Seconds = 12, Sigma = 0.8;
        var (feed, harness) = Make(Plain with { Heartbeat = new(Math.Min(heartbeat, 604_800)) }, Seconds, Paths);
        var step = Sigma * Math.Sqrt(Seconds / Tick.YearSeconds);
        var pushes = 0.0;
        for (var tick = 0; tick < Ticks; tick++)
        {
            var market = feed.MarketPrice.Vecs;
            for (var i = 0; i < harness.Tick.Vectors; i++)
            {
                market[i] *= LaneMath.Exp(step * harness.Tick.Normal(900, i) - 0.5 * step * step);
            }

            harness.Step();
            pushes += feed.Pushes.Span.ToArray().Sum();
        }

        var band = 0.005 + 0.5826 * step;
        var expected = TwapLag.PushSeconds(Sigma, band, heartbeat);
        Assert.Equal(expected, Paths * Ticks * Seconds / pushes, 0.015 * expected);
    }

    [Fact]
    public void The_error_stays_within_the_deviation_when_nothing_delays()
    {
        var (feed, harness) = Make(Plain, paths: 64);
        for (var tick = 0; tick < 500; tick++)
        {
            var market = feed.MarketPrice.Vecs;
            for (var i = 0; i < harness.Tick.Vectors; i++)
            {
                market[i] *= LaneMath.Exp(0.002 * harness.Tick.Normal(900, i));
            }

            harness.Step();
            Assert.All(feed.Error.Span.ToArray(), e => Assert.InRange(e, Math.Log(1 / 1.00501), Math.Log(1 / 0.99499)));
        }
    }

    [Fact]
    public void Fewer_than_half_byzantine_nodes_do_not_move_the_median() =>
        Gen.Select(Gen.Int[3, 63], Gen.Double[-3, 3]).Sample((nodes, shift) =>
        {
            var (feed, harness) = Make(Many with
            {
                Nodes = new(nodes), ByzantineNodes = new((nodes - 1) / 2), ByzantineShift = new(shift),
            });
            harness.Set(feed.MarketPrice, 1.2 * Price).Step();
            Assert.Equal(1.2 * Price, feed.Price.Span[0], 1e-9 * Price);
        }, iter: 60);

    [Fact]
    public void More_than_half_say_what_they_want()
    {
        var (feed, harness) = Make(Many with { ByzantineNodes = new(16), ByzantineShift = new(-0.5) });
        harness.Step();
        Assert.Equal(Price * Math.Exp(-0.5), feed.Price.Span[0], 1e-9 * Price);
    }

    [Fact]
    public void The_median_of_noisy_nodes_is_less_noisy_than_one()
    {
        double Deviation(int nodes)
        {
            var (feed, harness) = Make(
                Many with { Nodes = new(nodes), NodeNoise = new(0.01), Deviation = new(0) }, paths: 2000);
            harness.Step();
            return Math.Sqrt(feed.Error.Span.ToArray().Average(e => e * e));
        }

        // Large samples: the median of n normals has the variance pi/(2 n); of 31 it is 0.97 of that.
        Assert.Equal(0.01, Deviation(1), 4 * 0.01 / Math.Sqrt(2 * 2000));
        var expected = 0.01 * Math.Sqrt(Math.PI / 62 * 0.975);
        Assert.Equal(expected, Deviation(31), 4 * expected / Math.Sqrt(2 * 2000) + 0.01 * expected);
    }

    [Fact]
    public void Without_a_quorum_nothing_is_pushed_until_the_price_is_stale()
    {
        var (feed, harness) = Make(
            Many with { NodeAvailability = new(0.05), NodeOutage = new(2_592_000), StaleAge = new(600) }, paths: 64);
        harness.Set(feed.MarketPrice, 0.5 * Price).Step(100);
        Assert.Equal(1, feed.WithoutQuorum.Span.ToArray().Average(), 0.05);
        Assert.All(feed.Price.Span.ToArray(), p => Assert.Equal(Price, p));
        Assert.All(feed.IsFresh.Span.ToArray(), f => Assert.Equal(0, f));
    }

    [Fact]
    public void Nodes_are_up_as_often_as_they_should()
    {
        var (feed, harness) = Make(Many with { NodeAvailability = new(0.8), NodeOutage = new(60) }, paths: 1000);
        harness.Step(20);
        var share = feed.NodeIsUp.AllRows.ToArray().Average();
        Assert.Equal(0.8, share, 4 * Math.Sqrt(0.16 / 31_000));
    }

    [Fact]
    public void A_push_takes_the_latency_and_the_delay_of_the_chain()
    {
        var (feed, harness) = Make(Plain with { Latency = new(40), CongestionShare = new(2) });
        harness.Set(feed.ChainDelay, 60).Set(feed.MarketPrice, 0.9 * Price).Step(14);
        Assert.Equal(Price, feed.Price.Span[0]);
        harness.Step();
        Assert.Equal(0.9 * Price, feed.Price.Span[0], 1e-9 * Price);
        Assert.Equal(168, feed.Age.Span[0]);
    }

    [Fact]
    public void Nodes_with_a_fixed_gas_policy_fall_silent_when_gas_is_dear()
    {
        var (feed, harness) = Make(Plain with { GasPriceMax = new(100), PushGas = new(1e6) });
        harness.Set(feed.GasPrice, 300).Set(feed.NativePrice, 1000).Set(feed.MarketPrice, 0.7 * Price).Step(50);
        Assert.Equal((Price, 0), (feed.Price.Span[0], feed.PushCost.Span[0]));
        harness.Set(feed.GasPrice, 90).Step();
        Assert.Equal(0.7 * Price, feed.Price.Span[0], 1e-9 * Price);
        Assert.Equal(90, feed.PushCost.Span[0], 1e-9);
    }

    // LUNA, May 2022: the answer stood at its least value while the market fell to a tenth of it.
    [Fact]
    public void The_least_answer_keeps_a_worthless_token_dear()
    {
        var (feed, harness) = Make(Plain with { MinAnswer = new(0.1) });
        harness.Set(feed.MarketPrice, 0.01).Step(400);
        Assert.Equal((0.1, 1, 1), (feed.Price.Span[0], feed.IsFresh.Span[0], feed.FalseShare.Span[0]));
        Assert.Equal(Math.Log(10), feed.Error.Span[0], 1e-9);
    }

    [Fact]
    public void The_security_module_shows_the_price_of_one_to_two_delays_ago()
    {
        var (feed, harness) = Make(Plain with { OsmDelay = new(3600), Deviation = new(0) }, 600);
        for (var tick = 0; tick < 60; tick++)
        {
            harness.Set(feed.MarketPrice, Price + tick).Step();
            var hop = (tick + 1) / 6 * 6;
            var expected = hop <= 6 ? Price : Price + hop - 7;
            Assert.Equal(expected, feed.Price.Span[0], 1e-9 * Price);
        }
    }

    [Fact]
    public void After_an_outage_the_price_waits_for_the_grace_period()
    {
        var (feed, harness) = Make(Plain with { GracePeriod = new(3600) }, 600);
        harness.Step(2);
        Assert.Equal(1, feed.IsFresh.Span[0]);
        harness.Set(feed.ChainIsUp, 0).Step(3).Set(feed.ChainIsUp, 1);
        for (var tick = 1; tick <= 7; tick++)
        {
            harness.Step();
            Assert.Equal(tick >= 6 ? 1 : 0, feed.IsFresh.Span[0]);
            Assert.Equal(tick >= 6 ? 0 : 600, feed.FrozenTime.Span[0]);
        }
    }

    [Fact]
    public void Contradictory_settings_are_refused()
    {
        Assert.Equal("byzantineNodes", Assert.Single(new Parameters { ByzantineNodes = new(40) }.Check()).Parameter);
        var answers = new Parameters { MinAnswer = new(10), MaxAnswer = new(1) };
        Assert.Equal("maxAnswer", Assert.Single(answers.Check()).Parameter);
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (feed, harness) = Make(new() { NodeAvailability = new(0.8) });
        harness.Step(300, tick => harness.Set(feed.MarketPrice, Price * (1 + tick % 50 * 0.004)));
        Assert.Equal([2335.938129784844, 84], new[] { feed.Price.Span[0], feed.LandedAge.Span[0] });
    }

    private static (PushFeed Feed, Harness Harness) Make(Parameters parameters, double seconds = 12, int paths = 8)
    {
        var feed = new PushFeed(parameters);
        var harness = new Harness(feed, paths, seconds);
        harness.Set(feed.MarketPrice, Price).Set(feed.ChainIsUp, 1).Start();
        return (feed, harness);
    }
}
