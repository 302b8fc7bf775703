using ScenarioGrid.Models.Balancers;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Balancers.OptimalRouter.Parameters;

namespace ScenarioGrid.Models.Tests.Balancers;

public partial class OptimalRouterTests
{
    private static readonly OptimalRouter.Rule[] Rules = Enum.GetValues<OptimalRouter.Rule>();

    [Fact]
    public void Single_takes_the_first_venue_that_is_up()
    {
        var (router, harness) = Make(Free with { Policy = OptimalRouter.Rule.Single });
        harness.Set(router.Sell, 50).Step();
        Assert.Equal([50, 0, 0], Legs(router));
        Assert.Equal((1000, 2e6), (Value(router.ReserveBase), Value(router.ReserveQuote)));
        harness.Set(router.VenueIsUp[0], 0).Set(router.Sell, 0).Step();
        Assert.Equal([0, 50, 0], Legs(router));
    }

    [Fact]
    public void Round_robin_takes_the_venues_that_are_up_in_turn()
    {
        var (router, harness) = Make(Free with { Policy = OptimalRouter.Rule.RoundRobin, Retry = new(0) });
        int Next()
        {
            harness.Set(router.Sell, 10).Step();
            return Array.FindIndex(Legs(router), leg => leg > 0);
        }

        Assert.Equal([0, 1, 2, 0], Enumerable.Range(0, 4).Select(_ => Next()));
        Assert.Equal(500, Value(router.ReserveBase));
        harness.Set(router.Sell, 0).Step();
        harness.Set(router.VenueIsUp[1], 0);
        Assert.Equal([0, 2, 0, 2], Enumerable.Range(0, 4).Select(_ => Next()));
    }

    [Fact]
    public void Depth_weighted_looks_at_ladders_where_pro_rata_looks_at_reserves()
    {
        var (router, harness) = Make(Free with { Policy = OptimalRouter.Rule.DepthWeighted }, (1000, 2e6, 0),
            (1000, 2e6, 0));
        SetLadder(router, harness, 1, 1000, 20);
        harness.Set(router.Sell, 21).Step();
        Assert.Equal([1, 20], Legs(router).Select(leg => Math.Round(leg, 9)));
    }

    [Fact]
    public void Congestion_aware_avoids_the_chain_that_is_late_and_dear()
    {
        var (router, harness) = Make(Free with { Policy = OptimalRouter.Rule.CongestionAware }, (1000, 2e6, 0),
            (1000, 2e6, 0));
        harness.Set(router.Sell, 50).Step();
        Assert.Equal(25, Value(router.SellLegs[0]), 1e-9);

        // One hour at 100 %/yr moves the market by sqrt(1/8760) sqrt(2/pi) = 0.85 % in the mean.
        harness.Set(router.VenueVolatility[0], 1).Set(router.VenueDelay[0], 3600).Step();
        var (late, prompt) = (Value(router.SellLegs[0]), Value(router.SellLegs[1]));
        var keep = 1 - Math.Sqrt(2 / Math.PI / 8760);
        Assert.Equal(keep / Math.Pow(1000 + late, 2), 1 / Math.Pow(1000 + prompt, 2), 1e-12);
        harness.Set(router.VenueGasPrice[0], 1e5).Set(router.VenueNativePrice[0], 2000).Step();
        Assert.Equal(0, Value(router.SellLegs[0]));
    }

    [Fact]
    public void Sticky_clients_stay_until_their_venue_has_its_share()
    {
        const int Paths = 4096, Clients = 10;
        var (router, harness) = Make(
            Free with { Policy = OptimalRouter.Rule.Sticky, Slices = new(Clients), Retry = new(0) }, Paths,
            (1000, 2e6, 0), (1000, 2e6, 0));
        harness.Set(router.Sell, Clients).Step();
        var first = router.SellLegs[0].Span.ToArray();

        // ceil(1.25 * 10 / 2) = 7 clients at most: the binomial of 10 fair hashes, cut at 3 and 7.
        double[] ways = [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1];
        for (var k = 3; k <= 7; k++)
        {
            var share = (k is 3 or 7 ? ways[..4].Sum() : ways[k]) / 1024;
            Assert.Equal(share, first.Count(f => Math.Abs(f - k) < 1e-9) / (double)Paths,
                4 * Math.Sqrt(share * (1 - share) / Paths));
        }

        harness.Step();
        Assert.Equal(first, router.SellLegs[0].Span.ToArray());
    }

