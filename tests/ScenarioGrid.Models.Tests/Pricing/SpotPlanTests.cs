using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class SpotPlanTests
{
    private static readonly Gen<Averaging> Means =
        Gen.Enum<Averaging>().Where(a => a != Averaging.Median);

    [Fact]
    public void Without_a_limit_it_is_the_closed_form()
    {
        Equal(TwapManipulation.GeometricSpot(1.35, 144, 10), Spot(Averaging.Geometric, 1.35, 144, 10));
        Equal(TwapManipulation.ArithmeticSpot(1.35, 144, 10), Spot(Averaging.Arithmetic, 1.35, 144, 10));
        var weight = 1 - Math.Exp(-1 / 72.0);
        Equal(TwapManipulation.ExponentialSpot(1.35, weight, 10), Spot(Averaging.ExponentialGeometric, 1.35, 72, 10));
        Equal(1 + 0.35 / (1 - Math.Pow(1 - weight, 10)), Spot(Averaging.ExponentialArithmetic, 1.35, 72, 10));
    }

    [Fact]
    public void A_median_follows_once_more_than_half_of_its_window_is_held()
    {
        Assert.False(Reaches(Averaging.Median, 1.35, 31, 15));
        Assert.True(Reaches(Averaging.Median, 1.35, 31, 16));
        Equal(1.35, Spot(Averaging.Median, 1.35, 31, 16));
    }

    [Fact]
    public void What_is_recorded_under_a_limit_adds_up_block_by_block() =>
        Gen.Select(Means, Gen.Double[0, 3], Gen.Int[2, 200], Gen.Int[1, 80], Gen.Double[0.01, 1]).Sample(
            (averaging, log, window, held, limit) =>
            {
                held = averaging < Averaging.ExponentialGeometric ? Math.Min(held, window) : held;
                var (mean, weight) = (0.0, 1 - Math.Exp(-1.0 / window));
                for (var block = 1; block <= held; block++)
                {
                    var recorded = Math.Min(block * limit, log);
                    var seen = averaging is Averaging.Arithmetic or Averaging.ExponentialArithmetic
                        ? Math.Exp(recorded) - 1
                        : recorded;
                    mean = averaging < Averaging.ExponentialGeometric
                        ? mean + seen / window
                        : mean + weight * (seen - mean);
                }

                Equal(mean, SpotPlan.Moved((double)averaging, log, window, held, limit)[0], 1e-9);
            });

    [Fact]
    public void Under_a_limit_the_spot_just_reaches_the_target() =>
        Gen.Select(Means, Gen.Double[1.01, 1.6], Gen.Int[2, 200], Gen.Int[1, 80], Gen.Double[0.01, 1]).Sample(
            (averaging, target, window, held, limit) =>
            {
                var q = SpotPlan.Spot((double)averaging, target, window, held, limit, out var reachable)[0];
                var wanted = averaging is Averaging.Arithmetic or Averaging.ExponentialArithmetic
                    ? target - 1
                    : Math.Log(target);
                var most = SpotPlan.Moved((double)averaging, 40.0, window, held, limit)[0];
                Assert.Equal(most >= wanted, reachable.All);
                if (reachable.All)
                {
                    Equal(wanted, SpotPlan.Moved((double)averaging, Math.Log(q), window, held, limit)[0], 1e-7);
                    Assert.True(q >= Spot(averaging, target, window, held) * (1 - 1e-9));
                }
            });

    [Fact]
    public void Logs_fall_as_they_rise() =>
        Gen.Select(Gen.Double[1.01, 1.6], Gen.Int[2, 200], Gen.Int[1, 80], Gen.Double[0, 1]).Sample(
            (target, window, held, limit) => Assert.All(
                new[] { Averaging.Geometric, Averaging.ExponentialGeometric }, averaging =>
                {
                    var up = SpotPlan.Spot((double)averaging, target, window, held, limit, out var rises)[0];
                    var down = SpotPlan.Spot((double)averaging, 1 / target, window, held, limit, out var falls)[0];
                    Assert.Equal(rises.All, falls.All);
                    Equal(1, up * down, 1e-9);
                }));

    [Fact]
    public void A_mean_of_prices_falls_to_no_less_than_a_spot_of_nothing_allows()
    {
        Equal(0.25, Spot(Averaging.Arithmetic, 0.95, 150, 10));
        Equal(0.4, Spot(Averaging.Median, 0.4, 31, 16));
        Assert.True(Reaches(Averaging.Arithmetic, 0.94, 150, 10));
        Assert.False(Reaches(Averaging.Arithmetic, 0.93, 150, 10));
        Assert.False(Reaches(Averaging.ExponentialArithmetic, 0.9, 150, 10));
    }

    [Fact]
    public void What_falls_under_a_limit_adds_up_and_reaches_the_target() =>
        Gen.Select(Means, Gen.Double[0.5, 0.99], Gen.Int[2, 200], Gen.Int[1, 80], Gen.Double[0.01, 1]).Sample(
            (averaging, target, window, held, limit) =>
            {
                held = averaging < Averaging.ExponentialGeometric ? Math.Min(held, window) : held;
                var q = SpotPlan.Spot((double)averaging, target, window, held, limit, out var reachable)[0];
                if (!reachable.All)
                {
                    return;
                }

                var (mean, weight, log) = (0.0, 1 - Math.Exp(-1.0 / window), Math.Log(q));
                var isOfPrice = averaging is Averaging.Arithmetic or Averaging.ExponentialArithmetic;
                for (var block = 1; block <= held; block++)
                {
                    var recorded = Math.Max(-block * limit, log);
                    var seen = isOfPrice ? Math.Exp(recorded) - 1 : recorded;
                    mean = averaging < Averaging.ExponentialGeometric
                        ? mean + seen / window
                        : mean + weight * (seen - mean);
                }

                Equal(isOfPrice ? target - 1 : Math.Log(target), mean, 1e-6);
            });

    [Fact]
    public void A_limit_as_large_as_the_memory_of_the_mean_is_no_pole()
    {
        foreach (var off in new[] { 0, 1e-9, 1e-7, 1e-5 })
        {
            var (mean, weight, limit) = (0.0, 1 - Math.Exp(-1 / 100.0), 0.01 + off);
            for (var block = 1; block <= 50; block++)
            {
                mean += weight * (Math.Exp(-block * limit) - 1 - mean);
            }

            Equal(mean, SpotPlan.Moved((double)Averaging.ExponentialArithmetic, -5.0, 100, 50, -limit)[0], 1e-5);
        }
    }

    // T18: 9116 ticks a block leave 35 % out of reach of a window of 150 blocks for one block, and for nine.
    [Fact]
    public void Truncation_puts_short_attacks_out_of_reach()
    {
        var limit = 9116 * Math.Log(1.0001);
        bool Reaches(int held)
        {
            SpotPlan.Spot((double)Averaging.Geometric, 1.35, 150, held, limit, out var reachable);
            return reachable.All;
        }

        Assert.Equal([false, false, true], new[] { 1, 9, 10 }.Select(Reaches));
    }

    private static double Spot(Averaging averaging, double target, double window, double held) =>
        SpotPlan.Spot((double)averaging, target, window, held, 0, out _)[0];

    private static bool Reaches(Averaging averaging, double target, double window, double held)
    {
        SpotPlan.Spot((double)averaging, target, window, held, 0, out var reachable);
        return reachable.All;
    }

    private static void Equal(double expected, double actual, double tolerance = 1e-12) =>
        Assert.Equal(expected, actual, tolerance * Math.Max(1, Math.Abs(expected)));
}
