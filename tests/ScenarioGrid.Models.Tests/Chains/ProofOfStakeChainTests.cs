using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Chains;

public partial class ProofOfStakeChainTests
{
    private const double Epoch = 384;

    /// <summary>No chance and no missed slots: what is left are the rules.</summary>
    private static readonly ProofOfStakeChain.Parameters Exact = new()
    {
        DemandDeviation = new(0),
        Participation = new(1),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    public void Doubled_demand_drives_the_base_fee_to_four_times_along_the_published_path(int slotsPerTick)
    {
        var chain = new ProofOfStakeChain(Exact);
        var harness = new Harness(chain, seconds: 12 * slotsPerTick).Start().Set(chain.DemandMultiple, 2);
        ReferenceCases.Check("E17", [.. ((int[])[10, 10, 30, 50]).Select(blocks =>
        {
            harness.Step(blocks / slotsPerTick);
            return chain.BaseFee.Span[0];
        })]);
    }

    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 0.8)]
    public void The_steady_base_fee_is_the_one_at_which_demand_fills_the_target(double demand, double participation)
    {
        var p = Exact with { Participation = new(participation), AdaptiveBidders = new(1) };
        var chain = new ProofOfStakeChain(p);
        new Harness(chain, seconds: 300).Start().Set(chain.DemandMultiple, demand).Step(40);

        var expected = 20 * Math.Pow(demand / participation, 2);
        Assert.Equal(expected, chain.BaseFee.Span[0], 1e-9 * expected);
        Assert.Equal(1, chain.Utilisation.Span[0], 1e-9);
        Assert.Equal(1, chain.Inclusion.Span[0]);
        Assert.Equal(12 / participation, chain.Delay.Span[0], 1e-9);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(3600)]
    [InlineData(10_800)]
    public void Long_ticks_give_the_fees_of_short_ones(double seconds)
    {
        var (slow, fast) = (new ProofOfStakeChain(Exact), new ProofOfStakeChain(Exact));
        var (slowRun, fastRun) = (new Harness(slow, seconds: 12).Start(), new Harness(fast, seconds: seconds).Start());
        foreach (var demand in (double[])[1.02, 0.9, 3, 12, 1, 0.98])
        {
            double burned = 0, used = 0;
            slowRun.Set(slow.DemandMultiple, demand);
            for (var slot = 0; slot < seconds / 12; slot++)
            {
                slowRun.Step();
                (burned, used) = (burned + slow.FeesBurned.Span[0], used + slow.Utilisation.Span[0] * 12 / seconds);
            }

            fastRun.Set(fast.DemandMultiple, demand).Step();
            Assert.Equal(slow.BaseFee.Span[0], fast.BaseFee.Span[0], 1e-4 * slow.BaseFee.Span[0]);
            Assert.Equal(burned, fast.FeesBurned.Span[0], 1e-4 * burned);
            Assert.Equal(used, fast.Utilisation.Span[0], 1e-4);
        }
    }

    [Fact]
    public void A_path_does_not_depend_on_the_paths_beside_it()
    {
        double[] demands = [1, 1.3, 0.2, 15];
        var together = new ProofOfStakeChain(Exact);
        var run = new Harness(together, seconds: 3600).Start();
        demands.CopyTo(together.DemandMultiple.Span);
        run.Step(3);
        for (var path = 0; path < 4; path++)
        {
            var alone = new ProofOfStakeChain(Exact);
            new Harness(alone, seconds: 3600).Start().Set(alone.DemandMultiple, demands[path]).Step(3);
            Assert.Equal(alone.BaseFee.Span[0], together.BaseFee.Span[path]);
            Assert.Equal(alone.FeesBurned.Span[0], together.FeesBurned.Span[path]);
        }
    }

    /// <summary>
    /// The double form stays within the rounding of whole wei: 30 M gas, blocks full or empty in turn.
    /// </summary>
    [Fact]
    public void The_double_form_follows_the_whole_number_rule()
    {
        var chain = new ProofOfStakeChain(Exact with { BacklogLife = new(1) });
        var harness = new Harness(chain).Start();
        UInt128 wei = 20_000_000_000;
        for (var block = 0; block < 60; block++)
        {
            var isFull = block % 3 != 2;
            harness.Set(chain.DemandMultiple, isFull ? 1e6 : 0).Step();
            harness.Set(chain.Backlog, 0);
            wei = BaseFee.Next(wei, 30_000_000, isFull ? 30_000_000 : 0);

            Assert.Equal((double)wei * 1e-9, chain.BaseFee.Span[0], 1e-7);
        }
    }

    [Fact]
    public void A_tick_shorter_than_a_slot_makes_a_block_when_the_slot_ends()
    {
        var (fine, whole) = (new ProofOfStakeChain(Exact), new ProofOfStakeChain(Exact));
        var fineRun = new Harness(fine, seconds: 3).Start().Set(fine.DemandMultiple, 2);
        new Harness(whole, seconds: 12).Start().Set(whole.DemandMultiple, 2).Step(7);
        var (blocks, burned) = (new List<double>(), 0.0);
        for (var tick = 0; tick < 28; tick++)
        {
            fineRun.Step();
            blocks.Add(fine.Blocks.Span[0]);
            burned += fine.FeesBurned.Span[0];
        }

        Assert.Equal(Enumerable.Range(0, 28).Select(t => t % 4 == 3 ? 1.0 : 0.0), blocks);
        Assert.Equal(whole.BaseFee.Span[0], fine.BaseFee.Span[0]);
        Assert.True(burned > 7 * whole.FeesBurned.Span[0] * 0.4);
    }

    [Fact]
    public void Full_blocks_cost_a_tip_delay_the_standard_bid_and_leave_a_backlog()
    {
        var chain = new ProofOfStakeChain(Exact with { AdaptiveBidders = new(1) });
        var harness = new Harness(chain).Start().Set(chain.DemandMultiple, 10).Step();

        // Ten targets are asked for, two are served: the last one served has outbid four in five.
        Assert.Equal(2, chain.Utilisation.Span[0]);
        Assert.Equal(0.2, chain.Inclusion.Span[0], 1e-12);
        Assert.Equal(60, chain.Delay.Span[0], 1e-9);
        Assert.Equal(2 * 1.125 * Math.Exp(0.8416212335729143), chain.Tip.Span[0], 1e-9);
        Assert.Equal(8 / Math.Sqrt(1.125) * Math.Exp(-12.0 / 1800), chain.Backlog.Span[0], 1e-12);

        harness.Step(300);
        Assert.Equal(0, chain.Backlog.Span[0]);
        Assert.Equal(0.1, chain.Tip.Span[0]);
        Assert.Equal(2000, chain.BaseFee.Span[0], 1e-3);
        Assert.Equal(12, chain.Delay.Span[0], 1e-9);
    }

    [Fact]
    public void Bidders_with_a_fixed_rule_are_left_out_until_their_average_has_caught_up()
    {
        var p = Exact with { AdaptiveBidders = new(0), BidMultiple = new(2), BidHalfLife = new(3600) };
        var chain = new ProofOfStakeChain(p);
        var harness = new Harness(chain).Start().Set(chain.DemandMultiple, Math.Sqrt(6)).Step(100);

        // The gas price is six times as high, as on 12 March 2020, the bids twice the old average.
        Assert.InRange(chain.GasPrice.Span[0], 115, 125);
        Assert.Equal(0, chain.Inclusion.Span[0]);
        Assert.Equal(86_400, chain.Delay.Span[0]);

        // A geometric average makes up ln 3 of ln 6 in 1.37 half-lives.
        harness.Step(200);
        Assert.Equal(0, chain.Inclusion.Span[0]);
        harness.Step(200);
        Assert.Equal(1, chain.Inclusion.Span[0]);
    }

    [Fact]
    public void Volatility_raises_demand_from_its_calm_level_to_its_limit()
    {
        Assert.Equal(20, FeeAt(0), 1e-9);
        Assert.Equal(20, FeeAt(0.93), 1e-9);
        Assert.Equal(20 * 1.3 * 1.3, FeeAt(1.86), 1e-7);

        // 497 % and 376 % were measured on 11-13 March 2020 and 18-19 May 2021; gas rose six and 3.4 times.
        Assert.InRange(FeeAt(4.97) / 20, 0.8 * 6, 1.2 * 6);
        Assert.InRange(FeeAt(3.76) / 20, 0.8 * 3.4, 1.2 * 3.4);
        Assert.Equal(20 * 3.9 * 3.9, FeeAt(100), 1e-6);

        static double FeeAt(double volatility)
        {
            var chain = new ProofOfStakeChain(Exact);
            new Harness(chain).Set(chain.MarketVolatility, volatility).Start().Step(400);
            return chain.BaseFee.Span[0];
        }
    }

    [Fact]
    public void Log_demand_has_the_deviation_and_memory_of_its_parameters()
    {
        var p = Exact with { DemandDeviation = new(0.5), DemandHalfLife = new(2400), Slot = new(600) };
        var chain = new ProofOfStakeChain(p);
        var harness = new Harness(chain, paths: 8_000, seconds: 600).Start().Step(32);
        double[] before = [.. chain.LogDemand.Span];
        harness.Step(4);
        double[] after = [.. chain.LogDemand.Span];

        AssertMean(0, after);
        AssertMean(0.25, [.. after.Select(x => x * x)]);
        AssertMean(0.125, [.. after.Zip(before, (x, y) => x * y)]);
    }

    [Fact]
    public void Without_demand_the_base_fee_falls_to_seven_wei_and_stays()
    {
        var chain = new ProofOfStakeChain(Exact);
        var harness = new Harness(chain, seconds: 3600).Start().Set(chain.DemandMultiple, 0).Step(50);
        Assert.Equal(7e-9, chain.BaseFee.Span[0]);

        harness.Set(chain.DemandMultiple, 1).Step(10);
        Assert.Equal(20, chain.BaseFee.Span[0], 1e-6);
    }

    [Fact]
    public void Burned_fees_are_the_gas_used_at_the_base_fee()
    {
        var chain = new ProofOfStakeChain(Exact);
        new Harness(chain, seconds: 60).Set(chain.MarketPrice, 3000).Start().Step();

        // Five blocks of 30 M gas at 20 gwei and 3000 dollars.
        Assert.Equal(5 * 30e6 * 20e-9 * 3000, chain.FeesBurned.Span[0], 1e-6);
        Assert.Equal(3000, chain.NativePrice.Span[0]);
    }

    [Fact]
    public void More_demand_never_lowers_the_fee_nor_the_delay() =>
        Gen.Select(Gen.Double[0.1, 8], Gen.Double[1, 2], Gen.Int[1, 40]).Sample((demand, more, ticks) =>
        {
            var (low, high) = (Run(demand), Run(demand * more));
            Assert.True(high.BaseFee.Span[0] >= low.BaseFee.Span[0] * (1 - 1e-12));

            ProofOfStakeChain Run(double multiple)
            {
                var chain = new ProofOfStakeChain(Exact with { AdaptiveBidders = new(1) });
                new Harness(chain, seconds: 24).Start().Set(chain.DemandMultiple, multiple).Step(ticks);
                return chain;
            }
        });

    [Fact]
    public void A_fixed_key_gives_fixed_fees()
    {
        var chain = new ProofOfStakeChain(new());
        new Harness(chain, seconds: 600).Set(chain.MarketVolatility, 2).Start().Step(300);

        Assert.Equal(PinnedFees, chain.BaseFee.Span[..4].ToArray());
    }

    private static readonly double[] PinnedFees =
        [26.220926920520842, 24.09347170747284, 66.203517959045527, 70.121071907965643];

    private static void AssertMean(double expected, double[] values)
    {
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length / (values.Length - 1.0));
        Assert.True(Math.Abs(mean - expected) <= 4 * error,
            $"mean {mean}, expected {expected}, standard error {error}");
    }
}
