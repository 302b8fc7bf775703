using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Services;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Tests.Queueing;

namespace ScenarioGrid.Models.Tests.Services;

/// <summary>Request by request, against queues that are known.</summary>
public class ServicePoolTests
{
    /// <summary>One server a second, steady, without failures, limits, priorities or network.</summary>
    internal static readonly ServicePool.Parameters Steady = new()
    {
        Servers = new(4), ServiceRate = new(1), BaseLoad = new(3.2), BurstMultiple = new(1), QueueLimit = new(10_000),
        Priority = ServicePool.Order.Fifo, ReportDelay = new(0), LocalTrip = new(0), RegionTrip = new(0),
        Timeout = new(3600), Retries = new(0), Mtbf = new(3.2e9), CompromiseRate = new(0), Regions = new(1),
        Resolution = ServicePool.Detail.Exact,
    };

    /// <summary>Mean number of requests over time, and its standard error over paths.</summary>
    internal static (double Mean, double Error) Requests(
        ServicePool.Parameters p, int paths = 64, int ticks = 600, double seconds = 20)
    {
        var pool = new ServicePool(p);
        var harness = Run(pool, paths, seconds).Step(ticks / 10);
        var sums = new double[harness.Paths];
        for (var tick = 0; tick < ticks; tick++)
        {
            harness.Step();
            for (var path = 0; path < sums.Length; path++)
            {
                sums[path] += pool.Waiting.Span[path] / ticks;
            }
        }

        var mean = sums.Average();
        var variance = sums.Sum(s => (s - mean) * (s - mean)) / (sums.Length - 1);
        return (mean, Math.Sqrt(variance / sums.Length));
    }

    internal static Harness Run(ServicePool pool, int paths = 8, double seconds = 1, ulong seed = 1) =>
        new Harness(pool, paths, seconds, seed: seed).Set(pool.ChainIsUp, 1).Set(pool.LoadMultiple, 1).Start();

    private static void Holds(double expected, ServicePool.Parameters p)
    {
        var (mean, error) = Requests(p);
        Assert.True(Math.Abs(mean - expected) < 4 * error, $"{mean} against {expected}, standard error {error}");
        Assert.True(error < 0.05 * expected, $"standard error {error} of {expected} proves nothing");
    }

    /// <summary>Little: requests are arrivals times (wait + service).</summary>
    [Fact]
    public void One_line_for_all_waits_as_Erlang_C_says() => Holds(
        3.2 * (1 + Erlang.MeanWait(4, 3.2, 1)), Steady with { Policy = ServicePool.Dispatch.CentralQueue });

    [Fact]
    public void Random_dispatch_is_single_servers() => Holds(
        3.2 * SingleServer.MeanTime(0.8, 1), Steady with { Policy = ServicePool.Dispatch.Random });

    [Fact]
    public void Turns_are_servers_with_Erlang_arrivals() => Holds(
        3.2 * RoundRobin.MeanTime(0.8, 4, 1), Steady with { Policy = ServicePool.Dispatch.RoundRobin });

    [Fact]
    public void The_shorter_of_two_queues_equals_its_Markov_chain() => Holds(
        1.4 * ShortestOfTwo.MeanTime(0.7),
        Steady with { Servers = new(2), BaseLoad = new(1.4), Policy = ServicePool.Dispatch.Jsq });

    [Theory]
    [InlineData(4)]
    [InlineData(0.25)]
    public void Services_of_any_variation_wait_as_Pollaczek_and_Khinchine_say(double variability) => Holds(
        0.7 * (1 + SingleServer.WaitOverService(0.7, variability)),
        Steady with { Servers = new(1), BaseLoad = new(0.7), ServiceVariability = new(variability) });

    [Fact]
    public void Two_choices_equal_the_slow_simulation() => Holds(
        3.2 * ChoiceSimulation.MeanTime(4, 2, 0.8, 8_000_000), Steady with { Policy = ServicePool.Dispatch.PowerOfD });

