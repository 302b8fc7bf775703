using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Markets;

public class HestonMarketTests
{
    private const double Quarter = 0.25 * 31_536_000;

    /// <summary>Row E8 by simulation: 13 and 91 steps.</summary>
    [Theory]
    [InlineData(13, 400_000)]
    [InlineData(91, 400_000)]
    public void A_call_has_the_price_of_the_closed_form(int ticks, int paths)
    {
        var (market, _) = MarketRig.Run(new HestonMarket(new()), ticks, paths, Quarter / ticks);

        var prices = market.Price.Span.ToArray();
        MarketRig.AssertMean(358.2829848541, [.. prices.Select(s => Math.Max(s - 1900, 0))]);
        MarketRig.AssertMean(2000, prices);
    }

    /// <summary>Row E9 by simulation.</summary>
    [Fact]
    public void The_variance_after_a_quarter_has_the_moments_of_the_closed_form()
    {
        var (market, _) = MarketRig.Run(new HestonMarket(new()), 13, 100_000, Quarter / 13);

        var variances = market.SpotVariance.Span.ToArray();
        MarketRig.AssertMean(0.671658006836, variances);
        MarketRig.AssertMean(0.192712695294, [.. variances.Select(v => Math.Pow(v - 0.671658006836, 2))]);
    }

    [Theory]
    [InlineData(2, -0.3)]
    [InlineData(0.5, -0.3)]
    [InlineData(1, 0.6)]
    public void The_law_is_that_of_the_characteristic_function(double multiple, double leverage)
    {
        // The multiple c makes c^2 V the variance, whose volatility is c xi.
        var p = new HestonMarket.Parameters { Leverage = new(leverage) };
        var (market, _) = MarketRig.Run(
            new HestonMarket(p), 90, 40_000, Quarter / 90, (m, h) => h.Set(m.VolatilityMultiple, multiple));
        double[] logs = [.. market.Price.Span.ToArray().Select(s => Math.Log(s / 2000))];
        var square = multiple * multiple;
        foreach (var u in new[] { 1.0, 3, 6 })
        {
            var law = PriceCharacteristics.Heston(
                u, 0.25, 0.64 * square, 3, 0.7 * square, 1.5 * multiple, leverage);
            MarketRig.AssertMean(law.Real, [.. logs.Select(x => Math.Cos(u * x))]);
            MarketRig.AssertMean(law.Imaginary, [.. logs.Select(x => Math.Sin(u * x))]);
        }
    }

    [Fact]
    public void Falls_come_with_more_volatility_when_the_leverage_is_below_0()
    {
        var p = new HestonMarket.Parameters { Leverage = new(-0.8) };
        var (market, _) = MarketRig.Run(new HestonMarket(p), 24, 4_000, 3600);
        var pairs = market.Price.Span.ToArray().Zip(market.SpotVariance.Span.ToArray()).ToArray();

        Assert.True(pairs.Where(x => x.First < 2000).Average(x => x.Second)
            > pairs.Where(x => x.First > 2000).Average(x => x.Second));
    }

    [Fact]
    public void A_fixed_key_gives_fixed_prices()
    {
        var p = new HestonMarket.Parameters { VarianceStart = new(0.02), VolatilityOfVariance = new(8) };
        var (market, _) = MarketRig.Run(new HestonMarket(p), 50, 4, 3600);

        Assert.Equal(Pinned, market.Price.Span[..4].ToArray());
        Assert.Equal(PinnedVariance, market.SpotVariance.Span[1]);
    }

    private static readonly double[] Pinned =
        [2005.4144677137783, 1988.9110830677564, 2001.1344217518965, 1996.9654662790958];

    private const double PinnedVariance = 0;
}
