using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Parameters = ScenarioGrid.Models.Venues.HybridVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

/// <content>A pool that quotes orders in the book.</content>
public partial class HybridVenueTests
{
    private static readonly Parameters Posted = Quiet with
    {
        AmmQuoting = HybridVenue.Quoting.Orders, AmmRefresh = new(0), MakerLatency = new(0),
    };

    [Fact]
    public void With_finer_orders_the_pool_comes_to_trade_as_its_curve() =>
        Gen.Select(Gen.Double[1, 300], Gen.Double[0.05, 1], Gen.Bool).Sample((amount, share, isSell) =>
        {
            var curve = Average(Posted with { AmmQuoting = HybridVenue.Quoting.Curve });
            foreach (var (spacing, count) in new[] { (0.02, 50), (0.002, 500), (0.0005, 1000) })
            {
                var orders = Average(Posted with { AmmSpacing = new(spacing), AmmOrders = new(count) });
                Assert.InRange((isSell ? curve - orders : orders - curve) / curve, -1e-12, 0.5 * spacing);
            }

            double Average(Parameters p)
            {
                var (venue, harness) = Make(p with { AmmCapital = new(share) });
                harness.Set(isSell ? venue.Sell : venue.Buy, isSell ? amount : amount * Price).Step();
                Assert.Equal(0, Value(venue.TradeThroughs));
                return isSell ? Value(venue.AverageSellPrice) : Value(venue.AverageBuyPrice);
            }
        }, iter: 50);

    [Fact]
    public void Arbitrage_of_fine_orders_loses_what_the_curve_loses()
    {
        double Loss(Parameters p)
        {
            var (venue, harness) = Make(p with { AmmCapital = new(1) });
            harness.Set(venue.MarketPrice, 1.02 * Price).Step();
            return Value(venue.AmmLvr);
        }

        var curve = Loss(Quiet);
        foreach (var spacing in new[] { 0.001, 0.0001 })
        {
            // The last order before the market is left where it stands past it, half a spacing in 2 % at most.
            var orders = Loss(Posted with { AmmCapital = new(1), AmmSpacing = new(spacing), AmmOrders = new(1000) });
            Assert.InRange(orders / curve, 1 - 2 * spacing / 0.02, 1 + 1e-9);
        }
    }

    [Fact]
    public void Orders_stand_where_they_stood_until_they_are_placed_anew()
    {
        // The market rises by 2 % and takes asks; whoever sells next finds the bids of before, or new ones.
        var stale = AfterRise(86_400, out var staleSpot);
        var fresh = AfterRise(0, out var freshSpot);
        Assert.Equal(1 / 1.019, stale / fresh, 2e-3);
        Assert.True(staleSpot < freshSpot);

        static double AfterRise(double refresh, out double spot)
        {
            var p = Posted with { AmmCapital = new(1), AmmRefresh = new(refresh), AmmOrders = new(100) };
            var (venue, harness) = Make(p);
            harness.Set(venue.MarketPrice, 1.02 * Price).Step();
            spot = Value(venue.Spot);
            harness.Set(venue.ArbitrageOff(), 1e9).Set(venue.Sell, 10).Step();
            return Value(venue.AverageSellPrice);
        }
    }

    [Fact]
    public void Stale_orders_lose_the_fees_and_the_depth_of_fresh_ones()
    {
        var (slow, first) = Make(Slow(3600));
        var (prompt, second) = Make(Slow(12));
        double slowFilled = 0, promptFilled = 0;
        for (var tick = 0; tick < 200; tick++)
        {
            var market = Price * (1 + 0.03 * Math.Sin(tick / 9.0));
            first.Set(slow.MarketPrice, market).Step();
            second.Set(prompt.MarketPrice, market).Step();
            slowFilled += Value(slow.AmmFees);
            promptFilled += Value(prompt.AmmFees);
        }

        Assert.InRange(slowFilled, 1, 0.5 * promptFilled);

        static Parameters Slow(double refresh) => Posted with { AmmCapital = new(1), AmmRefresh = new(refresh) };
    }

