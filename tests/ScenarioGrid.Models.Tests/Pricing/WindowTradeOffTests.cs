using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class WindowTradeOffTests
{
    private static readonly WindowTradeOff Pool = new(
        ValueAtRisk: 5e6, Target: 1.35, Reserve: 1e7, Held: 5, BlockSeconds: 12, IsGeometric: true, Volatility: 3,
        Debt: 1e8, Buffer: 0.01, Penalty: 0.5);

    [Fact]
    public void Manipulation_falls_and_lag_rises_with_the_window() =>
        Gen.Select(Gen.Double[12, 20_000], Gen.Double[1.01, 3]).Sample((window, factor) =>
        {
            foreach (var mean in new[] { Pool, Pool with { IsGeometric = false } })
            {
                Assert.True(mean.ManipulationLoss(factor * window) <= mean.ManipulationLoss(window));
                Assert.True(mean.LagLoss(factor * window) >= mean.LagLoss(window));
            }
        });

    [Fact]
    public void Loss_by_manipulation_is_what_can_be_won_less_the_cost_of_the_blocks()
    {
        var cost = 5 * TwapManipulation.Loss(1e7, TwapManipulation.GeometricSpot(1.35, 10, 5));
        Assert.Equal(5e6 - cost, Pool.ManipulationLoss(120), 1e-6);
        Assert.Equal(0, Pool.ManipulationLoss(3600));
    }

    [Fact]
    public void Without_a_buffer_the_lag_costs_its_mean_positive_part() => Assert.Equal(
        1.5e8 * 0.5 * TwapLag.MeanAbsolute(TwapLag.Deviation(3, 1800)), (Pool with { Buffer = 0 }).LagLoss(1800), 1e-3);

    // E(X - b)+ of a normal X by the rule of Simpson over 20 deviations.
    [Fact]
    public void With_a_buffer_it_is_the_mean_shortfall_beyond_it()
    {
        var lag = TwapLag.Deviation(3, 1800);
        var scale = lag * Math.Sqrt(2 * Math.PI);
        double Part(double x) => Math.Max(x - 0.01, 0) * Math.Exp(-0.5 * x * x / lag / lag) / scale;
        const int Steps = 200_000;
        var step = (10 * lag) / Steps;
        var sum = Enumerable.Range(0, Steps).Sum(k =>
            Part(0.01 + k * step) + 4 * Part(0.01 + (k + 0.5) * step) + Part(0.01 + (k + 1) * step)) * step / 6;
        Assert.Equal(1.5e8 * sum, Pool.LagLoss(1800), 1e-6 * Pool.LagLoss(1800));
    }

    [Fact]
    public void The_best_window_lies_between_and_no_window_is_better()
    {
        foreach (var mean in new[] { Pool, Pool with { IsGeometric = false } })
        {
            var (seconds, objective) = mean.Best(12, 86_400);
            Assert.InRange(seconds, 60, 43_200);
            Assert.All(
                Enumerable.Range(0, 2000).Select(k => 12 * Math.Pow(7200, k / 1999.0)),
                w => Assert.True(mean.Objective(w) >= objective * (1 - 1e-9)));
        }
    }

    [Fact]
    public void More_can_be_won_and_the_best_window_grows()
    {
        var windows = new[] { 1e6, 4e6, 16e6, 64e6 }
            .Select(v => (Pool with { ValueAtRisk = v }).Best(12, 86_400).Seconds);
        Assert.Equal(windows.Order(), windows);
    }
}
