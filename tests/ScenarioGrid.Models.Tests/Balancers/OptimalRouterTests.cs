using ScenarioGrid.Models.Balancers;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Balancers.OptimalRouter.Parameters;

namespace ScenarioGrid.Models.Tests.Balancers;

public partial class OptimalRouterTests
{
    private static readonly (double Base, double Quote, double Fee)[] Three =
        [(1000, 2e6, 0.003), (500, 1.01e6, 0.003), (100, 1.98e5, 0.0005)];

    private static readonly Parameters Free = new() { SlippageLimit = new(1) };

    // The case A27.
    [Fact]
    public void Legs_are_those_of_the_computed_case()
    {
        var (router, harness) = Make(Free);
        harness.Set(router.Sell, 50).Step();
        Assert.Equal(29.8872877555533, Value(router.SellLegs[0]), 1e-11);
        Assert.Equal(17.5194611405749, Value(router.SellLegs[1]), 1e-11);
        Assert.Equal(2.59325110387179, Value(router.SellLegs[2]), 1e-11);
        Assert.Equal(0, Value(router.Regret), 1e-12);
    }

    [Theory]
    [InlineData(OptimalRouter.Rule.ProRata, 96943.84360011024)]
    [InlineData(OptimalRouter.Rule.Uniform, 93449.77030918224)]
    [InlineData(OptimalRouter.Rule.BestQuote, 94965.94751631185)]
    [InlineData(OptimalRouter.Rule.BestPrice, 91567.70028189506)]
    [InlineData(OptimalRouter.Rule.Greedy, 96838.61289256907)]
    public void Regret_is_what_the_policy_loses_against_the_optimum(OptimalRouter.Rule policy, double paid)
    {
        var (router, harness) = Make(Free with { Policy = policy });
        harness.Set(router.Sell, 50).Step();
        Assert.Equal(1 - paid / 96965.42206993961, Value(router.Regret), 1e-12);
        Assert.Equal(96965.42206993961 - paid, Value(router.RegretLoss), 1e-8);
    }

    [Fact]
    public void What_enters_is_sold_or_waits() =>
        Gen.Select(Gen.Double[0, 500].Array[20], Gen.Double[0, 1e6].Array[20], Gen.Double[0, 1].Array[20],
            Gen.Enum<OptimalRouter.Rule>()).Sample((sells, buys, fills, policy) =>
        {
            var (router, harness) = Make(new() { Policy = policy, Retry = new(0.7) });
            double enteredBase = 0, soldBase = 0, enteredQuote = 0, spentQuote = 0;
            for (var tick = 0; tick < 20; tick++)
            {
                harness.Set(router.Sell, sells[tick]).Set(router.Buy, buys[tick]).Step();
                enteredBase += sells[tick];
                soldBase += Value(router.SoldBase);
                enteredQuote += buys[tick];
                spentQuote += Value(router.SpentQuote);
                var heldBase = Value(router.BacklogBase) + Value(router.FlyingBase);
                var heldQuote = Value(router.BacklogQuote) + Value(router.FlyingQuote);
                Assert.Equal(enteredBase - soldBase, heldBase, 1e-9 * (1 + enteredBase));
                Assert.Equal(enteredQuote - spentQuote, heldQuote, 1e-9 * (1 + enteredQuote));
                for (var v = 0; v < 3; v++)
                {
                    Fill(router, harness, v, fills[tick]);
                }
            }
        }, iter: 100);

    [Fact]
    public void An_unfilled_leg_is_tried_again()
    {
        var (router, harness) = Make(Free);
        harness.Set(router.Sell, 50).Step().Set(router.Sell, 0);
        for (var v = 0; v < 3; v++)
        {
            Fill(router, harness, v, 0.4);
        }

        harness.Step();
        Assert.Equal(20, Value(router.SoldBase), 1e-12);
        Assert.Equal(30, Value(router.FlyingBase), 1e-12);
        Assert.Equal(30, Enumerable.Range(0, 3).Sum(v => Value(router.SellLegs[v])), 1e-12);
    }

