using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class BidsTests
{
    // C20.
    [Fact]
    public void A_share_of_free_lots_tells_the_bidders() =>
        ReferenceCases.Check("C20", Bids.BiddersOfSoleShare(0.36), Bids.BiddersOfSoleShare(0.01));

    [Fact]
    public void The_second_lowest_margin_is_that_of_the_sum_over_bidders() =>
        Gen.Double[0.02, 30].Sample(bidders =>
        {
            var (term, sum, all) = (Math.Exp(-bidders), 0.0, 0.0);
            for (var n = 1; n < 200; n++)
            {
                term *= bidders / n;
                (sum, all) = n < 2 ? (sum, all) : (sum + term * 2 / (n + 1), all + term);
            }

            Assert.Equal(sum / all, Bids.SecondMargin(bidders)[0], 1e-9 / bidders);
        });

    [Fact]
    public void A_bid_at_the_price_is_included_half_the_time_and_a_higher_one_more_often()
    {
        Assert.Equal(0.5, Bids.Included(50, 50, 1.0), 1e-15);
        Assert.Equal(0.8413447460685429, Bids.Included(50 * Math.E, 50, 1.0), 1e-14);
    }

    [Fact]
    public void Nobody_left_but_one_when_bidders_are_few() =>
        Assert.Equal(1, Bids.SoleBidderShare(Vec.Zero)[0]);
}
