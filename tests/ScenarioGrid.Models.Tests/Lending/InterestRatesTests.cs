using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;

namespace ScenarioGrid.Models.Tests.Lending;

public class InterestRatesTests
{
    // C1: aave-v3-deploy rateStrategyStableTwo, rate-strategy.spec.ts: kink 80 %, slopes 4 % and 75 %, reserve factor
    // 10 %.
    [Theory]
    [InlineData(0.8, 0.04, 0.0288)]
    [InlineData(0.9, 0.415, 0.33615)]
    [InlineData(1.0, 0.79, 0.711)]
    public void Aave_stablecoin_rates_are_as_published(double utilisation, double borrow, double supply)
    {
        var rate = InterestRates.Kinked(utilisation, 0, 0.8, 0.04, 0.75);
        Assert.Equal(borrow, rate, 1e-13);
        Assert.Equal(supply, InterestRates.Supply(rate, utilisation, 0.1), 1e-13);
    }

    // C2: rateStrategyVolatileOne: kink 45 %, slopes 7 % and 300 %.
    [Theory]
    [InlineData(0.7, 1.43363636364)]
    [InlineData(0.95, 2.79727272727)]
    public void Aave_volatile_rates_are_as_computed(double utilisation, double borrow) =>
        Assert.Equal(borrow, InterestRates.Kinked(utilisation, 0, 0.45, 0.07, 3), 1e-11);

    // C3: one year of seconds, cubic binomial (aave-v3-core MathUtils.sol).
    [Theory]
    [InlineData(0.05, 1.051270833291714)]
    [InlineData(0.20, 1.221333332572298)]
    [InlineData(0.79, 2.184223148954544)]
    public void A_year_compounds_as_the_cubic_binomial(double rate, double index) =>
        Assert.Equal(index, 1 + InterestRates.Growth(rate, Tick.YearSeconds), 1e-12);

    // C4: comet interest-rate-test.ts; its parameters from memory: supply 0/.04/.4, borrow .01/.05/.3, kink .8.
    [Theory]
    [InlineData(0.1, 0.004, 0.015)]
    [InlineData(0.9, 0.072, 0.08)]
    public void Comet_test_rates_are_as_published(double utilisation, double supply, double borrow)
    {
        Assert.Equal(supply, InterestRates.Comet(utilisation, 0, 0.8, 0.04, 0.4), 1e-15);
        Assert.Equal(borrow, InterestRates.Comet(utilisation, 0.01, 0.8, 0.05, 0.3), 1e-15);
    }

    // C5: Compound v3 USDC on mainnet, configuration of mid-2026.
    [Theory]
    [InlineData(0.85, 0.0555, 0.046)]
    [InlineData(0.95, 0.0805, 0.086)]
    public void Comet_dollar_rates_are_as_configured(double utilisation, double borrow, double supply)
    {
        Assert.Equal(borrow, InterestRates.Comet(utilisation, 0.015, 0.8, 0.035, 0.25), 1e-13);
        Assert.Equal(supply, InterestRates.Comet(utilisation, 0, 0.8, 0.0325, 0.4), 1e-13);
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
