using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class MintSpiralTests
{
    [Fact]
    public void The_market_clears_at_the_price_after_the_fall() => Gen.Double[0, 0.36].Sample(q =>
    {
        var z = Fall(q);
        Assert.InRange(z, -1, 0);
        Assert.Equal(-q * Math.Exp(-z), z, 1e-13);
    });

    [Fact]
    public void Damped_iteration_finds_the_same_price() => Gen.Double[0, 0.25].Sample(q =>
    {
        var z = 0.0;
        for (var n = 0; n < 200; n++)
        {
            z = 0.5 * z - 0.5 * q * Math.Exp(-z);
        }

        Assert.Equal(z, Fall(q), 1e-12);
    });

    [Fact]
    public void At_the_most_the_price_falls_by_a_factor_of_e_and_more_does_not_clear()
    {
        Assert.Equal(-1, Fall(MintSpiral.Most), 1e-5);
        Assert.Equal(Fall(MintSpiral.Most), Fall(5));
        Assert.Equal(0, Fall(0));
    }

    private static double Fall(double q) => MintSpiral.LogFall(q)[0];
}
