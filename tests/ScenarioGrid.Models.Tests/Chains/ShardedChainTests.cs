using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Chains;

public partial class ShardedChainTests
{
    /// <summary>No chance but the hash: what is left are the rules.</summary>
    private static readonly ShardedChain.Parameters Exact = new()
    {
        DemandDeviation = new(0), HotDeviation = new(0), ZipfExponent = new(1),
    };

    [Fact]
    public void One_shard_follows_the_published_path_of_a_chain()
    {
        var chain = new ShardedChain(Exact with { Shards = new(1), Load = new(1) });
        var harness = new Harness(chain).Start().Set(chain.DemandMultiple, 2);
        ReferenceCases.Check("E17", [.. ((int[])[10, 10, 30, 50]).Select(blocks =>
        {
            harness.Step(blocks);
            return chain.BaseFee.Span[0];
        })]);
    }

    [Fact]
    public void One_shard_is_the_chain_that_is_not_sharded() =>
        Gen.Select(Gen.Double[0.1, 12], Gen.Double[0, 3], Gen.Int[1, 25]).Sample((demand, volatility, blocks) =>
        {
            var whole = new ProofOfStakeChain(new()
            {
                DemandDeviation = new(0), Participation = new(1), AdaptiveBidders = new(1),
            });
            var sharded = new ShardedChain(Exact with { Shards = new(1), Load = new(1) });
            var wholeRun = new Harness(whole).Set(whole.MarketVolatility, volatility).Start();
            var shardedRun = new Harness(sharded).Set(sharded.MarketVolatility, volatility).Start();
            wholeRun.Set(whole.DemandMultiple, demand).Step(blocks);
            shardedRun.Set(sharded.DemandMultiple, demand).Step(blocks);

            Assert.Equal(whole.BaseFee.Span[0], sharded.BaseFee.Span[0], 1e-12 * whole.BaseFee.Span[0]);
            Assert.Equal(whole.Tip.Span[0], sharded.Tip.Span[0], 1e-9 * whole.Tip.Span[0]);
            Assert.Equal(whole.Inclusion.Span[0], sharded.Inclusion.Span[0], 1e-12);
            Assert.Equal(whole.Delay.Span[0], sharded.Delay.Span[0], 1e-9 * whole.Delay.Span[0]);
            Assert.Equal(whole.Utilisation.Span[0], sharded.Utilisation.Span[0], 1e-12);
            Assert.Equal(1, sharded.Imbalance.Span[0]);
        }, iter: 50);

    [Fact]
    public void The_base_fee_of_a_shard_goes_to_the_level_of_its_load()
    {
        var chain = new ShardedChain(Exact);
        new Harness(chain, paths: 64, seconds: 60).Start().Set(chain.HotAppMultiple, 6).Step(300);
        var hot = 6 * Share(0, 64);
        for (var path = 0; path < 64; path++)
        {
            Assert.Equal(0, chain.Placement.Row(5).At(path));
            var load = 0.5 * 8 * (hot + chain.ShardShare.Row(0).At(path));
            Assert.Equal(20 * load * load, chain.BaseFee.Span[path], 1e-3 * chain.BaseFee.Span[path]);
            Assert.Equal(1, chain.Utilisation.Span[path], 1e-3);
        }
    }

    [Fact]
    public void A_market_in_a_regime_raises_demand_as_a_shock_does()
    {
        var (regime, shock) = (new ShardedChain(Exact), new ShardedChain(Exact));
        new Harness(regime).Start().Set(regime.MarketDemand, 1.7).Step(30);
        new Harness(shock).Start().Set(shock.DemandMultiple, 1.7).Step(30);
        Assert.Equal(shock.BaseFee.Span.ToArray(), regime.BaseFee.Span.ToArray());
        Assert.NotEqual(0.5 * 0.5 * 20, regime.BaseFee.Span[0], 1e-3);
    }

    [Fact]
    public void It_starts_at_its_level_and_stays_there()
    {
        var chain = new ShardedChain(Exact with { Assignment = Assignment.Dynamic });
        var harness = new Harness(chain, paths: 16).Start();
        double[] fees = [.. chain.ShardFee.AllRows], delays = [.. chain.Delay.Span];
        harness.Step(20);
        Assert.All(fees.Zip(chain.ShardFee.AllRows.ToArray()), f => Assert.Equal(f.First, f.Second, 1e-9 * f.First));
        Assert.Equal(delays, chain.Delay.Span.ToArray());
    }

