using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

public class BootstrapMarketTests
{
    private static readonly double[] Returns = [.. Enumerable.Range(0, 50).Select(i => 0.03 * Math.Sin(i * i))];
    private static readonly PriceSeries Series = new(3600, Returns, null, null);

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

    private static (BootstrapMarket Market, Harness Run) Market(BootstrapMarket.Parameters p, int paths)
    {
        var market = new BootstrapMarket(p) { Series = Series };
        return (market, new Harness(market, paths, 3600).Start());
    }
}
