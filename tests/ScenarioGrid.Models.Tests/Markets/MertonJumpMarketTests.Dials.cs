using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

/// <content>What the dials of a market do.</content>
public partial class MertonJumpMarketTests
{
    [Fact]
    public void A_shift_moves_the_price_and_leaves_no_trace_when_it_ends()
    {
        var (market, harness) = Run(Jumpy, 3, 8, 3600);
        var (plain, _) = Run(Jumpy, 5, 8, 3600);

        harness.Set(market.LogShift, -Math.Log(2)).Step(1, t => Draw(market.Normal, harness, t));
        var (during, _) = Run(Jumpy, 4, 8, 3600);
        for (var path = 0; path < 8; path++)
        {
            Assert.Equal(during.Price.Span[path] / 2, market.Price.Span[path], 1e-12 * 100);
            Assert.True(market.Drawdown.Span[path] >= 0.5 * (1 - during.Price.Span[path] / during.Peak.Span[path]));
        }

        harness.Set(market.LogShift, 0).Step(1, t => Draw(market.Normal, harness, t));
        Assert.Equal(plain.Price.Span.ToArray(), market.Price.Span.ToArray());
        Assert.True(market.Drawdown.Span[0] < 0.5);
    }

    [Fact]
    public void The_volatility_dial_multiplies_the_whole_variance_jumps_included()
    {
        var p = Jumpy with { SystemicIntensity = new(10) };
        var market = new MertonJumpMarket(p);
        var harness = new Harness(market, paths: 100_000, seconds: Day).Start().Set(market.VolatilityMultiple, 3);
        harness.Step(1, t => Draw(market.Normal, harness, t));

        var own = MertonCumulants.Of(9.0 / 365, 0, 0.7, 12, -0.03, 0.07);
        var systemic = MertonCumulants.Of(9.0 / 365, 0, 0, 10, -0.05, 0.08);
        AssertCumulants(market, [own.First + systemic.First, own.Second + systemic.Second, own.Third + systemic.Third,
            own.Fourth + systemic.Fourth]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 0.3)]
    [InlineData(1, 1)]
    [InlineData(1.4, 1)]
    public void The_correlation_dial_is_the_correlation_of_independent_markets(double dial, double expected)
    {
        var (a, b) = (Pair(1), Pair(2));

        double[] products = [.. a.Zip(b, (x, y) => x * y / (0.36 / 365))];
        if (dial >= 1)
        {
            Assert.Equal(a, b);
        }

        AssertMean(expected, products);

        double[] Pair(int stream)
        {
            var market = new MertonJumpMarket(Still with { Volatility = new(0.6) });
            var harness = new Harness(market, paths: 40_000, seconds: Day).Start().Set(market.CorrelationStress, dial);
            harness.Step(1, t => Draw(market.Normal, harness, t, stream));
            return [.. Prices(market).Select(x => Math.Log(x / 100) + 0.18 / 365)];
        }
    }
}
