using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class SuccessRunsTests
{
    // T15, T16: 32 slots of an epoch.
    [Theory]
    [InlineData(0.1, 2, 0.2489381833)]
    [InlineData(0.1, 3, 0.02681484198)]
    [InlineData(0.1, 5, 0.0002529793096)]
    [InlineData(0.3, 2, 0.907154158)]
    [InlineData(0.3, 3, 0.459332384)]
    public void Probability_of_a_run_equals_the_exact_chain(double share, int length, double expected) =>
        Assert.Equal(expected, SuccessRuns.Probability(share, length, 32), 1e-9);

    [Theory]
    [InlineData(0.1, 2, 110)]
    [InlineData(0.3, 2, 14.4444444)]
    [InlineData(0.3, 3, 51.4814815)]
    public void Mean_time_to_a_run_equals_the_closed_form(double share, int length, double expected) =>
        Assert.Equal(expected, SuccessRuns.MeanTrials(share, length), 1e-7);

    [Fact]
    public void Mean_time_is_the_sum_of_the_survival_probabilities() =>
        Gen.Select(Gen.Double[0.2, 0.8], Gen.Int[1, 3]).Sample((share, length) =>
        {
            var mean = Enumerable.Range(0, 2000).Sum(n => 1 - SuccessRuns.Probability(share, length, n));
            Assert.Equal(SuccessRuns.MeanTrials(share, length), mean, 1e-5);
        }, iter: 5);
}
