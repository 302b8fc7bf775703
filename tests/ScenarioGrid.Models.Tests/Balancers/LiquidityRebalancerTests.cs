using ScenarioGrid.Models.Balancers;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Balancers.LiquidityRebalancer.Parameters;

namespace ScenarioGrid.Models.Tests.Balancers;

public class LiquidityRebalancerTests
{
    private static readonly Parameters Prompt = new()
    {
        Target = LiquidityRebalancer.Rule.Equal, Speed = new(1e6), Cost = new(0), Band = new(0.2), Delay = new(0),
        OutflowLimit = new(0.9),
    };

    [Fact]
    public void Every_dollar_is_in_a_venue_on_the_way_or_paid() =>
        Gen.Select(Gen.Double[1e4, 1e7].Array[3], Gen.Double[0, 0.1], Gen.Double[0, 500], Gen.Double[0, 1e6],
            Gen.Enum<LiquidityRebalancer.Rule>(), Gen.Bool.Array[60]).Sample((start, cost, delay, speed, rule, up) =>
        {
            var world = new World(Prompt with
            {
                Target = rule, Cost = new(cost), Delay = new(delay), DelayMax = new(600), Speed = new(speed),
            }, start);
            var paid = 0.0;
            for (var tick = 0; tick < 60; tick++)
            {
                world.Up[1] = up[tick];
                world.Step();
                paid += world[world.Rebalancer.MovingCost];
                var flight = world[world.Rebalancer.InFlight];
                Assert.True(world.Values.All(v => v >= 0) && flight >= 0);
            }

            // Flows of the last tick are told in the next one.
            world.Step(settleOnly: true);
            paid += world[world.Rebalancer.MovingCost];
            Assert.Equal(start.Sum(), world.Values.Sum() + paid + world[world.Rebalancer.InFlight], 1e-9 * start.Sum());
        }, iter: 200);

    [Fact]
    public void Equal_ends_equal()
    {
        var world = new World(Prompt, 9e6, 2e6, 1e6);
        world.Step(400);
        Assert.All(world.Values, v => Assert.Equal(4e6, v, 4e6 * 0.03));
        Assert.InRange(world[world.Rebalancer.Imbalance], 0, 0.03);
    }

    // Row A29: liquidity in proportion to demand.
    [Fact]
    public void Demand_ends_in_proportion_to_demand()
    {
        var world = new World(Prompt with { Target = LiquidityRebalancer.Rule.Demand }, 25e6, 25e6, 25e6, 25e6);
        world.Demand = [5e5, 3e5, 1e5, 1e5];
        world.Step(400);
        var best = LiquidityPlacement.Optimal(world.Demand, 100e6);
        Assert.All(world.Values.Zip(best), p => Assert.Equal(p.Second, p.First, 0.03 * p.Second));
    }

    [Fact]
    public void Root_mean_square_counts_bursts()
    {
        // The same mean, one venue in bursts of every fourth tick: its root mean square is twice as high.
        var world = new World(Prompt with
            { Target = LiquidityRebalancer.Rule.RootMeanSquare, DemandMemory = new(36_000), Band = new(0.02) },
            5e7, 5e7);
        for (var tick = 0; tick < 4000; tick++)
        {
            world.Demand = [1e5, tick % 4 == 0 ? 4e5 : 0];
            world.Step();
        }

        Assert.Equal(2, world.Values[1] / world.Values[0], 0.1);
    }

    [Fact]
    public void Nothing_moves_inside_the_band()
    {
        var world = new World(Prompt, 1.19e6, 0.81e6);
        world.Step(100);
        Assert.Equal([1.19e6, 0.81e6], world.Values);
        world = new World(Prompt, 1.21e6, 0.79e6);
        world.Step(100);
        Assert.Equal(1e6, world.Values[0], 2.1e4);
    }

    [Fact]
    public void Liquidity_is_away_for_the_delay()
    {
        var world = new World(Prompt with { Delay = new(120), DelayMax = new(564) }, 3e6, 1e6);
        world.Rebalancer.BridgeDelay.Span.Fill(60);
        world.Step();
        var taken = 3e6 - world.Values[0];
        Assert.True(taken > 0);
        var ticks = 0;
        while (world.Values[1] < 1.0001e6)
        {
            world.Step();
            ticks++;
            Assert.True(world[world.Rebalancer.InFlight] >= taken * 0.999);
        }

        // Told a tick after it left, 180 s on the way, and taken in by the venue in the tick that it arrives.
        Assert.Equal(1 + 180 / 12, ticks);
    }

