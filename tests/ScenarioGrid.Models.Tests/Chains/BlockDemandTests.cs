using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

public class BlockDemandTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.93, 1)]
    [InlineData(1.86, 1.3)]
    [InlineData(100, 3.9)]
    public void Demand_rises_with_volatility_above_calm_up_to_its_limit(double volatility, double expected) =>
        Assert.Equal(expected, BlockDemand.ByVolatility(volatility, 0.93, 0.3, 3.9)[0], 1e-15);

    /// <summary>The lognormal quantile: N^-1(0.8) is 0.8416212335729143.</summary>
    [Fact]
    public void The_last_tip_is_the_quantile_of_those_who_are_outbid()
    {
        Assert.Equal(2 * Math.Exp(0.8416212335729143), BlockDemand.LastTip(2, 2, 10, 1, 0.1)[0], 1e-14);
        Assert.Equal(2, BlockDemand.LastTip(2, 1, 2, 1, 0.1)[0], 1e-15);
        Assert.Equal(0.1, BlockDemand.LastTip(2, 1, 1 + 1e-12, 1, 0.1)[0]);
    }

    [Fact]
    public void The_last_tip_rises_with_demand_and_never_falls_below_the_floor() =>
        Gen.Select(Gen.Double[1.001, 50], Gen.Double[1, 5], Gen.Double[0.01, 3]).Sample((want, more, deviation) =>
        {
            Vec low = BlockDemand.LastTip(2, 1, want, deviation, 0.5);
            Vec high = BlockDemand.LastTip(2, 1, want * more, deviation, 0.5);
            Assert.True(high[0] >= low[0] && low[0] >= 0.5);
        });
}
