using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class DepthShapeTests
{
    // The numbers of row Hy9: depth 1e4 d^2, order 25.
    [Fact]
    public void An_order_moves_and_pays_what_the_impact_law_says()
    {
        foreach (var isAsk in new[] { true, false })
        {
            var side = new ShapedSide(new DepthShape(0.1, 2, isAsk), 1, 100, 100);
            var sign = isAsk ? 1 : -1;
            var end = new Vec(0.5);
            Assert.Equal(25, side.BaseTo(end)[0], 1e-12);
            Assert.Equal(1 + sign * MarketImpact.PowerDepthMarginal(25, 1e4, 2), side.PriceAt(end)[0], 1e-12);
            Assert.Equal(1 + sign * MarketImpact.PowerDepthAverage(25, 1e4, 2), side.MeanPrice(end)[0], 1e-12);
            Assert.Equal(end[0], side.At(side.PriceAt(end))[0], 1e-12);
        }
    }

    [Fact]
    public void Cost_with_the_power_two_is_closed() => Gen.Double[0.01, 99].Sample(amount =>
    {
        var side = new ShapedSide(new DepthShape(0.02, 2, isAsk: true), 2000, 100, 100);
        var end = Math.Sqrt(amount / 100);
        var cost = 2000 * amount * (1 + 0.02 * 2 / 3 * end);
        Assert.Equal(cost, side.ValueTo(end)[0], 1e-11 * cost);
    });

    [Fact]
    public void What_is_used_up_is_taken_from_the_best_prices() =>
        Gen.Select(Gen.Double[0.5, 4], Gen.Double[0, 0.9], Gen.Double[0.91, 1], Gen.Bool).Sample(
            (power, used, end, isAsk) =>
            {
                var shape = new DepthShape(0.02, power, isAsk);
                ShapedSide whole = new(shape, 2000, 100, 100), rest = new(shape, 2000, 100, 100 * (1 - used));
                Assert.Equal(100 * used, whole.BaseTo(rest.From)[0], 1e-10);
                var u = new Vec(Math.Max(end, rest.From[0]));
                var base1 = whole.BaseTo(u) - whole.BaseTo(rest.From);
                var value = whole.ValueTo(u) - whole.ValueTo(rest.From);
                Assert.Equal(base1[0], rest.BaseTo(u)[0], 1e-10);
                Assert.Equal(value[0], rest.ValueTo(u)[0], 1e-7);
            });

    [Fact]
    public void A_side_without_depth_offers_nothing()
    {
        var side = new ShapedSide(new DepthShape(0.02, 2, isAsk: true), 2000, 0, 0);
        Assert.Equal(0, side.Base[0] + side.Value[0]);
    }

    [Fact]
    public void Depth_within_a_distance_is_the_power_law_up_to_the_reach()
    {
        var shape = new DepthShape(0.02, 2, isAsk: false);
        Assert.Equal(0.25, shape.Within(0.01), 1e-15);
        Assert.Equal(1, shape.Within(0.5));
    }
}
