using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Lending;

public class InterestRatesTests
{
    // C1: reserve factor 10 %.
    [Fact]
    public void Aave_stablecoin_rates_are_as_published()
    {
        double[] utilisations = [0.8, 0.9, 1];
        double[] rates = [.. utilisations.Select(RateCurve.AaveStableTwo.At)];
        ReferenceCases.Check("C1",
            [.. rates, .. rates.Zip(utilisations, (r, u) => InterestRates.Supply(r, u, 0.1))]);
    }

    // C2.
    [Fact]
    public void Aave_volatile_rates_are_as_computed() =>
        ReferenceCases.Check("C2", RateCurve.AaveVolatileOne.At(0.7), RateCurve.AaveVolatileOne.At(0.95));

    // C3: seconds of a year, cubic binomial.
    [Fact]
    public void A_year_compounds_as_the_cubic_binomial() => ReferenceCases.Check("C3",
        [.. new[] { 0.05, 0.20, 0.79 }.Select(r => 1 + InterestRates.Growth(r, Tick.YearSeconds))]);

    // C4: the parameters of the test are from memory: supply 0/.04/.4, borrow .01/.05/.3, kink .8.
    [Fact]
    public void Comet_test_rates_are_as_published()
    {
        var (supply, borrow) = (RateCurve.Comet(0, 0.8, 0.04, 0.4), RateCurve.Comet(0.01, 0.8, 0.05, 0.3));
        ReferenceCases.Check("C4", supply.At(0.1), supply.At(0.9), borrow.At(0.1), borrow.At(0.9));
    }

    // C5: Compound v3 USDC on mainnet, by the curves that the market uses.
    [Fact]
    public void Comet_dollar_rates_are_as_configured()
    {
        var (borrow, supply) = (RateCurve.Comet(0.015, 0.8, 0.035, 0.25), RateCurve.Comet(0, 0.8, 0.0325, 0.4));
        ReferenceCases.Check("C5", borrow.At(0.85), borrow.At(0.95), supply.At(0.85), supply.At(0.95));
    }

    [Fact]
    public void The_stable_one_curve_kinks_at_nine_tenths()
    {
        Assert.Equal(0.04, RateCurve.AaveStableOne.At(0.9), 1e-15);
        Assert.Equal(0.34, RateCurve.AaveStableOne.At(0.95), 1e-13);
        Assert.Equal(0.64, RateCurve.AaveStableOne.At(1), 1e-13);
    }

    [Fact]
    public void Compounding_lies_between_simple_and_continuous_interest() =>
        Gen.Select(Gen.Double[0.0, 3], Gen.Double[1.0, Tick.YearSeconds]).Sample((rate, seconds) =>
        {
            var growth = InterestRates.Growth(rate, seconds);
            var simple = rate * seconds / Tick.YearSeconds;
            Assert.InRange(growth, simple * (1 - 1e-15), Math.Exp(simple) - 1 + 1e-12);
        });

    [Fact]
    public void Rates_never_fall_as_utilisation_rises() =>
        Gen.Select(Gen.Double[0.0, 1], Gen.Double[0.0, 1], Gen.Double[0.05, 0.99]).Sample((a, b, kink) =>
        {
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            Assert.True(InterestRates.Kinked(low, 0.01, kink, 0.04, 0.75)
                <= InterestRates.Kinked(high, 0.01, kink, 0.04, 0.75) + 1e-15);
        });
}
