using ScenarioGrid.Models.Balancers;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Balancers.OptimalRouter.Parameters;

namespace ScenarioGrid.Models.Tests.Balancers;

/// <content>What all venues come to together.</content>
public partial class OptimalRouterTests
{
    [Fact]
    public void Permuting_the_venues_gives_the_same_totals()
    {
        foreach (var policy in Rules.Except([OptimalRouter.Rule.Single, OptimalRouter.Rule.RoundRobin,
            OptimalRouter.Rule.PowerOfD, OptimalRouter.Rule.Sticky]))
        {
            var (one, first) = Make(Free with { Policy = policy });
            var (two, second) = Make(Free with { Policy = policy }, [.. Three.Reverse()]);
            SetLadder(one, first, 0, 1000, 0);
            SetLadder(two, second, 2, 1000, 0);
            first.Set(one.Sell, 50).Step();
            second.Set(two.Sell, 50).Step();
            Assert.All(Legs(one).Zip(Legs(two).Reverse()), p => Assert.Equal(p.First, p.Second, 1e-9));
            Assert.Equal(Value(one.Regret), Value(two.Regret), 1e-12);
            Assert.Equal(Percent(one), Percent(two), 1e-9);
            Assert.Equal(Value(one.Hhi), Value(two.Hhi), 1e-12);
        }
    }

    [Fact]
    public void No_single_venue_pays_more_than_all_together() =>
        Gen.Select(Gen.Double[0.1, 300], Gen.Double[1, 60]).Sample((order, depth) =>
        {
            double Loss(OptimalRouter.Rule policy)
            {
                var (router, harness) = Make(Free with { Policy = policy });
                SetLadder(router, harness, 1, 500, depth);
                harness.Set(router.Sell, order).Step();
                return Value(router.RegretLoss);
            }

            Assert.Equal(0, Loss(OptimalRouter.Rule.Optimal), 1e-6);
            Assert.True(Loss(OptimalRouter.Rule.BestQuote) >= 0);
        });

    [Fact]
    public void Ladders_of_pools_are_published_as_one_pool()
    {
        var (router, harness) = Make(Free, (1000, 2e6, 0), (250, 5e5, 0));
        harness.Step();
        Assert.Equal((0, 0), (Value(router.Curve), Percent(router)));
        SetLadder(router, harness, 1, 250, 0);
        harness.Step();
        Assert.Equal(1, Value(router.Curve));
        Assert.Equal(2000, Value(router.Spot), 1e-9);
        for (var knot = 0; knot < LiquidityLadder.Bins; knot++)
        {
            Assert.Equal(1250 * (LiquidityLadder.SellRoots[knot] - 1), router.SellDepths.Row(knot).At(0), 1e-9);
            Assert.Equal(2.5e6 * (LiquidityLadder.BuyRoots[knot] - 1), router.BuyDepths.Row(knot).At(0), 1e-6);
        }
    }

    private static double Percent(OptimalRouter router) => router.SellDepths.Row(LiquidityLadder.Percent).At(0);
}
