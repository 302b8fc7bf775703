using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class PathAllocationTests
{
    // security.md section 14, row BA-5.
    [Fact]
    public void BA_5_optimal_computing_budget()
    {
        var paths = PathAllocation.Optimal([1, 1.2, 1.5, 2], [0.5, 0.5, 1, 1], 10_000);
        double[] expected = [3690.842285, 3505.087620, 2243.256077, 560.814019];
        Assert.All(expected.Zip(paths), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void Equal_best_cells_are_refused() =>
        Assert.Throws<ArgumentException>(() => PathAllocation.Optimal([1, 1, 2], [1, 1, 1], 100));
}
