using ScenarioGrid.Models.Markets;

namespace ScenarioGrid.Models.Tests.Markets;

public class GbmMarketTests
{
    private const double Day = 86_400;

    [Fact]
    public void The_price_is_log_normal()
    {
        var p = new GbmMarket.Parameters { Spot = new(100), Volatility = new(0.9), Drift = new(0.4) };
        var (market, _) = MarketRig.Run(new GbmMarket(p), 4, 60_000, Day / 4);

        MarketRig.AssertCumulants(market, 100, [(0.4 - 0.405) / 365, 0.81 / 365, 0, 0]);
    }

    [Fact]
    public void It_is_the_jump_market_without_jumps_to_the_bit()
    {
        var gbm = new GbmMarket(new() { Volatility = new(0.8), SystemicIntensity = new(200), Feedback = new(0.5) });
        var merton = new MertonJumpMarket(new()
        {
            Volatility = new(0.8), SystemicIntensity = new(200), Feedback = new(0.5), JumpIntensity = new(0),
        });
        MarketRig.Run(gbm, 50, 16, 600, (m, h) => h.Set(m.NetFlow, 1e6).Set(m.CorrelationStress, 0.3));
        MarketRig.Run(merton, 50, 16, 600, (m, h) => h.Set(m.NetFlow, 1e6).Set(m.CorrelationStress, 0.3));

        Assert.Equal(merton.Price.Span.ToArray(), gbm.Price.Span.ToArray());
        Assert.Equal(merton.Volatility.Span.ToArray(), gbm.Volatility.Span.ToArray());
    }

    [Fact]
    public void A_fixed_key_gives_fixed_prices()
    {
        var (market, _) = MarketRig.Run(new GbmMarket(new()), 50, 4, 3600);

        Assert.Equal(Pinned, market.Price.Span[..4].ToArray());
    }

    private static readonly double[] Pinned =
        [1973.050866210096, 2049.9599809318056, 1826.1111041145407, 2239.7741734179885];
}
