using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class CumulantsTests
{
    [Fact]
    public void Shape_does_not_depend_on_the_scale() =>
        Gen.Select(Gen.Double[0.1, 10], Gen.Double[-1, 1], Gen.Double[0, 3], Gen.Double[0.1, 10])
            .Sample((second, third, fourth, scale) =>
            {
                var one = new Cumulants(1, second, third, fourth);
                var other = new Cumulants(
                    scale, second * scale * scale, third * scale * scale * scale, fourth * Math.Pow(scale, 4));
                Assert.Equal(one.Skewness, other.Skewness, 1e-9);
                Assert.Equal(one.ExcessKurtosis, other.ExcessKurtosis, 1e-9);
            });

    [Fact]
    public void Without_variance_there_is_no_shape() => Assert.True(double.IsNaN(new Cumulants(1, 0, 0, 0).Skewness));
}
