using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Shocks;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Shocks;

public class GasDemandTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("gas-demand");

    [Fact]
    public void Demand_rises_over_the_ramp_and_ends_at_its_time()
    {
        var shock = new GasDemand(new() { Multiple = new(9), Ramp = new(100), For = new(1000) });

        Assert.Equal(1, shock.At(0, 1));
        Assert.Equal(3, shock.At(50, 1), 1e-14);
        Assert.Equal(9, shock.At(999, 1), 1e-14);
        Assert.Equal(81, shock.At(999, 2), 1e-12);
        Assert.Equal(1, shock.At(1000, 1));
    }

    /// <summary>Etherscan: 12.9 gwei before, 77.9 and 84.8 gwei on 12 and 13 March 2020.</summary>
    [Fact]
    public void The_default_makes_gas_six_times_as_dear_as_on_Black_Thursday()
    {
        var shock = new GasDemand(new());
        var p = new ProofOfStakeChain.Parameters
        {
            DemandDeviation = new(0), Participation = new(1), ReferenceBaseFee = new(12.9),
        };
        var chain = new ProofOfStakeChain(p);
        var harness = new Harness(chain, seconds: 60).Start();
        harness.Step(600, tick => harness.Set(chain.DemandMultiple, shock.At(tick * 60, 1)));

        Assert.InRange(chain.GasPrice.Span[0], 76, 85);
    }
}
