using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Services;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Services;

/// <summary>As shares of servers with at least k requests.</summary>
public class ServicePoolShareTests
{
    private static readonly ServicePool.Parameters Many =
        ServicePoolTests.Steady with { Servers = new(256), BaseLoad = new(0.9 * 256), RegionSkew = new(1) };

    private static ServicePool Rest(ServicePool.Parameters p, double seconds = 1, int ticks = 6000)
    {
        var pool = new ServicePool(p);
        ServicePoolTests.Run(pool, 8, seconds).Step(ticks);
        return pool;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void Two_choices_come_to_rest_at_the_supermarket_whatever_the_tick(double seconds)
    {
        var pool = Rest(Many with { Policy = ServicePool.Dispatch.PowerOfD }, seconds);
        for (var k = 1; k <= 6; k++)
        {
            Assert.Equal(Supermarket.Tail(0.9, 2, k), pool.Shares.AllRows[(k - 1) * 8], 1e-6);
        }

        Assert.Equal(Supermarket.MeanTime(0.9, 2), pool.Delay.Span[0], 1e-5);
        Assert.Equal(0.9, pool.Utilisation.Span[0], 1e-6);
    }

    [Fact]
    public void Chance_comes_to_rest_at_single_servers()
    {
        var pool = Rest(Many with { Policy = ServicePool.Dispatch.Random });
        Assert.Equal(10, pool.Delay.Span[0], 0.01);
        Assert.Equal(10 * Math.Log(100), pool.P99.Span[0], 0.5);
        Assert.Equal(1, pool.HerdIndex.Span[0], 0.02);
    }

    [Fact]
    public void Turns_come_to_rest_at_Erlang_arrivals() => Assert.Equal(RoundRobin.MeanTime(0.9, 256, 1),
        Rest(Many with { Policy = ServicePool.Dispatch.RoundRobin }).Delay.Span[0], 0.01);

    [Fact]
    public void Policies_line_up_from_one_line_to_chance()
    {
        double Delay(ServicePool.Dispatch policy) => Rest(Many with { Policy = policy }).Delay.Span[0];

        Assert.True(Delay(ServicePool.Dispatch.Jsq) < Delay(ServicePool.Dispatch.PowerOfD));
        Assert.True(Delay(ServicePool.Dispatch.PowerOfD) < Delay(ServicePool.Dispatch.RoundRobin));
        Assert.True(Delay(ServicePool.Dispatch.RoundRobin) < Delay(ServicePool.Dispatch.Random));
        Assert.True(Delay(ServicePool.Dispatch.Jiq) < Delay(ServicePool.Dispatch.Random));
    }

    /// <summary>Both ways to follow queues tell the same, where both can.</summary>
    [Theory]
    [InlineData(ServicePool.Dispatch.Random, 0.02)]
    [InlineData(ServicePool.Dispatch.PowerOfD, 0.05)]
    [InlineData(ServicePool.Dispatch.RoundRobin, 0.05)]
    [InlineData(ServicePool.Dispatch.Jiq, 0.2)]
    [InlineData(ServicePool.Dispatch.Jsq, 0.15)]
    public void Shares_agree_with_requests_followed_one_by_one(ServicePool.Dispatch policy, double tolerance)
    {
        var p = ServicePoolTests.Steady with { Servers = new(64), BaseLoad = new(0.8 * 64), Policy = policy };
        var exact = ServicePoolTests.Requests(p, paths: 8, ticks: 200, seconds: 10).Mean;
        var shares = Rest(p with { Resolution = ServicePool.Detail.MeanField }, ticks: 2000).Waiting.Span[0];
        Assert.Equal(1, shares / exact, tolerance);
    }

    /// <summary>An outage of 78 minutes at 40 % load: 187,200 requests wait and take 52 minutes to drain.</summary>
    [Fact]
    public void An_outage_drains_as_the_fluid_does()
    {
        var outage = new Outage(40, 100, 4680);
        var pool = new ServicePool(Many with
        {
            Servers = new(100), BaseLoad = new(40), Policy = ServicePool.Dispatch.PowerOfD,
        });
        var harness = ServicePoolTests.Run(pool, 8, 60).Step(100);
        harness.Set(pool.ChainIsUp, 0).Step(78);
        Assert.Equal(outage.Backlog, pool.Waiting.Span[0], 100.0);
        Assert.Equal(0, pool.IsUp.Span[0]);
        harness.Set(pool.ChainIsUp, 1).Step(50);
        Assert.True(pool.Waiting.Span[0] > 2000);
        harness.Step(5);
        Assert.Equal(40, pool.Waiting.Span[0], 20.0);
    }

    /// <summary>65 requests a second of 100 settle at 67.67 with retries; 70 do not settle, all time out, four tries
    /// each.</summary>
    [Fact]
    public void Retries_settle_at_the_lower_root_or_not_at_all()
    {
        var p = Many with
        {
            Servers = new(1), ServiceRate = new(100), BaseLoad = new(65), Timeout = new(0.1), Retries = new(3),
            RetryBudget = new(10), Backoff = new(0.001), QueueLimit = new(200), Policy = ServicePool.Dispatch.Random,
            Resolution = ServicePool.Detail.MeanField,
        };
        var settled = Rest(p, ticks: 2000);
        Assert.Equal(new RetryLoad(100, 0.1, 3).Stable(65)!.Value, settled.Arrivals.Span[0], 0.7);
        Assert.Equal(0, settled.Metastable.Span[0]);
        var collapsed = Rest(p with { BaseLoad = new(72) }, ticks: 2000);
        Assert.Equal(288, collapsed.Arrivals.Span[0], 3.0);
    }
}
