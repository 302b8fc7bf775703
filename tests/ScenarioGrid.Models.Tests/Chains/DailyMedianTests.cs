using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

public class DailyMedianTests
{
    [Fact]
    public void It_is_the_median_of_sorted_values_also_with_ties() =>
        Gen.Select(Gen.Double[-5, 5].Array[24], Gen.Int[0, 3]).Sample((values, ties) =>
        {
            double[] sample = [.. values.Select(v => ties == 0 ? v : Math.Floor(v / ties))];
            var lane = LaneOf(sample);
            double[] sorted = [.. sample.Order()];
            Assert.Equal(0.5 * (sorted[11] + sorted[12]), DailyMedian.Of(lane, 0)[0], 1e-15);
        });

    [Fact]
    public void A_value_is_recorded_when_an_hour_ends_and_for_every_hour_of_a_long_tick()
    {
        var lane = LaneOf(new double[24]);
        foreach (var (index, seconds, expected) in (ReadOnlySpan<(int, double, int)>)
            [(298, 12, 0), (299, 12, 1), (300, 12, 0), (0, 3600, 1), (5, 21_600, 6), (0, 200_000, 55)])
        {
            var tick = new Tick(index, 1000, seconds, 0, 8, default, default);
            Assert.Equal(expected, DailyMedian.Hours(tick).Count);
        }

        DailyMedian.Record(lane, (23, 3), 0, 7);
        Assert.Equal([7.0, 7.0, 0.0], [lane.Row(23).At(0), lane.Row(1).At(0), lane.Row(2).At(0)]);
        DailyMedian.Record(lane, (0, 55), 0, 3);
        Assert.Equal(3, DailyMedian.Of(lane, 0)[0]);
    }

    private static Lane LaneOf(double[] values)
    {
        Lane lane = Lane.State<Number>(0, DailyMedian.Samples);
        lane.Attach(new double[DailyMedian.Samples * Vec.Width], 0, Vec.Width);
        for (var row = 0; row < values.Length; row++)
        {
            lane.AllRows.Slice(row * Vec.Width, Vec.Width).Fill(values[row]);
        }

        return lane;
    }
}
