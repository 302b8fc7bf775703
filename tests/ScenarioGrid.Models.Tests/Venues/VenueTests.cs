using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;

namespace ScenarioGrid.Models.Tests.Venues;

/// <summary>What every venue shows to routers, lenders, oracles and attackers.</summary>
public class VenueTests
{
    public static TheoryData<string> Kinds =>
        [.. ComponentCatalog.Default.Components.Values.Where(k => k.Family == "Venues").Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Depths_rise_from_point_to_point_and_a_constant_product_has_none(string kind)
    {
        var venue = Start(kind, 2000);
        var hasLadder = venue.Curve.Span[0] >= 0.5;
        Assert.Equal(kind != "constant-product-venue", hasLadder);
        foreach (var depths in new Lane[] { venue.SellDepths, venue.BuyDepths })
        {
            double[] points = [.. Enumerable.Range(0, LiquidityLadder.Bins).Select(row => depths.Row(row).At(3))];
            Assert.True(hasLadder ? points[0] > 0 : points[^1] == 0, $"{points[0]} to {points[^1]}");
            Assert.Equal(points.Order(), points);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_venue_opens_at_the_market_with_what_it_is_given(string kind)
    {
        var (one, two) = (Start(kind, 2000), Start(kind, 4000));
        Assert.Equal(2000, one.Spot.Span[0], 1e-6);
        Assert.Equal(one.ReserveQuote.Span[0], two.ReserveQuote.Span[0], 1e-9 * one.ReserveQuote.Span[0]);
        Assert.Equal(one.ReserveBase.Span[0], 2 * two.ReserveBase.Span[0], 1e-9 * one.ReserveBase.Span[0]);
    }

    [Fact]
    public void A_router_can_stand_where_a_venue_does()
    {
        var router = ComponentCatalog.Default.Components["optimal-router"];
        var venue = ComponentCatalog.Default.Components["order-book-venue"];
        string[] read =
        [
            "averageBuyPrice", "averageSellPrice", "boughtBase", "buy", "buyDepths", "curve", "fee", "isUp", "latency",
            "proceeds", "reserveBase", "reserveQuote", "sell", "sellDepths", "soldBase", "spentQuote", "spot",
        ];
        Assert.All(read, name => Assert.Equal(Shape(venue.Port(name)!), Shape(router.Port(name)!)));

        static (LaneKind Kind, UnitInfo Unit, int Rows) Shape(PortInfo port) => (port.Kind, port.Unit, port.Rows);
    }

    private static Venue Start(string name, double price)
    {
        var kind = ComponentCatalog.Default.Components[name];
        var venue = (Venue)kind.Create([.. kind.Parameters.Select(p => p.Default)]);
        var harness = new Harness(venue);
        harness.Set(venue.MarketPrice, price).Set(venue.MarketVolatility, 0.5);
        if (venue is StableswapVenue stable)
        {
            harness.Set(stable.QuotePrice, 1);
        }

        harness.Start();
        return venue;
    }
}
