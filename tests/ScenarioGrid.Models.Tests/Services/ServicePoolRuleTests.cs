using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Services;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Services;

/// <summary>Order, limits, retries and load.</summary>
public class ServicePoolRuleTests
{
    internal static readonly ServicePool.Parameters Gateway = ServicePoolTests.Steady with
    {
        Servers = new(8), ServiceRate = new(20), BaseLoad = new(96), QueueLimit = new(200), Timeout = new(1),
        Retries = new(3), Priority = ServicePool.Order.CriticalFirst, Policy = ServicePool.Dispatch.PowerOfD,
        Resolution = ServicePool.Detail.Auto,
    };

    internal static double Total(ServicePool pool, Harness harness, int ticks, Func<ServicePool, Lane> lane)
    {
        var sum = 0.0;
        harness.Step(ticks, _ => sum += lane(pool).Span.ToArray().Sum());
        return sum;
    }

    [Fact]
    public void Requests_are_served_rejected_lost_or_wait() =>
        Gen.Select(Gen.Enum<ServicePool.Dispatch>(), Gen.Double[20, 600], Gen.Double[0, 1], Gen.Bool).Sample(
            (policy, load, down, exact) =>
        {
            var pool = new ServicePool(Gateway with
            {
                Policy = policy, BaseLoad = new(load), QueueLimit = new(20), Mtbf = new(600), Mttr = new(20),
                Resolution = exact ? ServicePool.Detail.Exact : ServicePool.Detail.MeanField,
            });
            var harness = ServicePoolTests.Run(pool, 8);
            double came = 0, gone = 0;
            for (var tick = 0; tick < 60; tick++)
            {
                harness.Set(pool.ServersDown, tick is > 20 and < 40 ? down : 0).Step();
                came += pool.Tries.Span[3];
                gone += pool.Served.Span[3] + pool.Rejected.Span[3] + pool.LostInFlight.Span[3];
                Assert.True(pool.Served.Span[3] <= 160 + 5 * Math.Sqrt(160), "more served than there is capacity");
            }

            Assert.Equal(came, gone + pool.Waiting.Span[3], 1e-9 * came);
        }, iter: 60);

    [Fact]
    public void No_server_idles_while_the_one_line_waits()
    {
        var pool = new ServicePool(Gateway with { Policy = ServicePool.Dispatch.CentralQueue, BaseLoad = new(155) });
        var harness = ServicePoolTests.Run(pool, 16);
        var waited = 0;
        for (var tick = 0; tick < 200; tick++)
        {
            harness.Step();
            for (var path = 0; path < 16; path++)
            {
                var line = pool.Line.Span[path];
                waited += line > 0 ? 1 : 0;
                for (var row = 0; row < 8; row++)
                {
                    Assert.True(line == 0 || pool.Jobs.AllRows[row * 16 + path] == 1);
                }
            }
        }

        Assert.True(waited > 100);
    }

    /// <summary>The pool is overloaded for a minute. Without a budget for retries it never comes back, although the
    /// load is then below its capacity; with one it does.</summary>
    [Theory]
    [InlineData(10, true)]
    [InlineData(0.1, false)]
    public void Retries_without_a_budget_keep_a_collapse_up(double budget, bool stays)
    {
        var pool = new ServicePool(Gateway with
        {
            BaseLoad = new(130), Timeout = new(0.5), RetryBudget = new(budget), Backoff = new(0.05),
            Priority = ServicePool.Order.Fifo,
        });
        var harness = ServicePoolTests.Run(pool, 16).Step(60);
        Assert.Equal(0, pool.Metastable.Span.ToArray().Sum());
        harness.Set(pool.LoadMultiple, 4).Step(60).Set(pool.LoadMultiple, 1).Step(700);
        var stuck = pool.Metastable.Span.ToArray().Average();
        var recovery = pool.RecoveryTime.Span.ToArray().Average();
        Assert.True(stays ? stuck == 1 && recovery >= 700 : stuck == 0 && recovery < 100, $"{stuck}, {recovery} s");
        if (stays)
        {
            Assert.Equal(4 * 130, pool.Arrivals.Span.ToArray().Average(), 60.0);
        }
    }