    [Fact]
    public void The_slippage_limit_leaves_the_rest_in_the_backlog()
    {
        var (router, harness) = Make(new() { SlippageLimit = new(0.01) });
        harness.Set(router.Sell, 200).Step();
        var sent = Value(router.FlyingBase);
        Assert.InRange(sent, 1, 20);
        Assert.Equal(200 - sent, Value(router.BacklogBase), 1e-10);
        Assert.True(Value(router.Backlog) > 0);
    }

    [Fact]
    public void Legs_that_do_not_pay_their_gas_are_not_sent()
    {
        var (router, harness) = Make(Free);
        Vec[] scratch = new Vec[3 * OptimalSplit.ScratchPerVenue];
        double Paid(params int[] venues)
        {
            var split = new OptimalSplit(3, scratch);
            for (var v = 0; v < 3; v++)
            {
                Vec included = venues.Contains(v) ? 1 : 0;
                split.Set(v, Three[v].Base, Three[v].Quote, 1 - Three[v].Fee, included > Vec.Zero);
            }

            split.Optimal(50.0);
            return split.TotalOut()[0];
        }

        var benefit = Paid(0, 1, 2) - Paid(0, 1);
        harness.Set(router.NativePrice, 2000).Set(router.GasPrice, 0.99 * benefit / 2000 / 120_000 * 1e9);
        harness.Set(router.Sell, 50).Step();
        Assert.Equal(2.59325110387179, Value(router.SellLegs[2]), 1e-11);
        for (var v = 0; v < 3; v++)
        {
            Fill(router, harness, v, 1);
        }

        harness.Set(router.GasPrice, 1.01 * benefit / 2000 / 120_000 * 1e9).Set(router.Sell, 50).Step();
        Assert.Equal(0, Value(router.SellLegs[2]));
        Assert.True(Value(router.SellLegs[1]) > 0);
        harness.Set(router.GasPrice, 1e5).Step();
        Assert.Equal(1, Enumerable.Range(0, 3).Count(v => Value(router.SellLegs[v]) > 0));
    }

    [Fact]
    public void Stale_quotes_are_kept_for_their_interval()
    {
        var (router, harness) = Make(Free with { QuoteInterval = new(60), Policy = OptimalRouter.Rule.BestPrice });
        harness.Set(router.Sell, 1).Step();
        Assert.Equal(1, Value(router.SellLegs[1]));
        harness.Set(router.VenueQuote[1], 5e5);
        for (var tick = 1; tick < 6; tick++)
        {
            Fill(router, harness, 0, 1);
            Fill(router, harness, 1, 1);
            harness.Step();
            Assert.Equal(tick < 4, Value(router.SellLegs[1]) > 0);
            Assert.Equal(tick < 4, Value(router.Regret) > 0.1);
        }
    }

    [Fact]
    public void A_venue_that_is_down_gets_nothing_and_does_not_count()
    {
        var (router, harness) = Make(Free);
        harness.Set(router.VenueIsUp[0], 0).Set(router.Sell, 50).Set(router.Buy, 1000).Step();
        Assert.Equal(0, Value(router.SellLegs[0]) + Value(router.BuyLegs[0]));
        Assert.Equal(600, Value(router.ReserveBase));
        Assert.Equal(1, Value(router.IsUp));
        harness.Set(router.VenueIsUp[1], 0).Set(router.VenueIsUp[2], 0).Step();
        Assert.Equal(0, Value(router.IsUp));
        Assert.Equal(1600, Value(router.ReserveBase));
        Assert.True(double.IsFinite(Value(router.Spot)));
        Assert.Equal(0, Value(router.FlyingBase));
    }

    // Systems row 2 (d): over pools without fee at one price the split is that of one merged pool.
    [Fact]
    public void Pools_at_one_price_act_as_one()
    {
        var (router, harness) = Make(Free, (1000, 2e6, 0), (250, 5e5, 0), (50, 1e5, 0));
        harness.Set(router.Sell, 130).Step();
        Assert.Equal([100, 25, 5], Enumerable.Range(0, 3).Select(v => Math.Round(Value(router.SellLegs[v]), 9)));
        Assert.Equal((1300, 2.6e6, 2000), (Value(router.ReserveBase), Value(router.ReserveQuote), Value(router.Spot)));
        Assert.Equal(0, Value(router.Dispersion));
        Assert.Equal(1000 / 1300.0, Value(router.VenueShare), 1e-12);
    }