    [Fact]
    public void Moving_costs_its_share()
    {
        var world = new World(Prompt with { Cost = new(0.01) }, 3e6, 1e6);
        var (taken, cost) = (0.0, 0.0);
        for (var tick = 0; tick < 300; tick++)
        {
            world.Step();
            taken += world[world.Rebalancer.Taken];
            cost += world[world.Rebalancer.MovingCost];
        }

        Assert.Equal(0.01 * taken, cost, 1e-6);
        Assert.InRange(taken, 0.9e6, 1.1e6);
    }

    [Fact]
    public void Liquidity_moves_only_where_it_pays_over_the_horizon()
    {
        // Two venues of 1e6 and 3e6 with 1e5 of demand a tick each: equal saves 2 f^2 (1/1e6 + 1/3e6 - 1/2e6 - 1/2e6)
        // = 6666.7 USD a tick; moving 1e6 at 5 % costs 50,000: it pays beyond 7.5 ticks.
        foreach (var (horizon, moves) in new[] { (80, false), (100, true) })
        {
            var world = new World(Prompt with
            {
                Cost = new(0.05), Horizon = new(horizon), DemandMemory = new(1),
            }, 1e6, 3e6)
            {
                Demand = [1e5, 1e5],
            };
            world.Step(5);
            Assert.Equal(moves, world.Values[1] < 3e6);
        }
    }

    [Fact]
    public void Venues_that_are_down_are_left_alone()
    {
        var world = new World(Prompt, 9e6, 2e6, 1e6);
        world.Up[0] = false;
        world.Step(300);
        Assert.Equal(9e6, world.Values[0]);
        Assert.Equal(1.5e6, world.Values[1], 1e5);
    }

    [Fact]
    public void A_delay_beyond_the_longest_is_refused() =>
        Assert.Equal("delay", (Prompt with { Delay = new(100), DelayMax = new(50) }).Check().Single().Parameter);

    [Fact]
    public void More_venues_than_can_be_balanced_are_refused() => Assert.Throws<InvalidOperationException>(
        () => new Harness(new LiquidityRebalancer(new()), lists: 17).Start());

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var world = new World(new(), 4e6, 2e6, 1e6) { Demand = [1e5, 3e5, 2e5] };
        world.Step(500);
        Assert.Equal([1701697.1380318273, 3146408.3532239543, 2019106.8023811015], world.Values);
    }

    /// <summary>Venues that take and give what they are asked for.</summary>
    private sealed class World
    {
        private readonly Harness _harness;

        public World(Parameters parameters, params double[] values)
        {
            Rebalancer = new LiquidityRebalancer(parameters);
            _harness = new Harness(Rebalancer, lists: values.Length);
            Values = [.. values];
            Up = [.. values.Select(_ => true)];
            Demand = [.. values.Select(_ => 0.0)];
            Show();
            _harness.Start();
        }

        public LiquidityRebalancer Rebalancer { get; }

        public double[] Values { get; }

        public bool[] Up { get; }

        public double[] Demand { get; set; }

        public double this[Lane lane] => lane.Span[0];

        public void Step(int ticks) => Enumerable.Range(0, ticks).ToList().ForEach(_ => Step());

        public void Step(bool settleOnly = false)
        {
            Show();
            _harness.Step();
            for (var v = 0; v < Values.Length; v++)
            {
                var moved = Up[v] && !settleOnly ? Math.Max(this[Rebalancer.Flow[v]], -0.95 * Values[v]) : 0;
                Values[v] += moved;
                _harness.Set(Rebalancer.VenueMoved[v], moved);
            }
        }

        private void Show()
        {
            for (var v = 0; v < Values.Length; v++)
            {
                _harness.Set(Rebalancer.VenueBase[v], Values[v] / 2 / 2000).Set(Rebalancer.VenueSpot[v], 2000);
                _harness.Set(Rebalancer.VenueQuote[v], Values[v] / 2).Set(Rebalancer.VenueIsUp[v], Up[v] ? 1 : 0);
                _harness.Set(Rebalancer.VenueVolume[v], Demand[v]);
            }
        }
    }
}
