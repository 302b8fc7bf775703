using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class StandardDeviationTests
{
    [Fact]
    public void Three_paths_by_hand()
    {
        // Deviations -1, 0, 1: s^2 = 1, m4 = 2/3, Var(s^2) = (2/3 - 0) / 3.
        var estimate = new StandardDeviation().Of(new Sample([4, 5, 6]));
        Assert.Equal(1, estimate.Value, 1e-15);
        Assert.Equal(Math.Sqrt(2.0 / 9) / 2, estimate.StandardError, 1e-15);
        Assert.Equal(0, estimate.Low);
    }

    [Fact]
    public void The_interval_covers_the_truth_of_exponential_paths() =>
        Assert.InRange(Coverage.Of("sd", 4000, 300, u => -Math.Log(u), truth: 1), 0.90, 0.99);
}
