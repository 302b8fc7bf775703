using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Markets;

public class BatesMarketTests
{
    private const double Quarter = 0.25 * 31_536_000;

    [Fact]
    public void The_law_is_that_of_the_characteristic_function()
    {
        var (market, _) = MarketRig.Run(new BatesMarket(new()), 45, 60_000, Quarter / 45);
        double[] logs = [.. market.Price.Span.ToArray().Select(s => Math.Log(s / 2000))];
        foreach (var u in new[] { 1.0, 3, 6 })
        {
            var law = PriceCharacteristics.Heston(u, 0.25, 0.64, 3, 0.7, 1.5, -0.3)
                * PriceCharacteristics.Merton(u, 0.25, 0, 6, -0.05, 0.08);
            MarketRig.AssertMean(law.Real, [.. logs.Select(x => Math.Cos(u * x))]);
            MarketRig.AssertMean(law.Imaginary, [.. logs.Select(x => Math.Sin(u * x))]);
        }

        MarketRig.AssertMean(2000, market.Price.Span.ToArray());
    }

    [Fact]
    public void Jumps_add_their_variance_to_the_calm_volatility()
    {
        var (market, _) = MarketRig.Run(new BatesMarket(new()), 0, 8, 3600);

        Assert.Equal(Math.Sqrt(0.64 + 6 * (0.05 * 0.05 + 0.08 * 0.08)), market.Volatility.Span[0], 1e-14);
    }

    [Fact]
    public void A_fixed_key_gives_fixed_prices()
    {
        var (market, _) = MarketRig.Run(new BatesMarket(new() { JumpIntensity = new(500) }), 50, 4, 3600);

        Assert.Equal(Pinned, market.Price.Span[..4].ToArray());
    }

    private static readonly double[] Pinned =
        [2230.8216951612771, 2012.8381508267505, 2185.3588149203028, 1916.0461550572202];
}
