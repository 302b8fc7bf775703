using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class HestonVarianceTests
{
    [Fact]
    public void A_quarter_of_a_year_has_the_moments_of_the_closed_form() => ReferenceCases.Check("E9",
        HestonVariance.Mean(0.25, 0.64, 3, 0.7), HestonVariance.Spread(0.25, 0.64, 3, 0.7, 1.5));

    [Fact]
    public void It_starts_certain_and_ends_where_the_start_is_forgotten()
    {
        Assert.Equal((0.64, 0.0), (HestonVariance.Mean(0, 0.64, 3, 0.7), HestonVariance.Spread(0, 0.64, 3, 0.7, 1.5)));
        Assert.Equal(0.7, HestonVariance.Mean(100, 0.64, 3, 0.7), 1e-12);
        Assert.Equal(0.7 * 1.5 * 1.5 / 6, HestonVariance.Spread(100, 0.64, 3, 0.7, 1.5), 1e-12);
    }
}
