using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Lending;

public class LiquidationSpiralTests
{
    private static readonly double ShockedBase = 10_000 * Math.Sqrt(2000.0 / 1700);

    private static LiquidationSpiral After15Percent(double tokensPerDollar, double cap) =>
        LiquidationSpiral.Solve(ShockedBase, ShockedBase * 1700, tokensPerDollar, 1900, cap);

    // C21: pool of 10000 tokens at 2000, arbitraged down 15 %, 1.5 tokens per dollar below 1900.
    [Fact]
    public void A_gain_below_one_comes_to_rest()
    {
        var spiral = After15Percent(1.5, 2000);
        ReferenceCases.Check("C21", spiral.Price, spiral.Sold, spiral.Gain,
            LiquidationSpiral.Amplification(LiquidationSpiral.GainOf(1.5, 1700, ShockedBase)));
    }

    // C22: 4 tokens per dollar, 2000 tokens in all: the gain is above 1 and everything is sold.
    [Fact]
    public void A_gain_above_one_sells_everything()
    {
        var spiral = After15Percent(4, 2000);
        ReferenceCases.Check("C22", spiral.Price);
        Assert.Equal(2000, spiral.Sold, 1e-9);
    }

    [Fact]
    public void Nothing_is_sold_above_the_start() =>
        Assert.Equal(0, LiquidationSpiral.Solve(ShockedBase, ShockedBase * 1700, 50, 1699, 1e6).Sold);

    [Fact]
    public void More_to_liquidate_never_leaves_a_higher_price() =>
        Gen.Select(Gen.Double[0.0, 5], Gen.Double[0.0, 5]).Sample((a, b) =>
        {
            var (few, many) = (After15Percent(Math.Min(a, b), 2000), After15Percent(Math.Max(a, b), 2000));
            Assert.True(many.Price <= few.Price + 1e-6);
        });
}
