using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

public class PowerSeriesTests
{
    [Fact]
    public void The_series_is_the_power() =>
        Gen.Select(Gen.Double[-2, 0], Gen.Double[-0.125, 0.125]).Sample((exponent, z) =>
        {
            var expected = LaneMath.Pow(1 + z, exponent);
            Assert.Equal(expected, PowerSeries.At(PowerSeries.Of(exponent), z)[0], 1e-13 * expected);
        });
}
