using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public class ReplayMarketTests
{
    private static readonly PriceSeries Bars = new(
        3600, [0.01, -0.2, 0.05, 0.02], [0.02, 0.01, 0.06, 0.02], [-0.01, -0.25, -0.02, -0.03]);

    [Theory]
    [InlineData(3600)]
    [InlineData(1800)]
    [InlineData(300)]
    public void Every_bar_ends_at_its_close_whatever_the_tick(double seconds)
    {
        var ticks = (int)(3600 / seconds);
        var (market, run) = Market(new(), seconds);
        var sum = 0.0;
        for (var bar = 0; bar < Bars.Count; bar++)
        {
            run.Step(ticks, tick => BarRuns.Draw(market, run));
            sum += Bars[bar].Return;
            Assert.All(market.Price.Span.ToArray(), x => Assert.Equal(2000 * Math.Exp(sum), x, 1e-8));
        }
    }

    [Fact]
    public void Inside_a_bar_the_price_touches_high_and_low_and_never_leaves_them()
    {
        var (market, run) = Market(new(), 300);
        double[] high = new double[run.Paths], low = new double[run.Paths];
        run.Step(12);
        for (var tick = 0; tick < 12; tick++)
        {
            run.Step(1, t => BarRuns.Draw(market, run));
            for (var path = 0; path < run.Paths; path++)
            {
                var x = Math.Log(market.Price.Span[path] / 2000) - 0.01;
                (high[path], low[path]) = (Math.Max(high[path], x), Math.Min(low[path], x));
            }
        }

        Assert.All(high, x => Assert.Equal(0.01, x, 1e-12));
        Assert.All(low, x => Assert.Equal(-0.25, x, 1e-12));
        Assert.True(market.Price.Span.ToArray().Distinct().Count() <= 2);
    }

    [Fact]
    public void A_tick_longer_than_a_bar_takes_all_of_its_bars()
    {
        var (market, run) = Market(new(), 7200);
        run.Step();
        Assert.Equal(2000 * Math.Exp(-0.19), market.Price.Span[0], 1e-9);
    }

    [Fact]
    public void The_price_stands_still_before_the_first_bar_and_after_the_last()
    {
        var (market, run) = Market(new() { Begin = new(7200) }, 3600);
        run.Step(2);
        Assert.Equal(2000, market.Price.Span[0]);
        run.Step(4);
        var end = market.Price.Span[0];
        Assert.Equal(2000 * Math.Exp(-0.12), end, 1e-9);
        run.Step(5, tick => BarRuns.Draw(market, run));
        Assert.Equal(end, market.Price.Span[0]);
    }

    [Fact]
    public void Scale_keeps_the_shape_of_the_fall()
    {
        var (market, run) = Market(new() { Scale = new(1.5) }, 3600);
        run.Step(2);
        Assert.Equal(2000 * Math.Exp(1.5 * -0.19), market.Price.Span[0], 1e-9);
    }

    [Fact]
    public void Random_starts_are_spread_over_the_bars_that_leave_room()
    {
        var (market, run) = Market(new() { StartAt = ReplayMarket.Place.Random }, 3600, 4000, count: 2);
        run.Step();
        var starts = market.Bar.Span.ToArray().GroupBy(b => b).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal([0, 1, 2], starts.Keys.Order());
        Assert.All(starts.Values, n => Assert.InRange(n, 4000 / 3 - 130, 4000 / 3 + 130));
    }

    private static (ReplayMarket Market, Harness Run) Market(
        ReplayMarket.Parameters p, double seconds, int paths = 64, int count = 100)
    {
        var market = new ReplayMarket(p) { Series = Bars };
        return (market, new Harness(market, paths, seconds, count).Start());
    }
}
