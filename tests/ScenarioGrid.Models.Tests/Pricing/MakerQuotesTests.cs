using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class MakerQuotesTests
{
    [Fact]
    public void A_stale_quote_loses_the_mean_move_of_its_latency() =>
        ReferenceCases.Check("Hy16", 1e4 * MakerQuotes.StaleLoss(0.8, 0.2 / Tick.YearSeconds));

    // Depth within 2 % at the fall of FTX, November 2022 (Kaiko): Coinbase -18 %, Binance -25 %, Kraken -57 %. BTC fell
    // by about 22 % in a day, at two to three times its volatility.
    [Fact]
    public void Depth_falls_as_it_did_when_ftx_fell()
    {
        foreach (var excess in new[] { 1.0, 2.0 })
        {
            var depth = LaneMath.Exp(MakerQuotes.LogDepthWanted(excess, 0.22, 0.15, 2))[0];
            Assert.InRange(depth, 1 - 0.57, 1 - 0.18);
        }
    }

    [Fact]
    public void Depth_falls_fast_and_returns_slowly()
    {
        const double Hour = 1, Fall = 6, Return = 0.5;
        var falling = MakerQuotes.LogDepth(0, -2, Math.Exp(-Fall * Hour), Math.Exp(-Return * Hour))[0];
        var rising = MakerQuotes.LogDepth(-2, 0, Math.Exp(-Fall * Hour), Math.Exp(-Return * Hour))[0];
        Assert.Equal(-2 * (1 - Math.Exp(-6)), falling, 1e-12);
        Assert.Equal(-2 * Math.Exp(-0.5), rising, 1e-12);
    }
}
