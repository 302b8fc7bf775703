using ScenarioGrid.Models.Probability;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Probability;

public class SuccessRunsTests
{
    [Fact]
    public void Chance_of_a_run_and_mean_time_to_it_are_exact()
    {
        double Chance(double share, int length) => SuccessRuns.Probability(share, length, 32);
        ReferenceCases.Check(
            "T15", Chance(0.1, 2), Chance(0.1, 3), Chance(0.1, 5), SuccessRuns.MeanTrials(0.1, 2));
        ReferenceCases.Check(
            "T16", Chance(0.3, 2), Chance(0.3, 3), SuccessRuns.MeanTrials(0.3, 2), SuccessRuns.MeanTrials(0.3, 3));
    }

    [Fact]
    public void Mean_time_is_the_sum_of_the_survival_probabilities() =>
        Gen.Select(Gen.Double[0.2, 0.8], Gen.Int[1, 3]).Sample((share, length) =>
        {
            var mean = Enumerable.Range(0, 2000).Sum(n => 1 - SuccessRuns.Probability(share, length, n));
            Assert.Equal(SuccessRuns.MeanTrials(share, length), mean, 1e-5);
        }, iter: 5);
}
