using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class SampleTests
{
    [Fact]
    public void A_value_that_is_not_a_number_is_reported_with_its_path()
    {
        var error = Assert.Throws<ArgumentException>(() => new Sample([1, 2, double.NaN, 4]));
        Assert.Contains("path 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_needs_a_path() => Assert.Throws<ArgumentException>(() => new Sample([]));

    [Fact]
    public void Sums_survive_cancellation() =>
        Assert.Equal(0.5, new Sample([1e100, 1, -1e100, 1]).Mean);

    [Fact]
    public void The_sign_of_zero_does_not_depend_on_the_order_of_the_paths()
    {
        var (a, b) = (new Sample([0.0, -0.0]), new Sample([-0.0, 0.0]));
        Assert.Equal(BitConverter.DoubleToInt64Bits(a.Least), BitConverter.DoubleToInt64Bits(b.Least));
        Assert.Equal(BitConverter.DoubleToInt64Bits(a.Mean), BitConverter.DoubleToInt64Bits(b.Mean));
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.25, 1)]
    [InlineData(0.26, 2)]
    [InlineData(0.75, 3)]
    [InlineData(0.99, 4)]
    public void A_quantile_is_the_smallest_value_that_enough_paths_do_not_exceed(double q, double expected) =>
        Assert.Equal(expected, new Sample([4, 2, 1, 3]).Quantile(q));

    [Fact]
    public void A_share_that_falls_on_a_whole_path_is_not_moved_by_rounding()
    {
        // 0.07 * 100 is 7.000000000000001 in binary; the 7th of 100 paths is meant.
        var sample = new Sample([.. Enumerable.Range(1, 100).Select(i => (double)i)]);
        Assert.All(Enumerable.Range(1, 99), percent => Assert.Equal(percent, sample.Quantile(percent / 100.0)));
    }
}
