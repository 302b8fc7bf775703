using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Services;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Services;

/// <summary>Health checks, limits, retries and scaling.</summary>
public class ServicePoolRuleTests
{
    private static readonly ServicePool.Parameters Gateway = ServicePoolTests.Steady with
    {
        Servers = new(8), ServiceRate = new(20), BaseLoad = new(96), QueueLimit = new(200), Timeout = new(1),
        Retries = new(3), Priority = ServicePool.Order.CriticalFirst, Policy = ServicePool.Dispatch.PowerOfD,
        Resolution = ServicePool.Detail.Auto,
    };

    private static double Total(ServicePool pool, Harness harness, int ticks, Func<ServicePool, Lane> lane)
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
                Assert.True(pool.Served.Span[3] <= 8 * 20 + 4 * Math.Sqrt(160) + 20, "more served than there is capacity");
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

    /// <summary>Every server dies at once and nothing is sent any more within 3 intervals and the timeout.</summary>
    [Theory]
    [InlineData(5, 3, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(10, 4, 3)]
    public void Health_checks_find_dead_servers_in_time_and_let_them_back(double interval, double threshold, double timeout)
    {
        var pool = new ServicePool(Gateway with
        {
            HealthInterval = new(interval), HealthThreshold = new(threshold), HealthTimeout = new(timeout),
        });
        var harness = ServicePoolTests.Run(pool).Step(30);
        var bound = (int)(interval * threshold + timeout) + 1;
        harness.Set(pool.ServersDown, 1).Step(1);
        Assert.True(pool.LostInFlight.Span[0] > 0);
        harness.Step(bound - 1);
        Assert.All(pool.Listed.AllRows.ToArray(), listed => Assert.Equal(0, listed));
        harness.Step();
        Assert.Equal(0, pool.LostInFlight.Span[0]);
        Assert.Equal(pool.Tries.Span[0], pool.Rejected.Span[0]);
        harness.Set(pool.ServersDown, 0).Step(bound);
        Assert.All(pool.Listed.AllRows.ToArray(), listed => Assert.Equal(1, listed));
        harness.Step(30);
        Assert.Equal(1, pool.Availability.Span.ToArray().Average(), 0.02);
    }

    [Fact]
    public void Dispatch_that_looks_loses_less_to_a_dead_server_than_dispatch_that_does_not()
    {
        double Lost(ServicePool.Dispatch policy)
        {
            var pool = new ServicePool(Gateway with { Policy = policy });
            var harness = ServicePoolTests.Run(pool, 64).Step(10).Set(pool.ServersDown, 0.125);
            return Total(pool, harness, 14, s => s.LostInFlight);
        }

        Assert.True(Lost(ServicePool.Dispatch.Jsq) < 0.3 * Lost(ServicePool.Dispatch.Random));
    }

    [Fact]
    public void Failures_come_and_go_at_their_rates()
    {
        var pool = new ServicePool(Gateway with { Mtbf = new(500), Mttr = new(100), BaseLoad = new(0) });
        var harness = ServicePoolTests.Run(pool, 64, 5).Step(200);
        var down = 0.0;
        harness.Step(400, _ => down += pool.Down.AllRows.ToArray().Count(d => d > 0) / (400.0 * 8 * 64));
        Assert.Equal(1.0 / 6, down, 0.01);
    }

    [Fact]
    public void Compromised_servers_are_found_taken_out_and_come_back()
    {
        var pool = new ServicePool(Gateway with
        {
            CompromiseRate = new(1e5), CompromiseDetection = new(60), CleanTime = new(120),
        });
        var harness = ServicePoolTests.Run(pool, 64).Step(500);
        double bad = 0, cleaning = 0, tainted = 0, served = 0;
        harness.Step(500, _ =>
        {
            bad += pool.Bad.AllRows.ToArray().Sum() / (500.0 * 512);
            cleaning += pool.Down.AllRows.ToArray().Count(d => d == 2) / (500.0 * 512);
            tainted += pool.Tainted.Span.ToArray().Sum();
            served += pool.Served.Span.ToArray().Sum();
        });

        // Cycle of 315.4 s good, 60 s bad, 120 s being cleaned.
        var cycle = 315.36 + 60 + 120;
        Assert.Equal(60 / cycle, bad, 0.02);
        Assert.Equal(120 / cycle, cleaning, 0.02);
        Assert.Equal(60 / (60 + 315.36), tainted / served, 0.05);
    }

    /// <summary>The pool is overloaded for a minute. Without a budget for retries it never comes back, although the load
    /// is then below its capacity; with one it does.</summary>
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
    public void The_breaker_opens_on_failures_and_closes_after_a_good_probe()
    {
        var pool = new ServicePool(Gateway with { Breaker = true, BaseLoad = new(60), Retries = new(0) });
        var harness = ServicePoolTests.Run(pool).Step(30);
        Assert.Equal(0, pool.Rejected.Span.ToArray().Sum());
        harness.Set(pool.ServersDown, 1).Step(20);
        Assert.All(Enumerable.Range(0, 8), path => Assert.True(pool.Breaking.AllRows[8 + path] > 0));
        harness.Set(pool.ServersDown, 0).Step(400);
        Assert.All(Enumerable.Range(0, 8), path => Assert.Equal(0, pool.Breaking.AllRows[8 + path]));
        Assert.Equal(0, pool.Rejected.Span.ToArray().Sum());
    }

    [Fact]
    public void Autoscaling_reaches_its_target_after_its_delay_and_goes_back_after_its_cooldown()
    {
        var pool = new ServicePool(Gateway with
        {
            Autoscale = true, Servers = new(4), ServersMost = new(32), BaseLoad = new(24), RetryBudget = new(0.1),
        });
        var harness = ServicePoolTests.Run(pool, 8, 2).Step(600);
        Assert.InRange(pool.ServersInUse.Span.ToArray().Average(), 1.9, 3.7);
        harness.Set(pool.LoadMultiple, 10).Step(55);
        Assert.InRange(pool.ServersInUse.Span.ToArray().Average(), 1.9, 3.7);
        harness.Step(800);
        Assert.InRange(pool.ServersInUse.Span.ToArray().Average(), 20, 26);
        Assert.Equal(0.6, pool.Busy.Span.ToArray().Average(), 0.06);
        harness.Set(pool.LoadMultiple, 1).Step(1200);
        Assert.InRange(pool.ServersInUse.Span.ToArray().Average(), 1.9, 4.4);
    }

    [Fact]
    public void A_standby_takes_over_unless_it_is_down_too()
    {
        double Up(bool standby, double success)
        {
            var pool = new ServicePool(Gateway with
            {
                Servers = new(1), BaseLoad = new(0.1), Standby = standby, Mtbf = new(3600), Mttr = new(1800),
                FailoverTime = new(10), FailoverSuccess = new(success),
            });
            var harness = ServicePoolTests.Run(pool, 128, 30);
            return Total(pool, harness, 1000, s => s.IsUp) / (1000.0 * 128);
        }

        var alone = Up(false, 1);
        Assert.Equal(3600.0 / 5400, alone, 0.03);
        Assert.Equal(alone, Up(true, 0), 0.01);
        Assert.True(Up(true, 1) > 0.98);
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
