using ScenarioGrid.Measures;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Tests.Measures;

public class ProbabilityTests
{
    [Fact]
    public void It_counts_paths_above_zero_and_not_those_at_it() =>
        Gen.Int[-2, 2].Array[1, 300].Sample(values =>
        {
            var estimate = new Probability().Of(new Sample([.. values.Select(v => (double)v)]));
            var hits = values.Count(v => v > 0);
            Assert.Equal((double)hits / values.Length, estimate.Value);
            // Half of the 5 % lies beyond each bound: the one-sided bound at 97.5 %.
            Assert.Equal(Proportion.UpperBound(hits, values.Length, 0.975), estimate.High, 1e-12);
            Assert.Equal(Proportion.LowerBound(hits, values.Length, 0.975), estimate.Low, 1e-12);
        });

    [Fact]
    public void An_event_that_no_path_met_is_still_uncertain()
    {
        var estimate = new Probability().Of(new Sample(new double[1000]));
        Assert.Equal((0, 0), (estimate.Value, estimate.Low));
        Assert.Equal(1 - Math.Pow(0.025, 0.001), estimate.High, 1e-12);
        Assert.InRange(estimate.StandardError, 0.0009, 0.001);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.02)]
    [InlineData(0.5)]
    public void The_interval_covers_the_truth_at_least_as_often_as_it_says(double truth) =>
        Assert.InRange(Coverage.Of("prob", 500, 1500, u => u < truth ? 1 : 0, truth), 0.94, 1);
}
