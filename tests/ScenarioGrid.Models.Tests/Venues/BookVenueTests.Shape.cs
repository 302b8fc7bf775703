using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using static ScenarioGrid.Models.Tests.Venues.OrderBookVenueTests;

namespace ScenarioGrid.Models.Tests.Venues;

/// <content>A book in its shape.</content>
public partial class BookVenueTests
{
    private const double Side = 12_500;

    private static readonly OrderBookVenue.Parameters Shaped = Quiet with
    {
        Mode = BookMode.Shape, MakerLatency = new(0),
    };

    private static readonly double Reach = QuoteGrid.Distance(0.0001, 0.1, 32);

    [Fact]
    public void A_shape_is_its_levels_within_their_spacing() =>
        Gen.Select(Gen.Double[10, 12_000], Gen.Double[1, 3], Gen.Bool).Sample((amount, power, isSell) =>
        {
            // 64 levels a bp apart: each stands at the near end of the part of the depth that it holds.
            var p = Shaped with { Levels = new(64), TickGrowth = new(0), DepthPower = new(power) };
            var (shape, first) = Make(p);
            var (levels, second) = Make(p with { Mode = BookMode.Levels });
            first.Set(isSell ? shape.Sell : shape.Buy, isSell ? amount : amount * Price).Step();
            second.Set(isSell ? levels.Sell : levels.Buy, isSell ? amount : amount * Price).Step();
            var sign = isSell ? 1 : -1;
            var better = sign * (isSell
                ? Value(levels.AverageSellPrice) - Value(shape.AverageSellPrice)
                : Value(levels.AverageBuyPrice) - Value(shape.AverageBuyPrice));
            Assert.InRange(better, 0, 1.01e-4 * Price);
            Assert.Equal(Value(levels.SoldBase), Value(shape.SoldBase), 1e-9 * amount);
        }, iter: 100);

    [Fact]
    public void A_sale_to_a_shape_pays_the_closed_form() => Gen.Double[1, 12_000].Sample(sell =>
    {
        var (venue, harness) = Make(Shaped);
        harness.Set(venue.Sell, sell).Step();
        var end = Reach * Math.Sqrt(sell / Side);
        var proceeds = Price * (1 - 0.0001) * sell * (1 - end * 2 / 3);
        Assert.Equal(proceeds, Value(venue.Proceeds), 1e-10 * proceeds);
        Assert.Equal(sell, Value(venue.BidImpact), 1e-9 * sell);
        Assert.Equal(0, Value(venue.AskImpact));
    });

    [Fact]
    public void Impact_heals_with_the_half_life_of_refills()
    {
        var (venue, harness) = Make(Shaped with { RefillHalfLife = new(12) });
        harness.Set(venue.Sell, 8000).Step().Set(venue.Sell, 0);
        foreach (var left in new[] { 4000.0, 2000, 1000 })
        {
            harness.Step();
            Assert.Equal(left, Value(venue.BidImpact), 1e-8);

            // The best bid stands where the depth law has used up so much.
            var bid = 1 - 0.0001 - Reach * Math.Sqrt(left / Side) * (1 - 0.0001);
            Assert.Equal(0.5 * Price * (bid + 1.0001), Value(venue.Spot), 1e-7);
        }
    }

    [Fact]
    public void Depths_of_a_shape_are_what_sellers_and_buyers_can_bring()
    {
        var (venue, harness) = Make(Shaped with { RefillHalfLife = new(86_400) });
        harness.Set(venue.Sell, 500).Step().Set(venue.Sell, 0).Step();
        var spot = Value(venue.Spot);
        var (sell, buy) = (venue.SellDepths.Row(2).At(0), venue.BuyDepths.Row(2).At(0));
        harness.Set(venue.Sell, sell).Set(venue.Buy, 0).Step();
        var bid = Price * (1 - 0.0001) * (1 - Reach * Math.Sqrt(Value(venue.BidImpact) / Side));
        Assert.Equal(0.99 * spot, bid, 1e-5 * Price);
        harness.Set(venue.Sell, 0).Set(venue.Buy, buy).Step();
        var ask = Price * (1 + 0.0001) * (1 + Reach * Math.Sqrt(Value(venue.AskImpact) / Side));
        Assert.Equal(1.01 * spot, ask, 1e-5 * Price);
    }

    [Fact]
    public void A_shape_that_the_market_has_passed_is_sniped_up_to_the_market()
    {
        var (venue, harness) = Make(Shaped with { MakerLatency = new(1200), HalfSpread = new(0) });
        harness.Set(venue.MarketVolatility, 0).Set(venue.MarketPrice, 1.01 * Price).Step();
        var gap = Math.Log(1.01) * Math.Sqrt(100 * (1 - Math.Exp(-0.01)));
        var behind = 1.01 * Price * Math.Exp(-gap);
        var end = (1.01 * Price / behind - 1) / Reach;
        var size = 25e6 / (1.01 * Price) * end * end;
        Assert.Equal(size, Value(venue.AskImpact), 1e-9 * size);

        // The density rises linearly from the old best price to the market, so the mean gap is a third.
        Assert.Equal(size * (1.01 * Price - behind) / 3, Value(venue.MakerLoss), 1e-6 * Value(venue.MakerLoss));
    }

    [Fact]
    public void A_shape_stands_again_after_its_sequencer_fails()
    {
        var (venue, harness) = Make(Shaped with { RefillHalfLife = new(12) });
        harness.Set(venue.SequencerIsUp, 0).Step();
        Assert.Equal(0, Value(venue.ReserveBase) + Value(venue.ReserveQuote));
        harness.Set(venue.SequencerIsUp, 1).Step();
        Assert.Equal(0.5 * Side, Value(venue.AskImpact), 1e-9);
        Assert.Equal(0.5 * Side, Value(venue.ReserveBase), 1e-9);
        Assert.Equal(0, Value(venue.TimeWithoutQuotes));
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result_for_a_shape()
    {
        var (venue, harness) = Make(new() { Mode = BookMode.Shape, DepthPower = new(1.7) });
        harness.Step(100, tick => harness.Set(venue.MarketPrice, Price + tick % 7).Set(venue.Sell, tick));
        Assert.Equal(
            [PinnedBase, PinnedQuote, PinnedSpread],
            new[] { Value(venue.ReserveBase), Value(venue.ReserveQuote), Value(venue.EffectiveHalfSpreadMedium) });
    }

    private const double PinnedBase = 12440.049960288619, PinnedQuote = 24257613.389189374;

    private const double PinnedSpread = 0.00099021467267993292;
}
