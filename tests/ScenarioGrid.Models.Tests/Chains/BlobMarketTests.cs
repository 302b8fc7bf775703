using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

public class BlobMarketTests
{
    private const long Target = 6 * BaseFee.BlobGas, Most = 9 * BaseFee.BlobGas;

    private static readonly BlobMarket Prague = new(6, 9, BaseFee.PragueUpdateFraction, 0.5, 1);

    [Theory]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(30)]
    public void The_fee_goes_to_the_level_at_which_demand_fills_the_target(double demand)
    {
        var level = Math.Log(1e9 * demand * demand);
        Vec short1 = Math.Log(1e9), long1 = short1;
        for (var tick = 0; tick < 1000; tick++)
        {
            short1 = Prague.Next(short1, 1, demand, 1);
        }

        long1 = Prague.Next(long1, 1000, demand, 1);
        Assert.Equal(level, short1[0], 1e-9);
        Assert.Equal(level, long1[0], 1e-9);
        Assert.Equal(level, Prague.AtLevel(demand), 1e-12);
        Assert.Equal(demand * demand, BlobMarket.Fee(long1)[0], 1e-8 * demand * demand);
    }

    /// <summary>Whole excess gas, block by block, with the demand of each block rounded to whole blob gas.</summary>
    [Fact]
    public void It_follows_the_rule_of_whole_blocks() =>
        Gen.Select(Gen.Double[0.1, 20], Gen.Int[1, 400]).Sample((demand, blocks) =>
        {
            var excess = (long)(Math.Log(1e9) * BaseFee.PragueUpdateFraction);
            for (var block = 0; block < blocks; block++)
            {
                var fee = Math.Exp((double)excess / BaseFee.PragueUpdateFraction) * 1e-9;
                var used = Math.Min(Most, (long)(Target * demand * Math.Pow(fee, -0.5)));
                excess = BaseFee.NextExcessBlobGas(excess, used, Target);
            }

            var log = Prague.Next(Math.Log(1e9), blocks, demand, 1)[0];
            Assert.Equal((double)excess / BaseFee.PragueUpdateFraction, log, 0.06);
        });

    [Fact]
    public void Full_blocks_raise_it_exactly_as_the_protocol_does()
    {
        long excess = 0;
        for (var block = 0; block < 100; block++)
        {
            excess = BaseFee.NextExcessBlobGas(excess, Most, Target);
        }

        var fee = BlobMarket.Fee(Prague.Next(0, 100, 1e9, 1))[0];
        Assert.Equal((double)BaseFee.Blob(excess, BaseFee.PragueUpdateFraction), fee * 1e9, tolerance: 1.0);
        Assert.InRange(fee * 1e9, 2000, 4000);
    }

    [Fact]
    public void Without_demand_it_falls_to_one_wei_and_in_a_halt_it_stays()
    {
        Assert.Equal(0, Prague.Next(3, 1000, 0, 1)[0]);
        Assert.Equal(3, Prague.Next(3, 1000, 5, 0)[0]);
        Assert.Equal(1e-9, BlobMarket.Fee(0)[0]);
    }

    [Fact]
    public void Ticks_may_be_cut_anywhere() =>
        Gen.Select(Gen.Double[0.01, 100], Gen.Double[0, 30], Gen.Int[1, 200], Gen.Int[1, 200])
            .Sample((demand, log, first, second) =>
            {
                var once = Prague.Next(log, first + second, demand, 0.9)[0];
                var twice = Prague.Next(Prague.Next(log, first, demand, 0.9), second, demand, 0.9)[0];
                Assert.Equal(once, twice, 1e-9 * (1 + once));
            });
}
