using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Tests.Queueing;

public class GammaTimeTests
{
    private const double Z99 = 2.3263478740408408;

    [Fact]
    public void An_exponential_time_has_its_quantiles()
    {
        Assert.Equal(-Math.Log(0.01), GammaTime.Quantile(1, 1, Z99)[0], 0.01 * 4.6);
        Assert.Equal(Math.Log(2), GammaTime.Quantile(1, 1, 0)[0], 0.02 * 0.7);
    }

    /// <summary>Chi-square with 10 degrees of freedom: 23.209 at 99 %.</summary>
    [Fact]
    public void Many_services_have_the_quantile_of_their_sum() =>
        Assert.Equal(23.209 / 2, GammaTime.Quantile(5, 5, Z99)[0], 0.02);

    [Fact]
    public void A_certain_time_is_its_own_quantile() => Assert.Equal(3, GammaTime.Quantile(3, 0, Z99)[0], 1e-4);

    [Fact]
    public void Quantiles_are_never_negative_and_scale_with_time() =>
        Gen.Select(Gen.Double[1e-6, 1e3], Gen.Double[0, 1e3], Gen.Double[-4, 4]).Sample((mean, spread, z) =>
        {
            var q = GammaTime.Quantile(mean, mean * mean * spread, z)[0];
            Assert.True(q >= 0);
            Assert.Equal(7 * q, GammaTime.Quantile(7 * mean, 49 * mean * mean * spread, z)[0], 1e-9 * (1 + q));
        });

    [Fact]
    public void The_tail_is_the_inverse_of_the_quantile() =>
        Gen.Select(Gen.Double[1e-6, 1e3], Gen.Double[0.05, 4], Gen.Double[-1, 4]).Sample((mean, spread, z) =>
        {
            var variance = mean * mean * spread;
            var q = GammaTime.Quantile(mean, variance, z)[0];
            if (q > 0)
            {
                Assert.Equal(LaneMath.NormalCdf(-z), GammaTime.Tail(mean, variance, q)[0], 1e-9);
            }
        });
}
