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
            run.Step(ticks, tick => Draw(market, run, tick));
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
            run.Step(1, t => Draw(market, run, t));
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
        run.Step(5, tick => Draw(market, run, tick));
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

    [Fact]
    public void Closes_alone_are_bridged_with_the_deviation_of_the_series()
    {
        var closes = new PriceSeries(3600, [0.02, -0.02, 0.02, -0.02], null, null);
        var market = new ReplayMarket(new()) { Series = closes };
        var run = new Harness(market, 20_000, 900, 16).Start();
        run.Step(2, tick => Draw(market, run, tick));
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
        var (market, _) = Market(new(), 3600);
        Assert.Equal(Math.Sqrt(Bars.MeanSquare * 8760), market.Volatility.Span[0], 1e-12);
    }

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
            Draw(market, run, tick);
            low = Math.Min(low, market.Price.Span[0] / 2000);
        });
        Assert.Equal(0.4767, low, 1e-9);
        Assert.Equal(0.7242, market.Price.Span[0] / 2000, 1e-9);
    }

    private static (ReplayMarket Market, Harness Run) Market(
        ReplayMarket.Parameters p, double seconds, int paths = 64, int count = 100)
    {
        var market = new ReplayMarket(p) { Series = Bars };
        return (market, new Harness(market, paths, seconds, count).Start());
    }

    private static void Draw(ReplayMarket market, Harness run, int tick)
    {
        var normal = market.Normal.Vecs;
        var now = run.Tick;
        for (var i = 0; i < now.Vectors; i++)
        {
            normal[i] = now.Normal(99, i);
        }
    }
}
