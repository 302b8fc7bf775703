using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public class RecordedSeriesTests
{
    [Fact]
    public void Every_recorded_series_ends_where_the_crisis_did() =>
        Assert.All(RecordedSeries.Names, name =>
        {
            var series = RecordedSeries.Find(name)!;
            Assert.InRange(
                Math.Exp(Enumerable.Range(0, series.Count).Sum(b => series[b].Return)), 0.55, 1.12);
        });

    [Fact]
    public void The_recorded_low_of_black_thursday_is_touched()
    {
        var market = new ReplayMarket(new());
        var run = new Harness(market, 64, 600, 288).Start();
        var low = 1.0;
        run.Step(288, tick =>
        {
            BarRuns.Draw(market, run);
            low = Math.Min(low, market.Price.Span[0] / 2000);
        });
        Assert.Equal(0.4767, low, 1e-9);
        Assert.Equal(0.7242, market.Price.Span[0] / 2000, 1e-9);
    }

    [Fact]
    public void A_name_that_nobody_recorded_is_none() => Assert.Null(RecordedSeries.Find("ftx-2023"));
}