    [Fact]
    public void Stale_reports_make_the_least_loaded_servers_herd_and_two_choices_not()
    {
        double Herd(ServicePool.Dispatch policy, double delay)
        {
            var pool = new ServicePool(Gateway with
            {
                Policy = policy, ReportDelay = new(delay), BaseLoad = new(128), Timeout = new(60),
            });
            var harness = ServicePoolTests.Run(pool, 32).Step(30);
            return Total(pool, harness, 60, s => s.HerdIndex) / (60 * 32);
        }

        Assert.True(Herd(ServicePool.Dispatch.LeastOutstanding, 0) < 0.5);
        Assert.True(Herd(ServicePool.Dispatch.LeastOutstanding, 1) > 1.1);
        Assert.True(Herd(ServicePool.Dispatch.PowerOfD, 1) < Herd(ServicePool.Dispatch.LeastOutstanding, 1));
    }

    [Fact]
    public void Bounded_loads_hold_their_bound_although_keys_are_uneven()
    {
        var pool = new ServicePool(Gateway with
        {
            Policy = ServicePool.Dispatch.ConsistentHash, KeySkew = new(1), BaseLoad = new(400), Timeout = new(60),
        });
        var harness = ServicePoolTests.Run(pool);

        // No service completes while the chain is down, so the last placement is still in place.
        harness.Set(pool.ChainIsUp, 0);
        for (var tick = 0; tick < 3; tick++)
        {
            harness.Step();
            for (var path = 0; path < 8; path++)
            {
                var jobs = Enumerable.Range(0, 8).Select(row => pool.Jobs.AllRows[row * 8 + path]).ToArray();
                Assert.True(jobs.Max() <= BoundedLoad.Capacity(jobs.Sum(), 8, 1.25));
                Assert.True(jobs[0] > jobs[7]);
            }
        }
    }

    /// <summary>Speeds .5 to 1.5: each server is held to its share of the requests, by its speed.</summary>
    [Fact]
    public void Bounded_loads_give_fast_servers_more()
    {
        var pool = new ServicePool(Gateway with
        {
            Policy = ServicePool.Dispatch.ConsistentHash, KeySkew = new(0), BaseLoad = new(400), Timeout = new(60),
            SpeedSpread = new(0.5), BoundFactor = new(1.01), Mtbf = new(3.2e9),
        });
        var harness = ServicePoolTests.Run(pool).Set(pool.ChainIsUp, 0).Step();
        for (var path = 0; path < harness.Paths; path++)
        {
            var jobs = Enumerable.Range(0, 8).Select(row => pool.Jobs.AllRows[row * 8 + path]).ToArray();
            var most = Enumerable.Range(0, 8).Select(
                row => BoundedLoad.Capacity(jobs.Sum(), 0.5 + row / 7.0, 8, 1.01)[0]);
            Assert.All(jobs.Zip(most), server => Assert.InRange(server.First, 0.9 * server.Second, server.Second));
        }
    }

    [Fact]
    public void Critical_requests_overtake()
    {
        double P99(ServicePool.Order order)
        {
            var pool = new ServicePool(Gateway with { Priority = order, BaseLoad = new(150), Timeout = new(60) });
            var harness = ServicePoolTests.Run(pool, 32).Step(60);
            return Total(pool, harness, 60, s => s.CriticalP99) / (60 * 32);
        }

        Assert.True(P99(ServicePool.Order.CriticalFirst) < 0.6 * P99(ServicePool.Order.Fifo));
    }

