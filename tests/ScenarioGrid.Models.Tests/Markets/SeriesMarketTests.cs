using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public class SeriesMarketTests
{
    private static readonly PriceSeries Bars = new(3600, [0.01, -0.2], [0.02, 0.01], [-0.01, -0.25]);

    [Fact]
    public void Closes_alone_are_bridged_with_the_deviation_of_the_series()
    {
        var closes = new PriceSeries(3600, [0.02, -0.02, 0.02, -0.02], null, null);
        var market = new ReplayMarket(new()) { Series = closes };
        var run = new Harness(market, 20_000, 900, 16).Start();
        run.Step(2, tick => BarRuns.Draw(market, run));
        var logs = market.Price.Span.ToArray().Select(x => Math.Log(x / 2000)).ToArray();
        var mean = logs.Average();
        var variance = logs.Average(x => (x - mean) * (x - mean));

        // Half way through a bridge: half of the return, a quarter of the variance of a bar.
        Assert.Equal(0.01, mean, 4 * 0.01 / Math.Sqrt(20_000));
        Assert.Equal(0.0001, variance, 4 * 0.0001 * Math.Sqrt(2.0 / 20_000));
    }

    [Fact]
    public void The_volatility_at_the_start_is_that_of_the_series()
    {
        var market = new ReplayMarket(new()) { Series = Bars };
        new Harness(market, 8, 3600).Start();
        Assert.Equal(Math.Sqrt(Bars.MeanSquare * 8760), market.Volatility.Span[0], 1e-12);
    }
}
