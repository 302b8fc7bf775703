using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class MinimumTests
{
    [Fact]
    public void The_extremes_are_exact_for_the_simulated_paths()
    {
        var sample = new Sample([3, -7, 12]);
        Assert.Equal(Estimate.Exact(-7, 3), new Minimum().Of(sample));
        Assert.Equal(Estimate.Exact(12, 3), new Maximum().Of(sample));
    }
}
