using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Shocks;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Shocks;

public class HotAppTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("hot-app");

    [Fact]
    public void Demand_rises_over_the_ramp_and_ends_at_its_time()
    {
        var shock = new HotApp(new() { Multiple = new(16), Ramp = new(100), For = new(1000) });

        Assert.Equal(1, shock.At(0, 1));
        Assert.Equal(4, shock.At(50, 1), 1e-14);
        Assert.Equal(16, shock.At(999, 1), 1e-13);
        Assert.Equal(4, shock.At(999, 0.5), 1e-14);
        Assert.Equal(1, shock.At(1000, 1));
    }

    /// <summary>Otherside, 30 April 2022: 4 to 7 times the demand of the whole chain, which is one shard.</summary>
    [Fact]
    public void The_default_brings_the_demand_of_the_largest_sale()
    {
        var shock = new HotApp(new());
        var chain = new ShardedChain(new()
        {
            Shards = new(1), Load = new(1), DemandDeviation = new(0), HotDeviation = new(0),
        });
        var harness = new Harness(chain, seconds: 60).Start();
        harness.Step(170, tick => harness.Set(chain.HotAppMultiple, shock.At(tick * 60, 1)));

        Assert.InRange(Math.Sqrt(chain.BaseFee.Span[0] / 20), 4, 7);
    }
}