    [Fact]
    public void A_full_line_rejects_as_its_closed_form_says()
    {
        var pool = new ServicePool(Steady with { Servers = new(1), BaseLoad = new(0.9), QueueLimit = new(10) });
        var harness = Run(pool, 64, 20).Step(20);
        double tries = 0, rejected = 0;
        for (var tick = 0; tick < 1000; tick++)
        {
            harness.Step();
            tries += pool.Tries.Span.ToArray().Sum();
            rejected += pool.Rejected.Span.ToArray().Sum();
        }

        Assert.Equal(SingleServer.Loss(0.9, 10), rejected / tries, 0.0015);
    }

    [Fact]
    public void No_policy_beats_one_line_for_all()
    {
        var (best, error) = Requests(Steady with { Policy = ServicePool.Dispatch.CentralQueue }, paths: 32, ticks: 300);
        foreach (var policy in Enum.GetValues<ServicePool.Dispatch>())
        {
            var (mean, other) = Requests(Steady with { Policy = policy }, paths: 32, ticks: 300);
            Assert.True(mean > best - 4 * (error + other), $"{policy}: {mean} against {best}");
        }
    }

    [Fact]
    public void Two_choices_have_a_shorter_tail_than_chance()
    {
        var p = Steady with { Servers = new(8), BaseLoad = new(7.2) };
        var choices = Tail(p with { Policy = ServicePool.Dispatch.PowerOfD });
        var random = Tail(p with { Policy = ServicePool.Dispatch.Random });
        Assert.True(choices < 0.5 * random, $"{choices} against {random}");

        static double Tail(ServicePool.Parameters p)
        {
            var pool = new ServicePool(p);
            var harness = Run(pool, 16, 20).Step(100);
            var sum = 0.0;
            harness.Step(200, _ => sum += pool.P99.Span.ToArray().Average() / 200);
            return sum;
        }
    }

    /// <summary>Time of a single server is exponential: 4.6 and 0.69 means at 99 % and 50 %.</summary>
    [Fact]
    public void Quantiles_of_a_single_server_are_exponential()
    {
        var pool = new ServicePool(Steady with { Servers = new(1), BaseLoad = new(0.5) });
        double mean = 0, p99 = 0, p50 = 0;
        Run(pool, 32, 500).Step(2).Step(40, _ =>
        {
            mean += pool.Delay.Span.ToArray().Average() / 40;
            p99 += pool.P99.Span.ToArray().Average() / 40;
            p50 += pool.P50.Span.ToArray().Average() / 40;
        });
        Assert.Equal(2, mean, 0.1);
        Assert.Equal(2 * Math.Log(100), p99, 0.7);
        Assert.Equal(2 * Math.Log(2), p50, 0.1);
    }

    /// <summary>A thousandth of the requests of a single server takes longer than ln 1000 means.</summary>
    [Fact]
    public void The_tail_may_be_that_of_a_thousandth()
    {
        var pool = new ServicePool(Steady with
        {
            Servers = new(1024), BaseLoad = new(512), Policy = ServicePool.Dispatch.Random, TailShare = new(0.001),
            Resolution = ServicePool.Detail.MeanField,
        });
        Run(pool, 8, 500).Step(20);
        Assert.Equal(2 * Math.Log(1000), pool.P99.Span[0], 0.5);
    }

    /// <summary>Both ways to follow queues, after an outage in the middle of a burst.</summary>
    [Theory]
    [InlineData(ServicePool.Detail.Exact, 1200, 0.33963331026921162, 0.088888888888888892)]
    [InlineData(ServicePool.Detail.MeanField, 1200, 0.38186871688736873, 0.088888888888888892)]
    public void The_same_key_gives_the_same_numbers(
        ServicePool.Detail resolution, double waiting, double criticalP99, double cost)
    {
        var pool = new ServicePool(new() { ServiceRate = new(20), BaseLoad = new(96), Resolution = resolution });
        var harness = Run(pool, seed: 7).Set(pool.MarketVolatility, 1.2).Step(20);
        harness.Set(pool.LoadMultiple, 2).Set(pool.ServersDown, 0.25).Step(20);
        Assert.Equal((waiting, criticalP99, cost),
            (pool.Waiting.Span[3], pool.CriticalP99.Span[3], pool.ServerCost.Span[3]));
    }
}
