using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class PairedDifferenceTests
{
    [Fact]
    public void Common_shocks_cancel()
    {
        var shocks = Coverage.Values(1, 1000, u => 100 * u);
        var difference = PairedDifference.Of([.. shocks.Select((s, i) => s + 1 + i % 2)], shocks);
        Assert.Equal(1.5, difference.Value, 1e-12);
        Assert.InRange(difference.StandardError, 0.0158, 0.0159);
    }

    [Fact]
    public void Equal_infinities_do_not_differ() =>
        Assert.Equal(0, PairedDifference.Of([1, double.PositiveInfinity], [1, double.PositiveInfinity]).Value);

    [Fact]
    public void Cells_with_other_paths_are_refused() =>
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1, 2], [1]));
}
