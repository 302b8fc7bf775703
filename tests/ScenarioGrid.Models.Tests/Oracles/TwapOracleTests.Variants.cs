using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Oracles.TwapOracle.Parameters;

namespace ScenarioGrid.Models.Tests.Oracles;

/// <content>Median, whole ticks and cardinality.</content>
public partial class TwapOracleTests
{
    [Fact]
    public void A_median_is_that_of_the_prices_on_its_grid() =>
        Gen.Select(Gen.Double[1, 4000].Array[40, 80], Gen.Int[2, 20]).Sample((prices, blocks) =>
        {
            var (oracle, harness) = Make(Median with { Window = new(24 * blocks), BreakLimit = new(10) });
            foreach (var price in prices)
            {
                harness.Set(oracle.VenueSpot, price).Step();
            }

            var samples = 2 * blocks + 1;
            var seen = Enumerable.Repeat(Price, samples).Concat(prices).TakeLast(samples).Order();
            Assert.Equal(seen.ElementAt(blocks), Value(oracle.LastMean), 1e-10 * Price);
        }, iter: 60);

    [Fact]
    public void Half_of_the_window_does_not_move_a_median_and_one_block_more_moves_it_fully()
    {
        var (oracle, harness) = Make(Median with { BreakLimit = new(10) });
        harness.Step(200).Set(oracle.VenueSpot, 1.4 * Price).Step(75);
        Assert.Equal(Price, Value(oracle.Price), 1e-9);
        harness.Step();
        Assert.Equal(1.4 * Price, Value(oracle.Price), 1e-9 * Price);
    }

    [Fact]
    public void A_median_over_long_ticks_takes_each_price_as_often_as_its_time()
    {
        var (oracle, harness) = Make(Median with { Cadence = new(60), BreakLimit = new(10) }, 600);
        harness.Step(4).Set(oracle.VenueSpot, 3000).Step();
        Assert.Equal(Price, Value(oracle.Price), 1e-9);
        harness.Step();
        Assert.Equal(3000, Value(oracle.Price), 1e-9 * Price);
    }

    [Fact]
    public void Whole_ticks_give_the_mean_of_the_accumulator_of_the_pool() =>
        Gen.Select(Gen.Double[1500, 2500].Array[160, 200], Gen.Int[1, 150]).Sample((prices, blocks) =>
        {
            var window = 12 * blocks;
            var (oracle, harness) = Make(Geometric with
            {
                WholeTicks = true, Window = new(window), BreakLimit = new(10),
            });
            var pool = new TickAccumulator(0, TickOf(prices[0]), 1);
            pool.Grow(1000);
            for (var block = 0; block < prices.Length; block++)
            {
                pool.Touch(12 * block, TickOf(prices[block]), 1);
                harness.Set(oracle.VenueSpot, prices[block]).Step();
            }

            var now = 12 * prices.Length;
            var (last, first) = (pool.Observe(now, 0).Tick, pool.Observe(now, window).Tick);
            var mean = TickAccumulator.MeanTick(first, last, window);
            Assert.Equal(Math.Pow(1.0001, mean), Value(oracle.LastMean), 1e-9 * Price);
        }, iter: 60);

    [Fact]
    public void A_ring_with_fewer_observations_than_touched_blocks_is_too_short()
    {
        foreach (var (cardinality, fresh) in new[] { (150, 0), (151, 1), (1000, 1) })
        {
            var (oracle, harness) = Make(Geometric with { Cardinality = new(cardinality) });
            harness.Step(400);
            Assert.Equal((fresh, 0), (Value(oracle.IsFresh), Value(oracle.FrozenTime)));
        }

        // Touched every two minutes, 15 observations or so are enough.
        var (seldom, slowly) = Make(Geometric with { Cardinality = new(40), TouchInterval = new(120) }, paths: 64);
        slowly.Step(400);
        Assert.All(seldom.IsFresh.Span.ToArray(), f => Assert.Equal(1, f));
        var (often, busily) = Make(Geometric with { Cardinality = new(5), TouchInterval = new(120) }, paths: 64);
        busily.Step(400);
        Assert.InRange(often.IsFresh.Span.ToArray().Average(), 0, 0.1);
    }

    [Fact]
    public void Whole_ticks_of_an_arithmetic_mean_and_a_median_of_too_many_prices_are_refused()
    {
        Assert.Equal("wholeTicks", Assert.Single((Arithmetic with { WholeTicks = true }).Check()).Parameter);
        var fault = Assert.Single((Median with { Window = new(7200) }).Check());
        Assert.Contains("the median of 601 prices", fault.Message, StringComparison.Ordinal);
    }
}