    [Fact]
    public void Beyond_the_last_order_nothing_stands_until_the_refresh()
    {
        var p = Posted with { AmmCapital = new(1), AmmOrders = new(8), AmmRefresh = new(36) };
        var (venue, harness) = Make(p);
        harness.Set(venue.ArbitrageOff(), 1e9).Set(venue.Sell, 1e6).Step();
        var all = 12_500 * (Math.Pow(1.001, 4) - 1) / 0.9995;
        Assert.Equal(all, Value(venue.SoldBase), 1e-6);
        Assert.Equal(12, Value(venue.TimeWithoutQuotes));
        harness.Step();
        Assert.Equal(0, Value(venue.SoldBase));
        harness.Step();
        Assert.Equal(0, Value(venue.SoldBase));
        harness.Step();
        Assert.Equal(all * Math.Pow(1.001, 4), Value(venue.SoldBase), 1e-6);
    }

    [Fact]
    public void Orders_of_the_pool_need_levels_beside_them() => Assert.Equal(
        ["ammQuoting"], (Posted with { Mode = BookMode.Shape }).Check().Select(fault => fault.Parameter));

    [Fact]
    public void Value_is_conserved_with_orders_and_their_curve_never_falls() =>
        Gen.Select(Gen.Double[0.001, 1], Gen.Double[1, 20], Gen.Double[0.01, 0.2], Gen.Int[0, 2], Gen.Int[0, 3])
            .Sample((share, concentration, swing, matching, refresh) =>
            {
                var p = new Parameters
                {
                    AmmCapital = new(share), Concentration = new(concentration), Matching = (Matching)matching,
                    MakerLatency = new(5), AmmQuoting = HybridVenue.Quoting.Orders,
                    AmmRefresh = new(new[] { 0.0, 1, 30, 600 }[refresh]), AmmSpacing = new(0.002),
                };
                var (venue, harness) = Make(p);
                Books coins = new(venue, "base", 8), money = new(venue, "usd", 8);
                var product = Product(venue);
                for (var tick = 0; tick < 150; tick++)
                {
                    harness.Set(venue.MarketPrice, Price * (1 + swing * Math.Sin(tick / 9.0)));
                    harness.Set(venue.MarketVolatility, 1 + tick % 5).Set(venue.Sell, tick % 3 * 100.0 * swing);
                    harness.Set(venue.Buy, tick % 4 == 0 ? 5e5 : 0).Set(venue.SequencerIsUp, tick % 40 > 34 ? 0 : 1);
                    harness.Step();
                    coins.Check();
                    money.Check();

                    // Half an order lies above the curve and a whole one on it: what must not fall is the curve of
                    // the orders, from one placing to the next.
                    var placed = Value(venue.PlacedBase) * Value(venue.PlacedQuote);
                    Assert.True(placed >= product * (1 - 1e-13), $"tick {tick}");
                    Assert.True(Product(venue) >= placed * (1 - 1e-13), $"tick {tick}");
                    product = placed;
                    Assert.Equal(0, Value(venue.TradeThroughs));
                    Assert.True(Value(venue.PoolBase) >= 0 && Value(venue.PoolQuote) >= 0);
                }
            }, iter: 60);

    [Fact]
    public void A_fixed_key_gives_a_fixed_result_for_orders()
    {
        var (venue, harness) = Make(new() { AmmQuoting = HybridVenue.Quoting.Orders });
        harness.Step(100, tick => harness.Set(venue.MarketPrice, Price + tick % 7).Set(venue.Sell, tick));
        Assert.Equal(
            [PinnedBaseOfOrders, PinnedQuoteOfOrders, PinnedLossOfOrders],
            new[] { Value(venue.ReserveBase), Value(venue.PoolQuote), Value(venue.AmmLvr) });
    }

    private const double PinnedBaseOfOrders = 12452.294131032162;

    private const double PinnedQuoteOfOrders = 5002570.1552729541, PinnedLossOfOrders = 7.3879091075654628;
}
