using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

/// <summary>What holds of every chain with a fee market.</summary>
public class FeeChainTests
{
    public static TheoryData<string, FeeChain> Chains => new()
    {
        { "one chain", new ProofOfStakeChain(new() { DemandDeviation = new(0), Participation = new(1) }) },
        { "shards", new ShardedChain(new() { DemandDeviation = new(0), HotDeviation = new(0) }) },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void In_a_halt_nothing_is_included_and_the_delay_is_that_of_the_halt(string name, FeeChain chain)
    {
        var harness = Run(chain, 60).Step(10);
        var (delay, price) = (chain.Delay.Span[0], chain.GasPrice.Span[0]);
        harness.Set(chain.Halted, 1).Step(30);

        Assert.True(chain.IsUp.Span[0] == 0, name);
        Assert.Equal((0.0, 0.0, price), (chain.Inclusion.Span[0], chain.Blocks.Span[0], chain.GasPrice.Span[0]));
        Assert.Equal((1800.0, 1812.0, 1812.0),
            (chain.HaltTime.Span[0], chain.Delay.Span[0], chain.DelayMax.Span[0]));

        harness.Step(1440);
        Assert.Equal(86_400, chain.Delay.Span[0]);

        harness.Set(chain.Halted, 0).Step(600);
        Assert.Equal((1.0, 5.0, 0.0), (chain.IsUp.Span[0], chain.Blocks.Span[0], chain.HaltTime.Span[0]));
        Assert.Equal(delay, chain.Delay.Span[0], 1e-6);
    }

    /// <summary>Twelve seconds a slot: a tick of 7 s ends none or one of them.</summary>
    [Theory]
    [MemberData(nameof(Chains))]
    public void Blocks_come_at_the_ends_of_slots(string name, FeeChain chain)
    {
        var harness = Run(chain, 7);
        for (var tick = 1; tick <= 40; tick++)
        {
            harness.Step();
            var slots = Math.Floor(7.0 * tick / 12) - Math.Floor(7.0 * (tick - 1) / 12);
            Assert.True(slots == chain.Blocks.Span[0], $"{name}: {chain.Blocks.Span[0]} blocks in tick {tick}");
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_volatile_market_makes_gas_dearer_up_to_a_bound(string name, FeeChain chain)
    {
        double Price(double volatility)
        {
            Run(chain, 12).Set(chain.MarketVolatility, volatility).Step(2000);
            return chain.GasPrice.Span[0];
        }

        var (calm, rough, wild) = (Price(0.93), Price(3), Price(50));
        Assert.True(calm < rough && rough < wild, name);
        Assert.Equal(wild, Price(100));
    }

    private static Harness Run(FeeChain chain, double seconds) =>
        new Harness(chain, seconds: seconds).Set(chain.DemandMultiple, 1).Set(chain.MarketDemand, 1)
            .Set(chain.MarketPrice, 2000).Set(chain.MarketVolatility, 0.93).Set(chain.Halted, 0).Start();
}