    [Fact]
    public void Dispersion_is_the_widest_distance_from_the_market()
    {
        var (router, harness) = Make(Free);
        harness.Set(router.VenueMarket[2], 1990).Step();
        Assert.Equal(Math.Log(2020 / 2000.0), Value(router.Dispersion), 1e-12);
        harness.Set(router.MarketPrice, 2000).Step();
        Assert.Equal(Math.Log(2000 / 1980.0), Value(router.Dispersion), 1e-12);
    }

    [Fact]
    public void Slippage_and_prices_are_those_of_the_fills()
    {
        var (router, harness) = Make(Free);
        harness.Set(router.Sell, 50).Step().Set(router.Sell, 0);
        for (var v = 0; v < 3; v++)
        {
            Fill(router, harness, v, 1);
        }

        harness.Step();
        Assert.Equal(96965.42206993961, Value(router.Proceeds), 1e-7);
        Assert.Equal(96965.42206993961 / 50, Value(router.AverageSellPrice), 1e-8);
        Assert.Equal(1 - 96965.42206993961 / 50 / (3.208e6 / 1600), Value(router.Slippage), 1e-10);
    }

    [Fact]
    public void Before_its_venues_start_the_router_stands_at_the_market()
    {
        var (router, _) = Make(Free, (0, 0, 0), (0, 0, 0));
        Assert.Equal((2000, 0, 0), (Value(router.Spot), Value(router.Fee), Value(router.Dispersion)));
    }

    [Fact]
    public void More_venues_than_can_be_compared_are_refused()
    {
        var router = new OptimalRouter(new());
        var harness = new Harness(router, lists: 17);
        Assert.Throws<InvalidOperationException>(() => harness.Start());
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (router, harness) = Make(Free with { Policy = OptimalRouter.Rule.PowerOfD });
        var sent = Enumerable.Range(0, 12).Select(_ =>
        {
            harness.Set(router.Sell, 10).Step();
            return Array.FindIndex([0, 1, 2], v => Value(router.SellLegs[v]) > 0);
        });
        Assert.Equal("111001100000", string.Concat(sent));
    }

    private static (OptimalRouter Router, Harness Harness) Make(
        Parameters parameters, params (double Base, double Quote, double Fee)[] pools)
    {
        pools = pools.Length == 0 ? Three : pools;
        var router = new OptimalRouter(parameters);
        var harness = new Harness(router, lists: pools.Length);
        Set(router, harness, pools);
        return (router, harness);
    }

    private static void Set(OptimalRouter router, Harness harness, (double Base, double Quote, double Fee)[] pools)
    {
        for (var v = 0; v < pools.Length; v++)
        {
            harness.Set(router.VenueBase[v], pools[v].Base).Set(router.VenueQuote[v], pools[v].Quote);
            harness.Set(router.VenueFee[v], pools[v].Fee).Set(router.VenueIsUp[v], 1).Set(router.VenueMarket[v], 2000);
        }

        harness.Set(router.ChainIsUp, 1).Start();
    }

    /// <summary>The venue takes a share of its legs, its reserves unchanged.</summary>
    private static void Fill(OptimalRouter router, Harness harness, int v, double share)
    {
        double sold = share * Value(router.SellLegs[v]), spent = share * Value(router.BuyLegs[v]);
        double x = Value(router.VenueBase[v]), y = Value(router.VenueQuote[v]), gamma = 1 - Value(router.VenueFee[v]);
        harness.Set(router.VenueSold[v], sold).Set(router.VenueSpent[v], spent);
        harness.Set(router.VenueProceeds[v], ConstantProduct.Out(sold, x, y, gamma));
        harness.Set(router.VenueBought[v], ConstantProduct.Out(spent, y, x, gamma));
    }

    private static double Value(Lane lane) => lane.Span[0];
}
