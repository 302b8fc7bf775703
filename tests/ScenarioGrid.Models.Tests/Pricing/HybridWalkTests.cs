using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public partial class HybridWalkTests
{
    [Fact]
    public void The_vector_walk_is_the_plain_match()
    {
        foreach (var amount in new[] { 0.5, 5, 12, 30, 60, 93, 120, 400 })
        {
            var plain = HybridMatch.Sell(amount, HybridMatchTests.Pool(0.0005), HybridMatchTests.Bids);
            var walk = new HybridWalk(amount, 1000, 2e6, 0.9995, double.PositiveInfinity);
            foreach (var bid in HybridMatchTests.Bids)
            {
                walk.Level(Vec.Sqrt(new Vec(0.9995 * 2e9 / bid.Price)), bid.Price, bid.Size);
            }

            walk.Rest();
            Assert.Equal(plain.Curve, walk.CurveIn[0], 1e-9);
            Assert.Equal(plain.Book, walk.BookIn[0], 1e-9);
            Assert.Equal(plain.Value, (walk.CurveOut + walk.BookOut)[0], 1e-8);
            Assert.Equal(plain.Marginal, walk.Marginal[0], 1e-8);
            Assert.True(walk.TradedThrough.None);
            Assert.Equal(2e9, (walk.ReserveIn * walk.ReserveOut)[0], 1e-5);
        }
    }

    [Fact]
    public void A_walk_past_a_better_price_is_told()
    {
        // The curve is sent past the level by hand: the level still waits with a better rate.
        var walk = new HybridWalk(100, 1000, 2e6, 0.9995, double.PositiveInfinity);
        walk.Level(1040, 1999, 200);
        Assert.True(walk.TradedThrough.All);

        // The level is filled though the curve pays more.
        walk = new HybridWalk(10, 1000, 2e6, 0.9995, double.PositiveInfinity);
        walk.Level(0, 1900, 20);
        Assert.True(walk.TradedThrough.All);
    }
}
