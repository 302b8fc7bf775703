using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

public class FirstPriceMarketTests
{
    private const double Keep = 0.99;

    private static readonly FirstPriceMarket Market = new(0.5, 20, Keep);

    [Theory]
    [InlineData(1, 1, 20)]
    [InlineData(2.45, 1, 120.05)]
    [InlineData(0.5, 1, 5)]
    [InlineData(2, 0.8, 125)]
    public void The_price_is_the_one_at_which_demand_fits_the_blocks(double demand, double proposing, double expected)
    {
        foreach (var slots in (int[])[1, 50])
        {
            var state = Calm();
            Market.Clear(ref state, slots, demand, proposing);
            Assert.Equal(expected, state.Fee[0], 1e-12 * expected);
            Assert.Equal(slots * proposing, state.Used[0], 1e-12 * slots);
            Assert.Equal(slots * proposing * expected, state.Paid[0], 1e-11 * slots * expected);
            Assert.Equal(0, state.Waiting[0]);
        }
    }

    [Fact]
    public void What_waited_through_a_halt_makes_the_first_block_dear()
    {
        var state = Calm();
        Market.Clear(ref state, 100, 1, 0);
        var waiting = 0.0;
        for (var slot = 0; slot < 100; slot++)
        {
            waiting = (waiting + 1) * Keep;
        }

        Assert.Equal(waiting, state.Waiting[0], 1e-11);
        Assert.Equal(100 - waiting, state.Dropped[0], 1e-11);
        Assert.Equal((20.0, 0.0), (state.Fee[0], state.Used[0]));

        Market.Clear(ref state, 1, 1, 1);
        Assert.Equal(20 * Math.Pow(waiting + 1, 2), state.Fee[0], 1e-7);
        Market.Clear(ref state, 1, 1, 1);
        Assert.Equal(20, state.Fee[0], 1e-12);
    }

    [Fact]
    public void Hardly_any_demand_leaves_blocks_empty_at_the_least_fee()
    {
        var state = Calm();
        Market.Clear(ref state, 10, 1e-9, 1);
        Assert.Equal(FeeMarket.FeeMin, state.Fee[0]);
        Assert.True(state.Used[0] < 0.001);
    }

    [Fact]
    public void More_demand_never_lowers_the_price() =>
        Gen.Select(Gen.Double[0.01, 20], Gen.Double[1, 3], Gen.Double[0, 40], Gen.Int[1, 20])
            .Sample((demand, more, waiting, slots) =>
            {
                FeeMarket.State low = Calm() with { Waiting = waiting }, high = low;
                Market.Clear(ref low, slots, demand, 1);
                Market.Clear(ref high, slots, demand * more, 1);
                Assert.True(high.Fee[0] >= low.Fee[0] * (1 - 1e-12));
                Assert.True(low.Used[0] <= slots * (1 + 1e-12));
            });

    /// <summary>Normal distribution: 84.13 % one deviation above, 2.28 % two below.</summary>
    [Fact]
    public void A_bid_is_included_by_how_far_it_is_above_the_price()
    {
        Assert.Equal(0.5, FirstPriceMarket.Included(3, 3, 0.7)[0], 1e-15);
        Assert.Equal(0.8413447460685429, FirstPriceMarket.Included(3.7, 3, 0.7)[0], 1e-12);
        Assert.Equal(0.0227501319481792, FirstPriceMarket.Included(1.6, 3, 0.7)[0], 1e-12);
    }

    private static FeeMarket.State Calm() => new() { Fee = 20 };
}