    [Fact]
    public void Nearest_regions_save_the_trip()
    {
        double Delay(ServicePool.Dispatch policy)
        {
            var pool = new ServicePool(Gateway with
            {
                Servers = new(9), Policy = policy, Regions = new(3), RegionTrip = new(0.1), LocalTrip = new(0.01),
                RegionSkew = new(1.0 / 3), BaseLoad = new(20),
            });
            var harness = ServicePoolTests.Run(pool, 32).Step(10);
            return Total(pool, harness, 60, s => s.Delay) / (60 * 32);
        }

        // Mean distance of two of three regions in a row: 8/9.
        Assert.Equal(0.1 * 8 / 9, Delay(ServicePool.Dispatch.Random) - Delay(ServicePool.Dispatch.GeoNearest), 0.01);
    }

    [Fact]
    public void The_token_bucket_lets_in_its_rate_and_its_size()
    {
        var pool = new ServicePool(Gateway with
        {
            RateLimit = new(50), BucketSize = new(100), BaseLoad = new(120), Retries = new(0),
            Priority = ServicePool.Order.Fifo,
        });
        var harness = ServicePoolTests.Run(pool, 32);
        var served = Total(pool, harness, 100, s => s.Served) / 32;
        Assert.Equal(50 * 100 + 100, served, 120.0);
    }

    [Fact]
    public void The_throttle_keeps_most_of_a_hopeless_load_away_from_the_servers()
    {
        double Waiting(bool throttle)
        {
            var pool = new ServicePool(Gateway with
            {
                Throttle = throttle, BaseLoad = new(1600), Priority = ServicePool.Order.Fifo, QueueLimit = new(50),
            });
            var harness = ServicePoolTests.Run(pool, 16).Step(60);
            return Total(pool, harness, 60, s => s.Waiting);
        }

        Assert.True(Waiting(true) < 0.9 * Waiting(false));
    }

    [Fact]
    public void More_servers_never_reject_more_on_the_same_requests()
    {
        double Rejected(int servers)
        {
            var pool = new ServicePool(Gateway with
            {
                Servers = new(servers), BaseLoad = new(170), QueueLimit = new(20), Policy = ServicePool.Dispatch.Jsq,
            });
            return Total(pool, ServicePoolTests.Run(pool, 32), 100, s => s.Rejected);
        }

        Assert.True(Rejected(12) < Rejected(9) && Rejected(9) < Rejected(7) && Rejected(7) < Rejected(4));
    }

    [Fact]
    public void Volatility_raises_the_load_by_its_elasticity()
    {
        var pool = new ServicePool(Gateway with { Retries = new(0), BaseLoad = new(10) });
        var harness = ServicePoolTests.Run(pool, 64).Set(pool.MarketVolatility, 4 * 0.93);
        Assert.Equal(80, Total(pool, harness, 100, s => s.Arrivals) / 6400, 1.0);
    }

    [Fact]
    public void Bursts_take_their_share_of_time()
    {
        var pool = new ServicePool(Gateway with
        {
            Retries = new(0), BaseLoad = new(10), BurstMultiple = new(5), BurstGap = new(100), BurstLength = new(50),
        });
        var harness = ServicePoolTests.Run(pool, 128, 20);
        Assert.Equal(10 * (1 + 4.0 / 3), Total(pool, harness.Step(50), 400, s => s.Arrivals) / (400 * 128), 1.0);
    }

    [Fact]
    public void Hedging_buys_its_tail_with_capacity()
    {
        double P99(double hedge, double load)
        {
            var pool = new ServicePool(Gateway with { Hedge = new(hedge), BaseLoad = new(load), Timeout = new(60) });
            var harness = ServicePoolTests.Run(pool, 32).Step(60);
            return Total(pool, harness, 60, s => s.P99) / (60 * 32);
        }

        Assert.True(P99(0.05, 60) < 0.95 * P99(0, 60));
        Assert.True(P99(0.5, 140) > P99(0, 140));
    }
}
