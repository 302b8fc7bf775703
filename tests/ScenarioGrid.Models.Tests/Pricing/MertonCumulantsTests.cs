using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class MertonCumulantsTests
{
    [Fact]
    public void One_day_has_the_cumulants_of_the_closed_form()
    {
        var day = MertonCumulants.Of(1.0 / 365, drift: 0, volatility: 0.7, intensity: 12, mean: -0.03, deviation: 0.07);

        ReferenceCases.Check("E10", day.First, day.Second, day.Skewness, day.ExcessKurtosis);
    }

    [Fact]
    public void Without_jumps_the_return_is_normal() =>
        Gen.Select(Gen.Double[0, 5], Gen.Double[-2, 2], Gen.Double[0.01, 3]).Sample((years, drift, volatility) =>
        {
            var normal = MertonCumulants.Of(years, drift, volatility, 0, -0.1, 0.2);
            Assert.Equal((drift - volatility * volatility / 2) * years, normal.First, 1e-12);
            Assert.Equal(volatility * volatility * years, normal.Second, 1e-12);
            Assert.Equal((0.0, 0.0), (normal.Third, normal.Fourth));
        });

    [Fact]
    public void Cumulants_of_two_times_add_up()
    {
        var (a, b, both) = (At(0.2), At(0.7), At(0.9));

        Assert.Equal(a.First + b.First, both.First, 1e-14);
        Assert.Equal(a.Second + b.Second, both.Second, 1e-14);
        Assert.Equal(a.Third + b.Third, both.Third, 1e-14);
        Assert.Equal(a.Fourth + b.Fourth, both.Fourth, 1e-14);

        static Cumulants At(double years) => MertonCumulants.Of(years, 0.1, 0.7, 46.4, -0.00556, 0.0975);
    }
}