    [Fact]
    public void Throughput_never_exceeds_capacity_and_is_all_of_it_under_a_rush_on_all_shards() =>
        Gen.Select(Gen.Int[1, 12], Gen.Enum<Assignment>(), Gen.Double[-2, 4], Gen.Double[-2, 4])
            .Sample((shards, assignment, demand, hot) =>
            {
                var chain = new ShardedChain(Exact with { Shards = new(shards), Assignment = assignment });
                var harness = new Harness(chain, seconds: 36).Start();
                harness.Set(chain.DemandMultiple, Math.Pow(10, demand)).Set(chain.HotAppMultiple, Math.Pow(10, hot));
                for (var tick = 0; tick < 20; tick++)
                {
                    harness.Step();
                    Assert.InRange(chain.Throughput.Span[0], 0, 1);
                }

                var rush = new ShardedChain(Exact with { Divisible = new(1), Assignment = Assignment.Split,
                    Shards = new(shards), Threshold = new(1), Release = new(1) });
                new Harness(rush).Start().Set(rush.DemandMultiple, 1e6).Step();
                Assert.Equal(1, rush.Throughput.Span[0]);
            }, iter: 40);

    [Fact]
    public void Where_apps_fall_is_uniform_over_the_shards()
    {
        var chain = new ShardedChain(Exact with { Shards = new(5), Apps = new(20) });
        var harness = new Harness(chain, paths: 8000).Start();
        for (var shard = 0; shard < 5; shard++)
        {
            var count = Enumerable.Range(0, harness.Paths).Count(path => chain.Placement.Row(19).At(path) == shard);
            Assert.Equal(0.2, (double)count / harness.Paths, 4 * Math.Sqrt(0.2 * 0.8 / harness.Paths));
        }

        Assert.All(chain.Placement.Row(0).ToArray(), shard => Assert.Equal(0, shard));
        Assert.All(chain.Placement.Row(5).ToArray(), shard => Assert.Equal(0, shard));
    }

    [Fact]
    public void Shares_on_shards_are_those_of_the_apps_placed_there()
    {
        foreach (var assignment in Enum.GetValues<Assignment>())
        {
            var chain = new ShardedChain(Exact with { Assignment = assignment, MigrationDelay = new(0) });
            new Harness(chain, paths: 32).Start().Set(chain.HotAppMultiple, 8).Step(50);
            for (var path = 0; path < 32; path++)
            {
                var shares = new double[8];
                for (var app = 1; app < 64; app++)
                {
                    var isSplit = assignment == Assignment.Split && chain.IsSplit.Row(app).At(path) > 0;
                    shares[(int)chain.Placement.Row(app).At(path)] += Share(app, 64) * (isSplit ? 0.3 : 1);
                }

                Assert.All(Enumerable.Range(0, 8), s =>
                    Assert.Equal(shares[s], chain.ShardShare.Row(s).At(path), 1e-12));
                Assert.Equal(1 - Share(0, 64), shares.Sum() + chain.Spread.Span[path], 1e-12);
            }
        }
    }

    [Fact]
    public void Nothing_moves_under_a_static_hash()
    {
        var chain = new ShardedChain(Exact);
        var harness = new Harness(chain, paths: 8).Start();
        double[] placement = [.. chain.Placement.AllRows];
        harness.Set(chain.HotAppMultiple, 100).Step(100);
        Assert.Equal(placement, chain.Placement.AllRows.ToArray());
        Assert.Equal(0, chain.Migrations.Span[0] + chain.MigrationCost.Span[0]);
    }

    [Fact]
    public void A_hotter_app_never_cools_its_shard() =>
        Gen.Select(Gen.Double[0.1, 30], Gen.Double[1, 4], Gen.Int[1, 40]).Sample((hot, more, ticks) =>
        {
            var (low, high) = (Run(hot), Run(hot * more));
            for (var path = 0; path < 8; path++)
            {
                Assert.True(high.BaseFee.Span[path] >= low.BaseFee.Span[path] * (1 - 1e-12));
                Assert.True(high.HottestBaseFee.Span[path] >= low.HottestBaseFee.Span[path] * (1 - 1e-12));
            }

            ShardedChain Run(double multiple)
            {
                var chain = new ShardedChain(Exact);
                new Harness(chain, seconds: 24).Start().Set(chain.HotAppMultiple, multiple).Step(ticks);
                return chain;
            }
        }, iter: 50);

