using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class LiquidityPlacementTests
{
    // A29.
    [Fact]
    public void Liquidity_goes_where_the_demand_is()
    {
        double[] demand = [5, 3, 1, 1];
        var placed = LiquidityPlacement.Optimal(demand, 100);
        Assert.Equal([50, 30, 10, 10], placed);
        Assert.Equal(1.0, LiquidityPlacement.Cost(demand, placed), 1e-12);
        Assert.Equal(1.44, LiquidityPlacement.Cost(demand, [25, 25, 25, 25]), 1e-12);
    }

    [Fact]
    public void No_other_placement_costs_less() =>
        Gen.Select(Gen.Double[0.1, 10].Array[4], Gen.Double[0.1, 10].Array[4]).Sample((demand, other) =>
        {
            var scale = 100 / other.Sum();
            var best = LiquidityPlacement.Cost(demand, LiquidityPlacement.Optimal(demand, 100));
            Assert.True(best <= LiquidityPlacement.Cost(demand, [.. other.Select(o => o * scale)]) * (1 + 1e-12));
        });
}
