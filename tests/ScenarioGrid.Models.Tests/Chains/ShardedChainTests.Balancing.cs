using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

/// <content>Moving and splitting apps, and messages between shards.</content>
public partial class ShardedChainTests
{
    private static ShardedChain.Parameters Eager => Exact with
    {
        Assignment = Assignment.Dynamic, Threshold = new(1), Release = new(1), MigrationDelay = new(0),
    };

    [Fact]
    public void Equal_apps_in_equal_numbers_are_spread_evenly() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 6]).Where((s, k) => s * k > 1).Sample((shards, each) =>
        {
            var chain = new ShardedChain(Eager with
            {
                Shards = new(shards), Apps = new(shards * each), ZipfExponent = new(0), HomeApp = new(1),
            });
            new Harness(chain).Start().Step(60);
            Assert.All(chain.Imbalance.Span.ToArray(), x => Assert.Equal(1, x, 1e-9));
        });

    [Fact]
    public void Every_move_lowers_the_highest_load() =>
        Gen.Select(Gen.Int[2, 10], Gen.Double[0.1, 40], Gen.Double[0, 2]).Sample((shards, hot, exponent) =>
        {
            var chain = new ShardedChain(Eager with { Shards = new(shards), ZipfExponent = new(exponent) });
            var harness = new Harness(chain, paths: 16).Start().Set(chain.HotAppMultiple, hot);
            double[] last = [.. Enumerable.Repeat(double.MaxValue, 16)], moves = [.. last];
            for (var tick = 0; tick < 80; tick++)
            {
                harness.Step();
                for (var path = 0; path < 16; path++)
                {
                    Assert.True(chain.Imbalance.Span[path] <= last[path] + 1e-12);
                }

                last = [.. chain.Imbalance.Span];
                moves = [.. chain.Migrations.Span];
            }

            Assert.All(moves, m => Assert.Equal(0, m));
        }, iter: 40);

    /// <summary>All assignments of few apps are tried: the balancer's highest load exceeds the least possible one by
    /// no more than the smallest app on that shard.</summary>
    [Fact]
    public void At_once_and_without_threshold_the_balancer_is_within_one_app_of_the_optimum() =>
        Gen.Select(Gen.Int[2, 4], Gen.Int[3, 7], Gen.Double[0.05, 20]).Sample((shards, apps, hot) =>
        {
            var chain = new ShardedChain(Eager with { Shards = new(shards), Apps = new(apps), HomeApp = new(2) });
            new Harness(chain).Start().Set(chain.HotAppMultiple, hot).Step(30);
            double[] sizes = [.. Enumerable.Range(0, apps).Select(a => Share(a, apps) * (a == 0 ? hot : 1))];
            var best = Best(sizes, shards);
            for (var path = 0; path < 8; path++)
            {
                var at = sizes.Select((size, app) => (Size: size, Shard: chain.Placement.Row(app).At(path)))
                    .GroupBy(x => x.Shard).MaxBy(g => g.Sum(x => x.Size))!;
                Assert.InRange(at.Sum(x => x.Size), best - 1e-12, best + at.Min(x => x.Size) + 1e-12);
            }
        }, iter: 60);

    [Fact]
    public void One_account_cannot_be_split_and_its_shard_stays_saturated()
    {
        var p = Exact with { Assignment = Assignment.Split, MigrationDelay = new(0) };
        var (one, some, all) = (Run(0), Run(0.6), Run(1));
        var hot = 30 * Share(0, 64);
        var sum = 1 - Share(0, 64) + hot;
        for (var path = 0; path < 8; path++)
        {
            // The account alone is a load of 0.5 * 8 * hot, whatever else is moved away from it.
            Assert.True(one.Imbalance.Span[path] >= 8 * hot / sum);
            Assert.True(one.BaseFee.Span[path] >= 0.99 * 20 * Math.Pow(4 * hot, 2));
            Assert.True(some.Imbalance.Span[path] >= 8 * (0.4 * hot + 0.6 * hot / 8) / sum - 1e-12);
            Assert.True(some.BaseFee.Span[path] < one.BaseFee.Span[path]);
            Assert.True(all.BaseFee.Span[path] < some.BaseFee.Span[path]);
            Assert.InRange(all.Imbalance.Span[path], 1, 1.5);
        }

        ShardedChain Run(double divisible)
        {
            var chain = new ShardedChain(p with { Divisible = new(divisible) });
            new Harness(chain, seconds: 60).Start().Set(chain.HotAppMultiple, 30).Step(400);
            return chain;
        }
    }

    [Fact]
    public void The_balancer_takes_the_home_app_off_the_hot_shard_after_its_delay_and_at_its_cost()
    {
        var chain = new ShardedChain(new()
        {
            DemandDeviation = new(0), HotDeviation = new(0), Assignment = Assignment.Dynamic, Shards = new(4),
            MigrationDelay = new(600), CostPerApp = new(1000),
        });
        var harness = new Harness(chain, paths: 64, seconds: 60).Start().Step(60);
        Assert.Equal(0, chain.Migrations.Span[0]);
        var home = chain.Placement.Row(5).ToArray();
        Assert.All(home, shard => Assert.Equal(0, shard));

        harness.Set(chain.HotAppMultiple, 30).Step();
        Assert.All(chain.Migrations.Span.ToArray(), m => Assert.Equal(1, m));
        for (var path = 0; path < 64; path++)
        {
            var app = (int)chain.MovingApp.Span[path];
            var share = Math.Pow(app + 1, -0.8) / Enumerable.Range(1, 64).Sum(k => Math.Pow(k, -0.8));
            Assert.Equal(1000 * 64 * share, chain.MigrationCost.Span[path], 1e-6);
        }

        double[] before = [.. chain.Placement.AllRows];
        harness.Step(9);
        Assert.Equal(before, chain.Placement.AllRows.ToArray());
        harness.Step();
        Assert.NotEqual(before, chain.Placement.AllRows.ToArray());

        // The hot app alone is more than all others: it leaves them, or they leave it one by one. What is left is its
        // own load of 0.5 * 4 * 30 w targets.
        harness.Step(600);
        Assert.All(chain.Placement.Row(5).ToArray().Zip(chain.Placement.Row(0).ToArray()),
            at => Assert.NotEqual(at.First, at.Second));
        var load = 60 / Enumerable.Range(1, 64).Sum(k => Math.Pow(k, -0.8));
        Assert.All(chain.HottestBaseFee.Span.ToArray(), fee => Assert.Equal(20 * load * load, fee, 0.01 * fee));
        Assert.All(chain.BaseFee.Span.ToArray(), fee => Assert.True(fee < 20));
    }

    [Fact]
    public void Between_release_and_threshold_the_balancer_goes_on_but_does_not_begin()
    {
        var p = Eager with { Threshold = new(1.6), Release = new(1.1), Apps = new(256), ZipfExponent = new(0.5) };
        var chain = new ShardedChain(p);
        var harness = new Harness(chain, paths: 64).Start();
        var (begun, left) = (0, 0);
        for (var tick = 0; tick < 120; tick++)
        {
            harness.Set(chain.HotAppMultiple, tick < 40 ? 1 : 7).Step();
            for (var path = 0; path < 64; path++)
            {
                var (imbalance, isMoved) = (chain.Imbalance.Span[path], chain.Migrations.Span[path] > 0);
                begun += isMoved && imbalance > 1.6 ? 1 : 0;
                left += isMoved && imbalance < 1.6 ? 1 : 0;
                Assert.False(isMoved && imbalance <= 1.1);
                Assert.True(tick >= 40 || !isMoved);
            }
        }

        Assert.True(begun > 0 && left > 0, $"{begun} moves above the threshold, {left} below it");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0.375)]
    [InlineData(64, 0.4921875)]
    public void Messages_cross_shards_as_often_as_the_other_app_is_elsewhere(int shards, double share)
    {
        var chain = new ShardedChain(Exact with
        {
            Shards = new(shards), Calls = new(0.5), Rounds = new(3), Failure = new(0.01),
        });
        new Harness(chain).Start().Step();

        // In a calm both inclusions take a slot; what breaks, with probability 1 % per message, starts again.
        Assert.Equal(share, chain.CrossShardShare.Span[0], 1e-15);
        Assert.Equal(12 * 4, chain.CrossShardDelay.Span[0], 1e-12);
        Assert.Equal(12 * (1 + share * 4) / (1 - 0.01 * share), chain.Delay.Span[0], 1e-9);
        Assert.Equal(12 / chain.Delay.Span[0], chain.Inclusion.Span[0], 1e-12);

        // 100 transactions fill the target of a block of 30 M gas.
        var transactions = chain.Throughput.Span[0] * 2 * shards * 100;
        Assert.Equal(transactions * share * 0.01, chain.BrokenMessages.Span[0], 1e-9);
    }

    [Fact]
    public void Splitting_an_app_makes_its_transactions_cross_shards()
    {
        var p = Exact with { Assignment = Assignment.Split, Divisible = new(1), Threshold = new(1), Release = new(1) };
        var chain = new ShardedChain(p);
        new Harness(chain).Start().Step();
        Assert.All(chain.Imbalance.Span.ToArray(), x => Assert.Equal(1, x, 1e-9));
        Assert.All(chain.CrossShardShare.Span.ToArray(), x => Assert.InRange(x, 0.8, 0.875));
    }

    [Fact]
    public void A_full_shard_makes_messages_late_and_breaks_some()
    {
        var (soon, late) = (Run(2), Run(200));
        Assert.Equal(soon.CrossShardDelay.Span.ToArray(), late.CrossShardDelay.Span.ToArray());
        Assert.True(soon.CrossShardDelay.Span[0] > 3 * 12);
        Assert.True(soon.BrokenMessages.Span[0] > 10 * late.BrokenMessages.Span[0]);
        Assert.True(soon.Delay.Span[0] > late.Delay.Span[0]);

        static ShardedChain Run(int timeout)
        {
            var chain = new ShardedChain(Exact with { TimeoutBlocks = new(timeout), Failure = new(0) });
            new Harness(chain).Start().Set(chain.HotAppMultiple, 40).Step(2);
            return chain;
        }
    }

    [Fact]
    public void A_fixed_bid_fails_on_the_hot_shard_until_the_median_of_a_day_has_followed()
    {
        var chain = new ShardedChain(Exact with { BidMultiple = new(1.5) });
        var harness = new Harness(chain, seconds: 600).Start().Step();
        Assert.Equal(chain.Inclusion.Span[0], chain.StaticInclusion.Span[0]);
        harness.Set(chain.HotAppMultiple, 4).Step(6 * 12 - 2);
        Assert.Equal(0, chain.StaticInclusion.Span[0]);
        harness.Step(18);
        Assert.True(chain.Inclusion.Span[0] > 0.4);
        Assert.Equal(chain.Inclusion.Span[0], chain.StaticInclusion.Span[0]);
    }

    private static double Best(double[] sizes, int shards)
    {
        var best = double.MaxValue;
        for (var code = 0; code < Math.Pow(shards, sizes.Length); code++)
        {
            var loads = new double[shards];
            for (var (app, rest) = (0, code); app < sizes.Length; app++, rest /= shards)
            {
                loads[rest % shards] += sizes[app];
            }

            best = Math.Min(best, loads.Max());
        }

        return best;
    }
}
