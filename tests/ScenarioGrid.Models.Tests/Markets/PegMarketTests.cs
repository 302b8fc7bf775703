using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public partial class PegMarketTests
{
    private const double Hour = 3600;

    /// <summary>Nobody runs, whatever the price.</summary>
    private static readonly PegMarket.Parameters Calm = new() { RunThreshold = new(1) };

    /// <summary>No noise: what happens is the run alone.</summary>
    private static readonly PegMarket.Parameters Still = new() { PegVolatility = new(0), Supply = new(1e6) };

    [Theory]
    [InlineData(3600, 400)]
    [InlineData(86_400, 30)]
    public void Without_a_run_the_log_of_the_price_is_a_stationary_Ornstein_Uhlenbeck_process(double seconds, int ticks)
    {
        var (market, _) = Run(Calm with { PegVolatility = new(0.2) }, ticks, 10_000, seconds);
        double[] logs = [.. market.PegRatio.Span.ToArray().Select(x => Math.Log(x))];

        MarketRig.AssertMean(0, logs);
        MarketRig.AssertMean(0.2 * 0.2 / 400, [.. logs.Select(x => x * x)]);
    }

    [Fact]
    public void Half_of_a_gap_closes_in_30_hours()
    {
        var p = Calm with { PegVolatility = new(0), Spot = new(0.9), PegReversion = new(200.2) };
        var (market, _) = Run(p, 91, 8, 1200);

        Assert.Equal(0.5 * Math.Log(0.9), Math.Log(market.PegRatio.Span[0]), 1e-3);
    }

    [Fact]
    public void Holders_leave_at_the_speed_of_the_run_times_the_gap()
    {
        // A shift holds the price at 0.95: 4 % of gap, less the threshold, drives holders out from the second tick on.
        var p = Still with
        {
            SellShare = new(0.25), RedemptionCapacity = new(0), PegReversion = new(0), RunImpact = new(0),
        };
        var (market, _) = Run(p, 11, 8, Hour, (m, h) => h.Set(m.LogShift, Math.Log(0.95)));

        // Those who sell stay outstanding, so holders shrink by what asks for redemption alone.
        var left = 1 - Math.Exp(-12 * 0.04 / 24);
        var holders = 1e6 * Math.Pow(1 - 0.75 * left, 10);
        Assert.Equal(holders, market.Holders.Span[0], 1e-4);
        Assert.Equal(1e6 - holders, market.Queue.Span[0], 1e-4);
        Assert.Equal(1 - holders / 1e6, market.Run.Span[0], 1e-12);
        Assert.Equal(0.25 * left * holders / (1 - 0.75 * left), market.Sell.Span[0], 1e-4);
    }

    [Fact]
    public void Nobody_leaves_at_par()
    {
        var (market, _) = Run(Still, 100, 8, Hour);

        Assert.Equal((1e6, 0.0, 1.0), (market.Supply.Span[0], market.Sell.Span[0], market.PegRatio.Span[0]));
    }

    [Theory]
    [InlineData(0.05, 0.95, 1.01)]
    [InlineData(0.25, 0, 0.9)]
    public void A_found_reserve_mends_the_peg_unless_the_run_feeds_itself(double impact, double low, double high)
    {
        // USDC in March 2023: 8.25 % of the reserve out of reach for 60 hours, 5.85 % of the supply redeemed in a day.
        var market = new PegMarket(new() { RunImpact = new(impact) });
        var harness = new Harness(market, 64, 600).Set(market.UnderlyingPrice, 1).Set(market.BridgeBacking, 1)
            .Start().Set(market.ReserveLoss, 0.0825);
        harness.Step(6 * 60, t => MarketRig.Draw(market.Normal, harness, t));
        Assert.All(market.PegRatio.Span.ToArray(), x => Assert.InRange(x, 0.4, 0.95));
        harness.Set(market.ReserveLoss, 0).Step(6 * 24 * 7, t => MarketRig.Draw(market.Normal, harness, t));

        Assert.All(market.PegRatio.Span.ToArray(), x => Assert.InRange(x, low, high));
        Assert.All(market.Supply.Span.ToArray(), x => Assert.InRange(x, 10e9, 39.5e9));
    }

    [Fact]
    public void The_more_is_lost_the_lower_the_peg_and_the_longer_the_queue()
    {
        double[] losses = [0, 0.02, 0.05, 0.1, 0.3];
        var ends = losses
            .Select(loss => Run(new(), 100, 8, 600, (m, h) => h.Set(m.ReserveLoss, loss)).Market).ToArray();
        double[] ratios = [.. ends.Select(m => m.PegRatio.Span[3])], supplies = [.. ends.Select(m => m.Supply.Span[3])];

        Assert.Equal(ratios.OrderDescending(), ratios);
        Assert.Equal(supplies.OrderDescending(), supplies);
        Assert.Equal(losses.Length, ratios.Distinct().Count());
    }

    [Fact]
    public void Who_comes_first_gets_par_until_the_reserve_is_empty()
    {
        var p = Still with
        {
            ReserveRatio = new(0.5), SellShare = new(0), RedemptionCapacity = new(1e6), PegReversion = new(2000),
        };
        var (market, harness) = Run(p, 0, 8, Hour);
        var paid = 0.0;
        for (var tick = 0; tick < 300; tick++)
        {
            harness.Step();
            paid += market.Redeemed.Span[0];
        }

        Assert.Equal(0.5e6, paid, 1e-3);
        Assert.Equal(0, market.Reserve.Span[0], 1e-6);
        Assert.Equal(0, market.Backing.Span[0], 1e-9);
        Assert.Equal(0.5e6, market.Supply.Span[0], 1e-3);
    }

    [Fact]
    public void Tokens_are_with_holders_in_the_queue_or_redeemed() =>
        Gen.Select(Gen.Double[0.6, 1.1], Gen.Double[0, 1], Gen.Double[0, 100], Gen.Double[0.3, 1.2])
            .Sample((spot, share, capacity, reserve) =>
            {
                var p = Still with
                {
                    Spot = new(spot), SellShare = new(share), RedemptionCapacity = new(capacity),
                    ReserveRatio = new(reserve),
                };
                var (market, harness) = Run(p, 0, 8, Hour);
                var paid = 0.0;
                for (var tick = 0; tick < 50; tick++)
                {
                    harness.Step();
                    paid += market.Redeemed.Span[0];
                }

                Assert.Equal(1e6, market.Holders.Span[0] + market.Queue.Span[0] + paid, 1e-3);
            }, iter: 40);

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.95)]
    public void A_bridged_token_goes_to_what_the_bridge_holds_for_it(double backing)
    {
        var (market, _) = Run(
            Calm with { PegVolatility = new(0) }, 60, 8, 86_400 / 2, (m, h) => h.Set(m.BridgeBacking, backing));

        Assert.Equal(backing, market.PegRatio.Span[0], 1e-6);
    }

    [Fact]
    public void Par_follows_the_underlying_and_the_ratio_does_not()
    {
        var p = new PegMarket.Parameters { Spot = new(1960), Par = new(2000), Supply = new(1e6) };
        var (one, other) = (new PegMarket(p), new PegMarket(p));
        var walk = new Harness(one, 16, Hour).Set(one.UnderlyingPrice, 2000).Start();
        var rest = new Harness(other, 16, Hour).Set(other.UnderlyingPrice, 2000).Start();
        for (var tick = 0; tick < 40; tick++)
        {
            walk.Set(one.UnderlyingPrice, 2000 * Math.Exp(-0.02 * tick));
            walk.Step(1, t => MarketRig.Draw(one.Normal, walk, t));
            rest.Step(1, t => MarketRig.Draw(other.Normal, rest, t));
        }

        for (var path = 0; path < 16; path++)
        {
            Assert.Equal(other.PegRatio.Span[path], one.PegRatio.Span[path], 1e-12);
            Assert.Equal(one.PegRatio.Span[path] * 2000 * Math.Exp(-0.02 * 39), one.Price.Span[path], 1e-9);
        }
    }

    [Fact]
    public void A_fixed_key_gives_fixed_prices()
    {
        var p = new PegMarket.Parameters { JumpIntensity = new(500), PegVolatility = new(0.1) };
        var (market, _) = Run(p, 50, 4, Hour, (m, h) => h.Set(m.ReserveLoss, 0.1));

        Assert.Equal(Pinned, market.Price.Span[..4].ToArray());
    }

    private static readonly double[] Pinned =
        [0.87660331744842357, 0.8830799216692361, 0.88359128954344623, 0.91925895951053826];

    private static (PegMarket Market, Harness Harness) Run(
        PegMarket.Parameters p, int ticks, int paths, double seconds, Action<PegMarket, Harness>? set = null) =>
        MarketRig.Run(new PegMarket(p), ticks, paths, seconds, (m, h) =>
        {
            h.Set(m.UnderlyingPrice, 1).Set(m.BridgeBacking, 1);
            set?.Invoke(m, h);
        });
}