    [Fact]
    public void The_optimum_is_reached_over_pools_and_ladders_together() =>
        Gen.Select(Gen.Double[0.1, 500], Gen.Double[1, 60], Gen.Double[0, 0.02], Gen.Bool).Sample(
            (order, depth, fee, isSell) =>
            {
                var (router, harness) = Make(Free, (1000, 2e6, 0.003), (500, 1.01e6, fee), (100, 1.98e5, 0.0005));
                SetLadder(router, harness, 1, 1000, depth);
                harness.Set(isSell ? router.Sell : router.Buy, isSell ? order : order * 2000).Step();
                Assert.InRange(Value(router.KktResidual), 0, 1e-9);
                Assert.Equal(0, Value(router.Regret), 1e-12);
                Assert.Equal(1, Value(router.Curve));
            });

    [Fact]
    public void A_ladder_of_a_pool_routes_as_the_pool_does()
    {
        foreach (var policy in Rules)
        {
            var (pools, first) = Make(Free with { Policy = policy });
            var (ladders, second) = Make(Free with { Policy = policy });
            for (var v = 0; v < 3; v++)
            {
                SetLadder(ladders, second, v, Three[v].Base, 0);
            }

            first.Set(pools.Sell, 50).Set(pools.Buy, 7e4).Step();
            second.Set(ladders.Sell, 50).Set(ladders.Buy, 7e4).Step();
            Assert.All(Legs(pools).Zip(Legs(ladders)), p => Assert.Equal(p.First, p.Second, 1e-9));
            Assert.Equal(Value(pools.Regret), Value(ladders.Regret), 1e-9);
        }
    }

    [Fact]
    public void A_venue_takes_no_more_than_its_capacity_and_the_rest_goes_elsewhere_or_waits()
    {
        var (router, harness) = Make(Free with { Capacity = new(40_000) });
        for (var v = 0; v < 3; v++)
        {
            harness.Set(router.VenueSpot[v], Three[v].Quote / Three[v].Base).Set(router.VenueInclusion[v], 1);
        }

        harness.Set(router.Sell, 50).Step();
        Assert.Equal(40_000 / 2000.0, Value(router.SellLegs[0]), 1e-9);
        Assert.True(Value(router.SellLegs[2]) > 2.59325110387179);
        Assert.Equal(50, Legs(router).Sum(), 1e-9);
        Assert.Equal(0, Value(router.KktResidual), 1e-9);
        harness.Set(router.Sell, 500).Set(router.VenueInclusion[1], 0.5).Step();
        double[] most = [20, 20_000 / 2020.0, 40_000 / 1980.0];
        Assert.All(most.Zip(Legs(router)), p => Assert.Equal(p.First, p.Second, 1e-9));
        Assert.Equal(550 - most.Sum(), Value(router.BacklogBase), 1e-9);
        Assert.Equal(0, Value(router.Regret), 1e-9);
    }

    [Fact]
    public void Liquidations_come_before_users()
    {
        foreach (var policy in Rules)
        {
            var p = Free with { Policy = policy, Capacity = new(40_000) };
            var (alone, first) = Make(p);
            var (both, second) = Make(p);
            for (var v = 0; v < 3; v++)
            {
                first.Set(alone.VenueSpot[v], 2000).Set(alone.VenueInclusion[v], 1);
                second.Set(both.VenueSpot[v], 2000).Set(both.VenueInclusion[v], 1);
            }

            first.Set(alone.Sell, 45).Step();
            second.Set(both.Sell, 45).Set(both.UserSell, 30).Step();
            Assert.Equal(Value(alone.FlyingBase), Value(both.FlyingBase), 1e-9);
            Assert.Equal(Value(alone.BacklogBase), Value(both.BacklogBase), 1e-9);
            Assert.Equal(Legs(both).Sum(), Value(both.FlyingBase) + Value(both.UserFlyingBase), 1e-9);
            Assert.Equal(30, Value(both.UserFlyingBase) + Value(both.UserBacklogBase), 1e-9);
            Assert.All(Legs(alone).Zip(Legs(both)), pair => Assert.True(pair.Second >= pair.First - 1e-9));
        }
    }

