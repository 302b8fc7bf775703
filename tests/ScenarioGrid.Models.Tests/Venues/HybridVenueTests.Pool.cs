using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Parameters = ScenarioGrid.Models.Venues.HybridVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

/// <content>The pool beside the book.</content>
public partial class HybridVenueTests
{
    [Fact]
    public void Arbitrage_waits_until_it_pays_for_its_gas_and_books_the_loss()
    {
        var trade = ConstantProduct.ArbitrageTo(2500.0, 5e6, 0.9995, 1.02 * Price);
        foreach (var (gas, acts) in new[] { (trade.Profit[0] * 0.999, true), (trade.Profit[0] * 1.001, false) })
        {
            var (venue, harness) = Make(Quiet with { ArbitrageGas = new(1e6), HalfSpread = new(0.05) });
            harness.Set(venue.SequencerIsUp, 0).Set(venue.GasPrice, 1e3).Set(venue.NativePrice, gas);
            harness.Set(venue.MarketPrice, 1.02 * Price).Step();
            Assert.Equal(acts, Value(venue.PoolQuote) > 5e6);
            var fee = trade.QuoteIn[0] * 0.0005;
            Assert.Equal(acts ? trade.Profit[0] + fee : 0, Value(venue.AmmLvr), 1e-6 * trade.Profit[0]);
            Assert.Equal(acts ? -trade.Profit[0] : 0, Value(venue.AmmProfit), 1e-6 * trade.Profit[0]);
        }
    }

    // A34 for the pool of the hybrid: without a fee, arbitraged each step, it loses V (1 - exp(-sigma^2 dt/8)).
    [Fact]
    public void Loss_versus_rebalancing_is_that_of_the_closed_form()
    {
        const int Paths = 20_000;
        const double Sigma = 0.8, Seconds = 86_400;
        var p = Quiet with { AmmCapital = new(1), AmmFee = new(0) };
        var (venue, harness) = Make(p, Paths, Seconds);
        var deviation = Sigma * Math.Sqrt(Seconds / Tick.YearSeconds);
        for (var i = 0; i < harness.Tick.Vectors; i++)
        {
            var market = venue.MarketPrice.Vecs;
            market[i] = Price * LaneMath.Exp(deviation * harness.Tick.Normal(99, i) - 0.5 * deviation * deviation);
        }

        harness.Step();
        var losses = venue.AmmLvr.Span.ToArray();
        var expected = 50e6 * ConstantProduct.ExpectedLoss(Sigma, Seconds / Tick.YearSeconds);
        var mean = losses.Average();
        var error = Math.Sqrt(losses.Sum(l => (l - mean) * (l - mean))) / Paths;
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
        Assert.True(error < 0.02 * expected);
    }

    [Fact]
    public void Gain_between_book_and_pool_goes_where_it_is_sent()
    {
        var (kept, first) = Make(Quiet with { UncrossGain = HybridVenue.Gain.Protocol });
        var (lost, second) = Make(Quiet with { UncrossGain = HybridVenue.Gain.Searchers });
        first.Set(kept.MarketPrice, 1.01 * Price).Step();
        second.Set(lost.MarketPrice, 1.01 * Price).Step();
        Assert.True(Value(kept.UncrossProfit) > 0);
        Assert.Equal(Value(kept.UncrossProfit), Value(kept.AmmFees) - Value(lost.AmmFees), 1e-6);
    }

    [Fact]
    public void Concentrated_capital_is_deep_until_it_is_spent()
    {
        var (flat, _) = Make(Quiet with { AmmCapital = new(1) });
        var (sharp, harness) = Make(Quiet with { AmmCapital = new(1), Concentration = new(20) });
        Assert.Equal(20, sharp.SellDepths.Row(2).At(0) / flat.SellDepths.Row(2).At(0), 1e-6);
        harness.Set(sharp.ArbitrageOff(), 1e9).Set(sharp.Sell, 1e6).Step();
        Assert.Equal(0, Value(sharp.PoolQuote), 1e-6);
        Assert.True(Value(sharp.SoldBase) < 20_000);
        Assert.Equal(12, Value(sharp.TimeWithoutQuotes));
        harness.Set(sharp.Sell, 0).Set(sharp.Buy, 1e5).Step();
        Assert.InRange(Value(sharp.AverageBuyPrice), Price * 0.95 * 0.95, Price * 0.95);
    }

    // Ten coins in a pool of cents: its price falls to nothing, and arbitrage brings it back.
    [Fact]
    public void A_pool_that_a_huge_order_swept_comes_back_to_the_market()
    {
        var p = Quiet with { Liquidity = new(1000), AmmCapital = new(1e-4), MakerLatency = new(0) };
        foreach (var isSell in new[] { true, false })
        {
            var (venue, harness) = Make(p);
            var product = Product(venue);
            harness.Set(isSell ? venue.Sell : venue.Buy, isSell ? 1e12 : 1e15).Step();
            Assert.InRange(Value(venue.PoolQuote) / Value(venue.PoolBase), 0.999 * Price, 1.001 * Price);
            Assert.Equal(product, Product(venue), 1e-2 * product);
            Assert.True(double.IsFinite(Value(venue.Spot)));
        }
    }

    [Fact]
    public void Providers_follow_the_makers_as_far_as_they_are_told()
    {
        var (venue, harness) = Make(Quiet with { AmmFlight = new(0.5) });
        harness.Set(venue.LiquidityMultiple, 0.04).Step();
        Assert.Equal(0.2 * 0.2 * 25e6, Value(venue.PoolQuote), 1e-3);
        harness.Set(venue.LiquidityMultiple, 1).Step();
        Assert.Equal(0.2 * 25e6, Value(venue.PoolQuote), 1e-3);
    }
}
