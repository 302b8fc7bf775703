using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class MertonOptionTests
{
    [Theory]
    [InlineData("E1", 80, 0.10, 1, 0.25)]
    [InlineData("E2", 90, 0.25, 1, 0.25)]
    [InlineData("E3", 100, 0.50, 1, 0.25)]
    public void A_call_has_the_price_of_the_series_for_the_table_of_Haug(
        string row, double strike, double years, double intensity, double share) =>
        ReferenceCases.Check(row, Haug(strike, years, intensity, share));

    /// <summary>
    /// The table as printed: Haug, "Option pricing formulas" (1998), page 9, as corrected in QuantLib,
    /// test-suite/jumpdiffusion.cpp. Share is the part of the variance that comes from jumps.
    /// </summary>
    [Theory]
    [InlineData(80, 0.10, 1, 0.25, 20.67)]
    [InlineData(90, 0.25, 1, 0.25, 12.74)]
    [InlineData(100, 0.50, 1, 0.25, 8.95)]
    [InlineData(80, 0.25, 5, 0.25, 21.70)]
    [InlineData(100, 0.10, 5, 0.50, 3.39)]
    [InlineData(110, 0.25, 1, 0.75, 1.69)]
    [InlineData(120, 0.50, 10, 0.75, 2.23)]
    public void A_call_has_the_price_of_the_table_of_Haug(
        double strike, double years, double intensity, double share, double expected) =>
        Assert.Equal(expected, Haug(strike, years, intensity, share), 1e-2);

    [Theory]
    [InlineData("E4", 100, 100, 1, 0.05, 0.2, 1, -0.1, 0.15)]
    [InlineData("E5", 2000, 1800, 30.0 / 365, 0, 0.7, 12, -0.03, 0.07)]
    public void A_call_has_the_price_of_the_series(
        string row, double spot, double strike, double years, double rate, double volatility, double intensity,
        double mean, double deviation) => ReferenceCases.Check(
            row, MertonOption.Call(spot, strike, years, rate, volatility, intensity, mean, deviation));

    [Fact]
    public void A_call_lies_between_its_forward_value_and_the_spot() =>
        Gen.Select(Gen.Double[0.2, 5], Gen.Double[0, 2], Gen.Double[0, 2], Gen.Double[0, 100], Gen.Double[-0.3, 0.3],
            Gen.Double[0, 0.3]).Sample((strike, years, volatility, intensity, mean, deviation) =>
        {
            var call = MertonOption.Call(1, strike, years, 0.03, volatility, intensity, mean, deviation);
            Assert.InRange(call, Math.Max(0, 1 - strike * Math.Exp(-0.03 * years)) - 1e-12, 1 + 1e-12);
        });

    [Fact]
    public void A_put_and_a_call_are_in_parity()
    {
        var call = MertonOption.Call(100, 110, 0.5, 0.05, 0.3, 5, -0.1, 0.2);
        var put = MertonOption.Put(100, 110, 0.5, 0.05, 0.3, 5, -0.1, 0.2);

        Assert.Equal(100 - 110 * Math.Exp(-0.025), call - put, 1e-12);
    }

    [Fact]
    public void Jumps_that_come_often_and_small_are_a_diffusion()
    {
        var jumps = MertonOption.Call(100, 105, 0.5, 0.02, 0, 1200, 0, 0.5 / Math.Sqrt(1200));
        var diffusion = MertonOption.Call(100, 105, 0.5, 0.02, 0.5, 0, 0, 0);

        Assert.Equal(diffusion, jumps, 0.01 * diffusion);
    }

    [Fact]
    public void More_jumps_than_the_series_holds_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MertonOption.Call(100, 100, 1, 0, 0.5, 701, 0, 0.1));

    private static double Haug(double strike, double years, double intensity, double share)
    {
        const double total = 0.25;
        var deviation = Math.Sqrt(share * total * total / intensity);
        var volatility = total * Math.Sqrt(1 - share);
        return MertonOption.Call(
            100, strike, years, 0.08, volatility, intensity, -deviation * deviation / 2, deviation);
    }
}