    [Fact]
    public void Users_stop_at_their_own_limit()
    {
        var (router, harness) = Make(Free with { UserSlippageLimit = new(0.005) });
        harness.Set(router.UserSell, 200).Step();
        var sent = Value(router.UserFlyingBase);
        Assert.InRange(sent, 1, 10);
        Assert.Equal(200 - sent, Value(router.UserBacklogBase), 1e-9);
        Assert.Equal(0, Value(router.Backlog));
        Assert.True(Value(router.UserBacklog) > 0);
        for (var v = 0; v < 3; v++)
        {
            Fill(router, harness, v, 1);
        }

        harness.Set(router.UserSell, 0).Step();
        Assert.Equal(sent, Value(router.UserSoldBase), 1e-12);
        Assert.Equal(0, Value(router.SoldBase));
        Assert.True(Value(router.UserProceeds) > 1950 * sent);
    }

    [Fact]
    public void What_waits_is_late_by_as_long_as_it_has_waited()
    {
        var (router, harness) = Make(Free with { Capacity = new(20_000), Policy = OptimalRouter.Rule.Single });
        harness.Set(router.VenueSpot[0], 2000).Set(router.VenueInclusion[0], 1).Set(router.Sell, 30).Step();
        Assert.Equal((10, 20), (Value(router.FlyingBase), Value(router.BacklogBase)));
        Assert.Equal((12, 12, 0),
            (Value(router.Lateness), Value(router.WaitingTime), Value(router.LateLiquidations)));
        harness.Set(router.Sell, 0);
        Fill(router, harness, 0, 1);
        harness.Step();
        Assert.Equal(24, Value(router.Lateness), 1e-9);
        Assert.Equal(10 * Value(router.Spot), Value(router.LateLiquidations), 200.0);
        Fill(router, harness, 0, 1);
        harness.Step();
        Fill(router, harness, 0, 1);
        harness.Step();
        Assert.Equal((0, 0, 0),
            (Value(router.Lateness), Value(router.WaitingTime), Value(router.LateLiquidations)));
    }

    [Fact]
    public void The_backlog_is_tried_with_the_chance_given()
    {
        const int Paths = 4096;
        var (router, harness) = Make(Free with { RetryChance = new(0.3) }, Paths, Three);
        harness.Set(router.ChainIsUp, 0).Set(router.Sell, 10).Step();
        harness.Set(router.ChainIsUp, 1).Set(router.Sell, 0).Step();
        var tried = router.FlyingBase.Span.ToArray().Count(f => f > 0) / (double)Paths;
        Assert.Equal(0.3, tried, 4 * Math.Sqrt(0.3 * 0.7 / Paths));
    }

    private static double[] Legs(OptimalRouter router) =>
        [.. Enumerable.Range(0, router.SellLegs.Count).Select(v => Value(router.SellLegs[v]))];

    private static (OptimalRouter Router, Harness Harness) Make(
        Parameters parameters, int paths, params (double Base, double Quote, double Fee)[] pools)
    {
        var router = new OptimalRouter(parameters);
        var harness = new Harness(router, paths, lists: pools.Length);
        Set(router, harness, pools);
        return (router, harness);
    }

    /// <summary>Makes a venue a ladder: the pool of its reserves, but of so much depth at 100 bps times that of the
    /// base.</summary>
    private static void SetLadder(OptimalRouter router, Harness harness, int v, double x, double multiple)
    {
        var price = router.VenueQuote[v].Span[0] / router.VenueBase[v].Span[0];
        var size = x * (multiple == 0 ? 1 : multiple);
        for (var knot = 0; knot < LiquidityLadder.Bins; knot++)
        {
            harness.Set(router.VenueSellDepths[v], knot, size * (LiquidityLadder.SellRoots[knot] - 1));
            harness.Set(router.VenueBuyDepths[v], knot, size * price * (LiquidityLadder.BuyRoots[knot] - 1));
        }

        for (var other = 0; other < router.VenueSpot.Count; other++)
        {
            harness.Set(router.VenueSpot[other], router.VenueQuote[other].Span[0] / router.VenueBase[other].Span[0]);
        }

        harness.Set(router.VenueCurve[v], 1);
    }
}
