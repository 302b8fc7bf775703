using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class LiquidityPlacementTests
{
    [Fact]
    public void Liquidity_goes_where_the_demand_is()
    {
        double[] demand = [5, 3, 1, 1];
        var placed = LiquidityPlacement.Optimal(demand, 100);
        ReferenceCases.Check("A29", [.. placed, LiquidityPlacement.Cost(demand, placed),
            LiquidityPlacement.Cost(demand, [25, 25, 25, 25])]);
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
