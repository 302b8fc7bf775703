using System.Numerics;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Oracles;

public class TickAccumulatorTests
{
    [Fact]
    public void Observation_at_now_and_before_equals_the_published_vector()
    {
        var oracle = new TickAccumulator(5, 2, 4);
        var ((now, nowPerLiquidity), (before, beforePerLiquidity)) = (oracle.Observe(8, 0), oracle.Observe(8, 1));
        ReferenceCases.Check("T5", now, before, (double)nowPerLiquidity, (double)beforePerLiquidity);
        Assert.Equal(BigInteger.Parse("255211775190703847597530955573826158592", null), nowPerLiquidity);
        Assert.Equal(BigInteger.Parse("170141183460469231731687303715884105728", null), beforePerLiquidity);
    }

    [Fact]
    public void Interpolation_between_two_observations_equals_the_published_vector()
    {
        var oracle = new TickAccumulator(5, -5, 5);
        oracle.Grow(2);
        oracle.Touch(9, 1, 2);
        ReferenceCases.Check("T6", [.. new long[] { 0, 9, 11 }.Select(ago => (double)oracle.Observe(16, ago).Tick)]);
    }

    [Fact]
    public void Several_points_at_once_equal_the_published_vector()
    {
        var oracle = new TickAccumulator(5, 2, (UInt128)1 << 15);
        oracle.Grow(4);
        oracle.Touch(18, 6, 1 << 12);
        var seen = new long[] { 0, 3, 8, 13, 15, 18 }.Select(ago => (double)oracle.Observe(23, ago).Tick);
        ReferenceCases.Check("T7", [.. seen]);
    }

    [Fact]
    public void Mean_tick_is_rounded_down()
    {
        ReferenceCases.Check("T8", TickAccumulator.MeanTick(-10, -12, 4), TickAccumulator.MeanTick(12, 12, 3));
        Assert.Equal(-3, TickAccumulator.MeanTick(0, -12, 4));
    }

    [Fact]
    public void A_full_ring_forgets_its_oldest_observation()
    {
        var oracle = new TickAccumulator(0, 1, 1);
        oracle.Grow(3);
        for (var time = 10; time <= 50; time += 10)
        {
            oracle.Touch(time, time, 1);
        }

        Assert.Equal(oracle.Observe(50, 0).Tick - 400, oracle.Observe(50, 10).Tick);
        Assert.Throws<InvalidOperationException>(() => oracle.Observe(50, 21));
    }

    [Fact]
    public void Reading_between_touches_equals_the_sum_of_ticks_over_seconds() =>
        Gen.Int[-100_000, 100_000].Array[2, 20].Sample(ticks =>
        {
            var oracle = new TickAccumulator(0, ticks[0], 1);
            oracle.Grow(100);
            var sums = new List<long> { 0 };
            for (var second = 1; second <= 7 * ticks.Length; second++)
            {
                sums.Add(sums[^1] + ticks[(second - 1) / 7]);
                if (second % 7 == 0 && second / 7 < ticks.Length)
                {
                    oracle.Touch(second, ticks[second / 7], 1);
                }
            }

            Assert.All(Enumerable.Range(0, sums.Count), ago =>
                Assert.Equal(sums[sums.Count - 1 - ago], oracle.Observe(sums.Count - 1, ago).Tick));
        }, iter: 50);
}
