using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

/// <content>A peg that a sister token stands behind.</content>
public partial class PegMarketTests
{
    /// <summary>TerraUSD and LUNA in May 2022, all leavers redeeming as fast as they like.</summary>
    private static readonly PegMarket.Parameters Terra = Still with
    {
        Supply = new(18.5e9), Support = PegSupport.Sister, SisterVolatility = new(0), SellShare = new(0),
        RedemptionCapacity = new(1e6),
    };

    [Fact]
    public void Every_redemption_is_paid_in_sister_tokens_at_the_price_that_clears()
    {
        var (market, harness) = Run(Terra, 1, 8, Hour, (m, h) => h.Set(m.LogShift, Math.Log(0.9)));
        var (price, supply) = (market.SisterPrice.Span[0], market.SisterSupply.Span[0]);
        harness.Step();

        var paid = market.Redeemed.Span[0];
        var after = market.SisterPrice.Span[0];
        Assert.True(paid > 1e6);
        Assert.Equal(MintSpiral.LogFall(4.3 * paid / (price * supply))[0], Math.Log(after / price), 1e-12);
        Assert.Equal(paid, market.Minted.Span[0] * after, 1e-6 * paid);
        Assert.Equal(supply + market.Minted.Span[0], market.SisterSupply.Span[0], 1e-3);
    }

    [Fact]
    public void A_small_sister_is_pulled_into_the_spiral_and_a_large_one_is_not()
    {
        // The same blow of 5 % for half a day; the sister is worth 1.4 and 100 times the stablecoin.
        var (small, large) = (Blow(77), Blow(77 * 70));

        Assert.InRange(small.Price / 77, 0, 0.01);
        Assert.InRange(small.Ratio, 0, 0.3);
        Assert.InRange(large.Price / 77 / 70, 0.7, 1);
        Assert.InRange(large.Ratio, 0.98, 1.01);

        static (double Price, double Ratio) Blow(double price)
        {
            var market = new PegMarket(Terra with { SisterPriceStart = new(price) });
            var harness = new Harness(market, 8, 600).Set(market.UnderlyingPrice, 1).Set(market.BridgeBacking, 1)
                .Start().Set(market.LogShift, -0.05).Step(72).Set(market.LogShift, 0).Step(6 * 24 * 9);
            return (market.SisterPrice.Span[0], market.PegRatio.Span[0]);
        }
    }

    [Fact]
    public void Without_redemptions_the_sister_is_a_martingale()
    {
        var p = Terra with { RunThreshold = new(1), SisterVolatility = new(1.2) };
        var (market, _) = Run(p, 20, 20_000, 86_400);

        MarketRig.AssertMean(77, market.SisterPrice.Span.ToArray());
    }
}
