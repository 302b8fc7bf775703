using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class StaleQuoteTests
{
    /// <summary>A year late at a volatility of 80 %: 0.8 sqrt(2/pi).</summary>
    [Fact]
    public void The_mean_move_is_that_of_a_normal_return() =>
        Assert.Equal(0.638307648642292, StaleQuote.MeanMove(0.8, 31_536_000)[0], 1e-14);

    [Fact]
    public void Four_times_the_latency_doubles_the_loss() => Gen.Select(Gen.Double[0.01, 4], Gen.Double[1e-6, 1e4])
        .Sample((volatility, seconds) => Assert.Equal(
            2 * StaleQuote.MeanMove(volatility, seconds)[0], StaleQuote.MeanMove(volatility, 4 * seconds)[0], 1e-12));
}
