using ScenarioGrid.Models.Bridges;
using ScenarioGrid.Models.Tests.Probability;

namespace ScenarioGrid.Models.Tests.Bridges;

public class CompromiseTimeTests
{
    /// <summary>XC-6: mean years by independent solution of the chain's linear system.</summary>
    [Theory]
    [InlineData(9, 5, 0, 7.45634920635)]
    [InlineData(9, 5, 4, 52_420.3134921)]
    [InlineData(5, 2, 4, 24.5)]
    [InlineData(19, 13, 1, 184_319_820.749)]
    public void Mean_years_XC_6(int n, int k, double rotation, double expected) =>
        Reference.AssertClose(expected, CompromiseTime.MeanYears(n, k, 0.1, rotation), 3e-12);

    [Fact]
    public void The_annual_probability_is_that_of_an_exponential_time() =>
        Reference.AssertClose(1 - Math.Exp(-1 / 24.5), CompromiseTime.AnnualProbability(5, 2, 0.1, 4), 1e-14);

    [Fact]
    public void Rotation_buys_time() =>
        Gen.Select(Gen.Int[2, 30], Gen.Int[2, 30], Gen.Double[0.01, 1], Gen.Double[0, 4]).Where((n, k, _, _) => k <= n)
            .Sample((n, k, loss, rotation) => Assert.True(
                CompromiseTime.MeanYears(n, k, loss, rotation + 0.1) > CompromiseTime.MeanYears(n, k, loss, rotation)));
}
