using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public class BootstrapMarketTests
{
    private static readonly double[] Returns = [.. Enumerable.Range(0, 50).Select(i => 0.03 * Math.Sin(i * i))];
    private static readonly PriceSeries Series = new(3600, Returns, null, null);

    /// <summary>Calm bars, then wild ones.</summary>
    private static readonly PriceSeries TwoTimes = new(
        3600, [.. Enumerable.Range(0, 1000).Select(i => (i < 500 ? 0.001 : 0.03) * Math.Sin(i * i))], null, null);

    [Fact]
    public void In_blocks_of_one_bar_the_expected_price_stands_still()
    {
        var (market, run) = Market(new() { Block = new(3600), Scale = new(2) }, 40_000);
        run.Step(10);
        var prices = market.Price.Span.ToArray();
        var mean = prices.Average();
        var error = Math.Sqrt(prices.Average(x => (x - mean) * (x - mean)) / prices.Length);
        Assert.Equal(2000, mean, 4 * error);
    }

    [Fact]
    public void Uncentred_the_mean_return_is_that_of_the_record()
    {
        var (market, run) = Market(new() { Centre = false, Block = new(1) }, 40_000);
        run.Step();
        var logs = market.Price.Span.ToArray().Select(x => Math.Log(x / 2000)).ToArray();
        Assert.Equal(Returns.Average(), logs.Average(), 4 * Math.Sqrt(Series.MeanSquare / logs.Length));
    }

    /// <summary>Politis and Romano: a block goes on with probability 1 - 1/l.</summary>
    [Fact]
    public void Blocks_have_the_mean_length_that_is_asked_for()
    {
        var (market, run) = Market(new() { Block = new(5 * 3600) }, 8000);
        run.Step();
        var (going, all) = (0, 0);
        var before = market.Bar.Span.ToArray();
        for (var tick = 0; tick < 10; tick++)
        {
            run.Step();
            var now = market.Bar.Span.ToArray();
            going += now.Where((b, i) => b == (before[i] + 1) % 50).Count();
            all += now.Length;
            before = now;
        }

        // One in fifty new blocks begins by chance where the old one would have gone on.
        var expected = 0.8 + 0.2 / 50;
        Assert.Equal(expected, (double)going / all, 4 * Math.Sqrt(expected * (1 - expected) / all));
    }

    [Fact]
    public void Two_markets_draw_the_same_bars_and_so_keep_what_they_did_together()
    {
        var (first, a) = Market(new(), 64);
        var second = new BootstrapMarket(new() { Spot = new(7) })
        {
            Series = new PriceSeries(3600, [.. Returns.Select(r => 2 * r)], null, null),
        };
        var b = new Harness(second, 64, 3600).Start();
        a.Step(20);
        b.Step(20);
        Assert.Equal(first.Bar.Span.ToArray(), second.Bar.Span.ToArray());
    }

    [Fact]
    public void A_tick_of_many_bars_draws_them_all()
    {
        var market = new BootstrapMarket(new() { Centre = false, Block = new(1) }) { Series = Series };
        new Harness(market, 20_000, 6 * 3600).Start().Step();
        var logs = market.Price.Span.ToArray().Select(x => Math.Log(x / 2000)).ToArray();
        var mean = logs.Average();
        var own = Series.MeanSquare - Returns.Average() * Returns.Average();
        Assert.Equal(6 * own, logs.Average(x => (x - mean) * (x - mean)), 4 * 6 * own * Math.Sqrt(2.0 / logs.Length));
    }

    [Theory]
    [InlineData(0.1, 0.95, 1)]
    [InlineData(1, 0.45, 0.55)]
    public void A_matched_block_begins_as_wild_as_the_last_one_ended(double match, double low, double high)
    {
        var (market, run) = Market(new() { Block = new(24 * 3600), Match = new(match) }, 2000, TwoTimes);
        run.Step(10);
        var (same, all) = (0, 0);
        for (var tick = 0; tick < 50; tick++)
        {
            var before = market.Bar.Span.ToArray();
            run.Step();
            var now = market.Bar.Span.ToArray();
            var joints = Enumerable.Range(0, now.Length).Where(i => now[i] != (before[i] + 1) % TwoTimes.Count
                && before[i] % 500 >= 24 && now[i] % 500 >= 24).ToArray();
            same += joints.Count(i => now[i] < 500 == before[i] < 500);
            all += joints.Length;
        }

        Assert.True(all > 1000);
        Assert.InRange((double)same / all, low, high);
    }

    [Fact]
    public void Clustering_of_volatility_outlives_the_blocks_when_they_are_matched()
    {
        // Two days apart, in blocks of a day: e^-2 of the pairs lie in one block.
        Assert.InRange(Persistence(new() { Match = new(1) }), 0, 0.25);
        Assert.InRange(Persistence(new() { Match = new(0.1) }), 0.4, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public void Matching_leaves_every_bar_equally_likely(double match)
    {
        var (market, run) = Market(new() { Block = new(2 * 3600), Match = new(match) }, 40_000);
        run.Step(12);
        var counts = new int[Returns.Length];
        foreach (var bar in market.Bar.Span)
        {
            counts[(int)bar]++;
        }

        // Four and a half standard deviations, fifty times over.
        Assert.All(counts, n => Assert.Equal(800, n, 4.5 * Math.Sqrt(800)));
    }

    [Fact]
    public void Matched_markets_that_are_recorded_together_draw_the_same_bars()
    {
        var other = new PriceSeries(3600, [.. Returns.Select((r, i) => i < 25 ? 0.1 * r : r)], null, null);
        var p = new BootstrapMarket.Parameters { Block = new(4 * 3600), Match = new(0.2) };
        Assert.NotEqual(Bars(p, Series), Bars(p, other));

        var together = PriceSeries.Together([Series, other]);
        Assert.Equal(Bars(p, together[0]), Bars(p, together[1]));
    }

    /// <summary>Correlation of the variance of the time that a bar is from and of that two days later.</summary>
    private static double Persistence(BootstrapMarket.Parameters p)
    {
        var (market, run) = Market(p, 4000, TwoTimes);
        run.Step(20);
        var first = Variances(market);
        run.Step(48);
        var second = Variances(market);
        double a = first.Average(), b = second.Average();
        return first.Zip(second, (x, y) => (x - a) * (y - b)).Sum()
            / Math.Sqrt(first.Sum(x => (x - a) * (x - a)) * second.Sum(y => (y - b) * (y - b)));
    }

    private static double[] Variances(BootstrapMarket market) =>
        [.. market.Bar.Span.ToArray().Select(b => b < 500 ? 0.001 * 0.001 : 0.03 * 0.03)];

    private static double[] Bars(BootstrapMarket.Parameters p, PriceSeries series)
    {
        var (market, run) = Market(p, 64, series);
        run.Step(30);
        return market.Bar.Span.ToArray();
    }

    private static (BootstrapMarket Market, Harness Run) Market(
        BootstrapMarket.Parameters p, int paths, PriceSeries? series = null)
    {
        var market = new BootstrapMarket(p) { Series = series ?? Series };
        return (market, new Harness(market, paths, 3600).Start());
    }
}
