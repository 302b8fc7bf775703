using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class LewisOptionTests
{
    [Fact]
    public void A_call_on_a_price_with_doubly_exponential_jumps_is_that_of_Kou() => ReferenceCases.Check("E6",
        LewisOption.Call(100, 98, 0.5, 0.05, 0, z => PriceCharacteristics.Kou(z, 0.5, 0.16, 1, 0.4, 10, 5)));

    [Fact]
    public void Calls_on_a_price_with_random_variance_are_those_of_Lewis() => ReferenceCases.Check("E7",
        [.. new[] { 80.0, 100, 120 }.Select(strike => LewisOption.Call(100, strike, 1, 0.01, 0.02,
            z => PriceCharacteristics.Heston(z, 1, 0.04, 4, 0.25, 1, -0.5)))]);

    [Fact]
    public void A_call_on_ether_with_random_variance_is_that_of_the_closed_form() => ReferenceCases.Check("E8",
        LewisOption.Call(2000, 1900, 0.25, 0, 0, z => PriceCharacteristics.Heston(z, 0.25, 0.64, 3, 0.7, 1.5, -0.3)));

    [Fact]
    public void The_integral_agrees_with_the_series_of_Merton() =>
        Gen.Select(Gen.Double[0.6, 1.6], Gen.Double[0.05, 1], Gen.Double[0.2, 1.5], Gen.Double[0, 50],
            Gen.Double[-0.1, 0.1], Gen.Double[0, 0.2]).Sample((strike, years, volatility, intensity, mean, deviation) =>
        {
            var series = MertonOption.Call(1, strike, years, 0.03, volatility, intensity, mean, deviation);
            var integral = LewisOption.Call(1, strike, years, 0.03, 0,
                z => PriceCharacteristics.Merton(z, years, volatility, intensity, mean, deviation));
            Assert.Equal(series, integral, 1e-12);
        }, iter: 40);
}