    [Fact]
    public void Long_ticks_give_the_fees_of_short_ones()
    {
        var (slow, fast) = (new ShardedChain(Exact), new ShardedChain(Exact));
        var (slowRun, fastRun) = (new Harness(slow, seconds: 12).Start(), new Harness(fast, seconds: 1200).Start());
        foreach (var hot in (double[])[1, 3, 20, 4, 1])
        {
            var dropped = 0.0;
            slowRun.Set(slow.HotAppMultiple, hot);
            for (var slot = 0; slot < 100; slot++)
            {
                slowRun.Step();
                dropped += slow.DroppedTransactions.Span[0];
            }

            fastRun.Set(fast.HotAppMultiple, hot).Step();
            Assert.Equal(slow.BaseFee.Span[0], fast.BaseFee.Span[0], 2e-3 * slow.BaseFee.Span[0]);
            Assert.Equal(dropped, fast.DroppedTransactions.Span[0], 1e-4 * (1 + dropped));
        }
    }

    [Fact]
    public void A_halt_stops_all_shards_and_makes_transactions_wait()
    {
        var chain = new ShardedChain(Exact);
        var harness = new Harness(chain, seconds: 60).Start().Step(2).Set(chain.Halted, 1).Step(10);
        Assert.Equal((0.0, 0.0, 0.0), (chain.IsUp.Span[0], chain.Blocks.Span[0], chain.Inclusion.Span[0]));
        Assert.Equal((612.0, 960 + 600.0), (chain.Delay.Span[0], chain.FinalityDelay.Span[0]));
        Assert.Equal(0, chain.Throughput.Span[0]);

        harness.Set(chain.Halted, 0).Step();
        Assert.Equal((1.0, 5.0, 960.0), (chain.IsUp.Span[0], chain.Blocks.Span[0], chain.FinalityDelay.Span[0]));
        Assert.Equal(1, chain.Throughput.Span[0], 1e-12);
    }

    [Fact]
    public void A_tick_shorter_than_a_slot_makes_a_block_when_the_slot_ends()
    {
        var (fine, whole) = (new ShardedChain(Exact), new ShardedChain(Exact));
        var fineRun = new Harness(fine, seconds: 3).Start().Set(fine.HotAppMultiple, 9);
        new Harness(whole).Start().Set(whole.HotAppMultiple, 9).Step(7);
        var blocks = new List<double>();
        for (var tick = 0; tick < 28; tick++)
        {
            fineRun.Step();
            blocks.Add(fine.Blocks.Span[0]);
        }

        Assert.Equal(Enumerable.Range(0, 28).Select(t => t % 4 == 3 ? 1.0 : 0.0), blocks);
        Assert.Equal(whole.BaseFee.Span[0], fine.BaseFee.Span[0]);
    }

    [Fact]
    public void Rules_between_parameters_are_told_with_their_numbers()
    {
        Assert.Empty(new ShardedChain.Parameters().Check());
        var broken = new ShardedChain.Parameters
        {
            Shards = new(4), HomeShard = new(4), Apps = new(5), HomeApp = new(5), Threshold = new(1.1),
            ReferenceBaseFee = new(0.5),
        };
        Assert.Equal(["homeShard", "minimumBaseFee", "homeApp", "release"], broken.Check().Select(b => b.Parameter));
        Assert.Equal("homeShard is 4; there are 4 shards, numbered from 0", broken.Check().First().Message);
    }

    [Fact]
    public void A_fixed_key_gives_fixed_fees()
    {
        var chain = new ShardedChain(new() { Assignment = Assignment.Dynamic });
        new Harness(chain, seconds: 60).Set(chain.MarketVolatility, 2).Start().Set(chain.HotAppMultiple, 20).Step(5);
        Assert.Equal(PinnedFees, chain.BaseFee.Span[..4].ToArray());
        Assert.Equal(PinnedDelays, chain.Delay.Span[..4].ToArray());
    }

    private static readonly double[] PinnedFees =
        [186.74005900427716, 186.74005900427724, 186.74005900427724, 186.74005900427716], PinnedDelays =
        [900.26187430869436, 911.76599490037677, 910.51797997631752, 891.04989484910902];

    private static double Share(int app, int apps) => 1.0 / (app + 1) / Enumerable.Range(1, apps).Sum(k => 1.0 / k);
}
