using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class TradeRateTests
{
    private const double Hour = 3600, Day = 86_400;

    [Fact]
    public void Trades_follow_the_power_of_volatility() =>
        Assert.Equal(100 * 4, Rate(0, Hour, elasticity: 2).Mean(100, 1.6, 0.0)[0], 1e-10);

    [Fact]
    public void In_the_long_run_the_mean_is_that_without_excitation() =>
        Gen.Select(Gen.Double[0, 0.95], Gen.Double[1, Day], Gen.Double[0.25, Day]).Sample((excitation, time, seconds) =>
        {
            // At X = X' the trades that are called forth are E of all, whatever the tick.
            var rate = Rate(0, seconds, excitation: excitation, excitationTime: time);
            var excess = 2 * 7.0 * excitation / time / (1 - Math.Exp(-seconds / time));
            Assert.Equal(7, rate.Mean(7, 0.8, excess)[0], 1e-9);
            Assert.Equal(excess, rate.Next(excess, 14.0)[0], 1e-9 * (1e-9 + excess));
        });

    [Fact]
    public void One_trade_calls_forth_as_many_as_it_should()
    {
        var rate = Rate(0, 60, excitation: 0.6, excitationTime: 1800);
        var (excess, called) = (rate.Next(0.0, 1.0), 0.0);
        for (var tick = 0; tick < 1000; tick++)
        {
            called += 2 * rate.Mean(0, 0.8, excess)[0];
            excess = rate.Next(excess, 0.0);
        }

        Assert.Equal(0.6, called, 1e-9);
    }

    [Fact]
    public void The_day_swings_around_its_mean_whatever_the_tick()
    {
        Assert.Equal(140, Rate(57_600 / 12 - 0.5, 12, swing: 0.4).Mean(100, 0.8, 0.0)[0], 1e-4);
        Assert.Equal(60, Rate(14_400 / 12 - 0.5, 12, swing: 0.4).Mean(100, 0.8, 0.0)[0], 1e-4);
        Assert.Equal(100, Rate(3, Day, swing: 0.4).Mean(100, 0.8, 0.0)[0], 1e-10);

        var hours = Enumerable.Range(0, 24).Average(hour => Rate(hour, Hour, swing: 1).Mean(100, 0.8, 0.0)[0]);
        Assert.Equal(100, hours, 1e-9);
        var minutes = Enumerable.Range(0, 60).Average(m => Rate(600 + m, 60, swing: 1).Mean(100, 0.8, 0.0)[0]);
        Assert.Equal(Rate(10, Hour, swing: 1).Mean(100, 0.8, 0.0)[0], minutes, 1e-9);
    }

    private static TradeRate Rate(
        double index, double seconds, double elasticity = 1, double excitation = 0, double excitationTime = 60,
        double swing = 0) => new(
            new Tick((int)Math.Floor(index), 100_000, seconds, 0, 8, default, default), new(0.8), new(elasticity),
            new(excitation), new(excitationTime), new(swing), new(57_600));
}
