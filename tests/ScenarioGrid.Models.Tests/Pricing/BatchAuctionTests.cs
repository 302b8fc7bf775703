using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class BatchAuctionTests
{
    [Fact]
    public void The_price_has_the_largest_volume_and_ties_meet_in_the_middle()
    {
        BookLevel[] bids = [new(2005, 4), new(2002, 6), new(2000, 10)];
        BookLevel[] asks = [new(1998, 5), new(2001, 7), new(2004, 10)];
        var batch = BatchAuction.Clear(bids, asks);
        ReferenceCases.Check("Hy17", batch.Volume, batch.Price, batch.PriceLow, batch.PriceHigh,
            BatchAuction.AskFill(asks, 2001, batch.Volume));
        Assert.Equal(0, BatchAuction.Clear([new(1, 5)], [new(2, 5)]).Volume);
    }

    [Fact]
    public void No_other_price_trades_more() =>
        Gen.Select(Gen.Double[90, 110].Array[1, 8], Gen.Double[90, 110].Array[1, 8], Gen.Double[85, 115]).Sample(
            (bidPrices, askPrices, price) =>
            {
                BookLevel[] bids = [.. bidPrices.Select((p, n) => new BookLevel(p, n + 1))];
                BookLevel[] asks = [.. askPrices.Select((p, n) => new BookLevel(p, n + 1))];
                var batch = BatchAuction.Clear(bids, asks);
                var other = Math.Min(bids.Where(b => b.Price >= price).Sum(b => b.Size),
                    asks.Where(a => a.Price <= price).Sum(a => a.Size));
                Assert.True(batch.Volume >= other);
                if (batch.Volume > 0)
                {
                    var at = Math.Min(bids.Where(b => b.Price >= batch.Price).Sum(b => b.Size),
                        asks.Where(a => a.Price <= batch.Price).Sum(a => a.Size));
                    Assert.Equal(batch.Volume, at);
                }
            });
}
