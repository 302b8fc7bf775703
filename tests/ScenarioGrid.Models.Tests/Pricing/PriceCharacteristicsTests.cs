using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class PriceCharacteristicsTests
{
    private static readonly Func<ComplexNumber, ComplexNumber>[] Models =
    [
        z => PriceCharacteristics.Merton(z, 0.3, 0.7, 12, -0.03, 0.07),
        z => PriceCharacteristics.Kou(z, 0.3, 0.7, 15, 0.4, 20, 15),
        z => PriceCharacteristics.Heston(z, 0.3, 0.64, 3, 0.7, 1.5, -0.3),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_1_at_0_and_the_expected_price_is_the_forward(int model)
    {
        foreach (var z in new[] { new ComplexNumber(0, 0), new ComplexNumber(0, -1) })
        {
            var one = Models[model](z);
            Assert.Equal(1, one.Real, 1e-13);
            Assert.Equal(0, one.Imaginary, 1e-13);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_never_above_1_and_mirrors_at_0(int model) => Gen.Double[0, 200].Sample(u =>
    {
        var (right, left) = (Models[model](u), Models[model](-u));
        Assert.True(right.Norm <= 1 + 1e-13);
        Assert.Equal(right.Real, left.Real, 1e-13);
        Assert.Equal(right.Imaginary, -left.Imaginary, 1e-13);
    });

    [Fact]
    public void A_variance_that_hardly_moves_is_a_diffusion() => Gen.Double[0, 20].Sample(u =>
    {
        var heston = PriceCharacteristics.Heston(u, 0.5, 0.49, 2, 0.49, 1e-4, -0.3);
        var diffusion = PriceCharacteristics.Merton(u, 0.5, 0.7, 0, 0, 0);
        Assert.Equal(diffusion.Real, heston.Real, 1e-4);
        Assert.Equal(diffusion.Imaginary, heston.Imaginary, 1e-4);
    });

    [Fact]
    public void Its_derivatives_at_0_are_the_cumulants()
    {
        // The log is i u c1 - u^2 c2/2 - i u^3 c3/6 + u^4 c4/24.
        const double u = 0.05;
        var kou = KouCumulants.Of(0.3, 0, 0.7, 15, 0.4, 20, 15);
        var log = ComplexNumber.Log(Models[1](u));
        Assert.Equal(u * kou.First - u * u * u * kou.Third / 6, log.Imaginary, 1e-9);
        Assert.Equal(-u * u * kou.Second / 2 + u * u * u * u * kou.Fourth / 24, log.Real, 1e-9);
    }
}
