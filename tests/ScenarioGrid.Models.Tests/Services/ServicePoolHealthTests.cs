using ScenarioGrid.Models.Services;
using ScenarioGrid.Models.Tests.Kernel;
using static ScenarioGrid.Models.Tests.Services.ServicePoolRuleTests;

namespace ScenarioGrid.Models.Tests.Services;

/// <summary>Failures, health checks, compromises, failover and scaling.</summary>
public class ServicePoolHealthTests
{
    /// <summary>Every server dies at once and nothing is sent any more within 3 intervals and the timeout.</summary>
    [Theory]
    [InlineData(5, 3, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(10, 4, 3)]
    public void Health_checks_find_dead_servers_in_time_and_let_them_back(
        double interval, double threshold, double timeout)
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
}
