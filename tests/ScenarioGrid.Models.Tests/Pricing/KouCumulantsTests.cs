using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class KouCumulantsTests
{
    [Fact]
    public void One_day_has_the_cumulants_of_the_closed_form()
    {
        var day = KouCumulants.Of(
            1.0 / 365, drift: 0, volatility: 0.7, intensity: 15, upShare: 0.4, upRate: 20, downRate: 15);

        ReferenceCases.Check("E11", day.First, day.Second, day.Skewness, day.ExcessKurtosis);
    }

    [Fact]
    public void Jumps_up_as_likely_and_large_as_down_have_no_skew()
    {
        var day = KouCumulants.Of(1, 0, 0.7, 15, 0.5, 12, 12);

        Assert.Equal(0, day.Third);
        Assert.True(day.Fourth > 0);
    }

    [Fact]
    public void Growth_is_the_expected_relative_jump() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[1.5, 50], Gen.Double[0.5, 50]).Sample((share, up, down) =>
        {
            var expected = share * up / (up - 1) + (1 - share) * down / (down + 1) - 1;
            Assert.Equal(expected, KouCumulants.Growth(share, up, down), 1e-13);
        });
}
