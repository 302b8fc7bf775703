using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using static ScenarioGrid.Models.Tests.Venues.OrderBookVenueTests;

namespace ScenarioGrid.Models.Tests.Venues;

/// <summary>What makers do: refill, withdraw, quote late.</summary>
public partial class BookVenueTests
{
    [Fact]
    public void A_swept_book_fills_again_with_its_half_life()
    {
        var p = Quiet with { RefillHalfLife = new(12), MakerLatency = new(0) };
        var (venue, harness) = Make(p);
        harness.Set(venue.Sell, 1e6).Step().Set(venue.Sell, 0);
        Assert.Equal(0, venue.SellDepths.Row(4).At(0));
        Assert.Equal(12, Value(venue.TimeWithoutQuotes));
        foreach (var share in new[] { 0.5, 0.75, 0.875 })
        {
            harness.Step();
            Assert.Equal(share * 12_500, venue.SellDepths.Row(4).At(0), 1e-6);
            Assert.Equal(0, Value(venue.TimeWithoutQuotes));
        }
    }

    [Fact]
    public void Makers_withdraw_fast_and_come_back_slowly()
    {
        var (venue, harness) = Make(Quiet with { RefillHalfLife = new(0.01) }, seconds: 600);
        harness.Set(venue.LiquidityMultiple, 0.02).Step(6);
        Assert.Equal(Math.Exp(Math.Log(0.02) * (1 - Math.Exp(-6))), Value(venue.DepthMultiple), 1e-9);
        var low = Value(venue.DepthMultiple);
        harness.Set(venue.LiquidityMultiple, 1).Step(6);
        Assert.Equal(Math.Exp(Math.Log(low) * Math.Exp(-0.5)), Value(venue.DepthMultiple), 1e-9);
        Assert.Equal(Value(venue.DepthMultiple) * 12_500, venue.SellDepths.Row(4).At(0), 1);
    }

    [Fact]
    public void Drawdown_counts_from_the_high_of_a_day()
    {
        var p = Quiet with { WithdrawalRate = new(1e6), ReturnRate = new(1e6), WithdrawalByDrawdown = new(2) };
        var (venue, harness) = Make(p, seconds: 3600);
        harness.Set(venue.MarketPrice, 0.8 * Price).Step(20);
        Assert.Equal(Math.Exp(-2 * 0.2), Value(venue.DepthMultiple), 1e-9);
        harness.Step(6);
        Assert.Equal(1, Value(venue.DepthMultiple), 1e-9);
    }

    // E|gap| = sigma sqrt(latency) sqrt(2/pi), the formula of row Hy16, for latencies far below the tick.
    [Fact]
    public void Stale_quotes_lose_what_the_closed_form_says()
    {
        const int Paths = 40_000;
        const double Sigma = 0.8, Tick = 12, Latency = 0.2;
        var p = Quiet with
        {
            HalfSpread = new(0), SpreadGain = new(0), MakerLatency = new(Latency), Levels = new(4),
            TickSize = new(0.00001), TickGrowth = new(0), WithdrawalByDrawdown = new(0),
        };
        var (venue, harness) = Make(p, Paths, Tick);
        harness.Set(venue.MarketVolatility, 0);
        var deviation = Sigma * Math.Sqrt(Tick / Models.Kernel.Tick.YearSeconds);
        for (var i = 0; i < harness.Tick.Vectors; i++)
        {
            var market = venue.MarketPrice.Vecs;
            market[i] = Price * LaneMath.Exp(deviation * harness.Tick.Normal(99, i));
        }

        harness.Step();

        // Loss over the value at the touch, when the levels behind it are four hundredths of a bp further.
        var perSide = 25e6;
        var losses = venue.MakerLoss.Span.ToArray().Select(l => l / perSide).ToArray();
        var mean = losses.Average();
        var error = Math.Sqrt(losses.Sum(l => (l - mean) * (l - mean))) / losses.Length;
        var expected = MakerQuotes.StaleLoss(Sigma, Latency / Models.Kernel.Tick.YearSeconds);

        // Levels stand 0, .1, .2, .3 bps behind the touch: with weights 1, 3, 5, 7 of 16 that is .2125 bps at most.
        Assert.InRange(mean, expected - 0.2125e-4 - 4 * error, expected + 4 * error);
        Assert.True(error < 0.02 * expected);
    }

    [Fact]
    public void A_batch_takes_no_stale_quotes()
    {
        foreach (var (matching, isSniped) in new[] { (Matching.PriceTime, true), (Matching.Batch, false) })
        {
            var (venue, harness) = Make(Quiet with { Matching = matching, MakerLatency = new(12) });
            harness.Set(venue.MarketPrice, 1.05 * Price).Step();
            Assert.Equal(isSniped, Value(venue.MakerLoss) > 0);
        }
    }

    [Fact]
    public void The_makers_price_lags_by_the_latency()
    {
        var (venue, harness) = Make(Quiet with { MakerLatency = new(60) });
        harness.Set(venue.MarketPrice, 1.01 * Price).Step();
        Assert.Equal(Math.Log(1.01) * Math.Exp(-12.0 / 60), Math.Log(1.01 * Price / Value(venue.Anchor)), 1e-12);
        harness.Step(200);
        Assert.Equal(1.01 * Price, Value(venue.Spot), 1e-6);
    }
}
