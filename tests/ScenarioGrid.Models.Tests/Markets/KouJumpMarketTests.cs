using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Markets;

public class KouJumpMarketTests
{
    private const double Day = 86_400;

    private static readonly KouJumpMarket.Parameters Jumpy = new() { Spot = new(100) };

    /// <summary>Row E11.</summary>
    [Theory]
    [InlineData(1, 200_000, 1)]
    [InlineData(8, 50_000, 1)]
    [InlineData(2, 50_000, 5)]
    public void Returns_of_a_day_have_the_cumulants_of_Kou(int ticks, int paths, double multiple)
    {
        var (market, _) = MarketRig.Run(new KouJumpMarket(Jumpy), ticks, paths, Day / ticks,
            (m, h) => h.Set(m.VolatilityMultiple, multiple));

        var c = KouCumulants.Of(multiple * multiple / 365, 0, 0.7, 15, 0.4, 20, 15);
        MarketRig.AssertCumulants(market, 100, [c.First, c.Second, c.Third, c.Fourth]);
    }

    [Fact]
    public void A_call_has_the_price_of_the_closed_form()
    {
        var p = Jumpy with { JumpIntensity = new(40), DownRate = new(8), UpRate = new(15) };
        var (market, _) = MarketRig.Run(new KouJumpMarket(p), 1, 300_000, 30 * Day);
        const double years = 30.0 / 365;

        MarketRig.AssertMean(
            LewisOption.Call(100, 95, years, 0, 0, z => PriceCharacteristics.Kou(z, years, 0.7, 40, 0.4, 15, 8)),
            [.. market.Price.Span.ToArray().Select(s => Math.Max(s - 95, 0))]);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(1, 1)]
    public void All_jumps_go_the_same_way_when_the_share_says_so(double upShare, int sign)
    {
        // Without diffusion what is left after the compensation is jumps alone.
        var p = Jumpy with { Volatility = new(0), UpShare = new(upShare), JumpIntensity = new(200) };
        var (market, _) = MarketRig.Run(new KouJumpMarket(p), 1, 400, Day);
        var drift = -200 * KouCumulants.Growth(upShare, 20, 15) / 365;
        double[] jumps = [.. market.Price.Span.ToArray().Select(s => sign * (Math.Log(s / 100) - drift))];

        Assert.All(jumps, j => Assert.True(j > -1e-12));
        Assert.Contains(jumps, j => j > 0.01);
        Assert.Contains(jumps, j => j < 1e-12);
    }

    [Fact]
    public void A_fixed_key_gives_fixed_prices()
    {
        var (market, _) = MarketRig.Run(new KouJumpMarket(Jumpy with { JumpIntensity = new(500) }), 50, 4, 3600);

        Assert.Equal(Pinned, market.Price.Span[..4].ToArray());
    }

    private static readonly double[] Pinned =
        [102.15860097242997, 108.09602431031541, 90.21032895708673, 91.586681161541051];
}
