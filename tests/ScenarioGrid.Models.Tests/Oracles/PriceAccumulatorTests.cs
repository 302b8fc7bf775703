using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Oracles;

public class PriceAccumulatorTests
{
    [Fact]
    public void Sliding_window_equals_the_published_vector()
    {
        var start = new PriceAccumulator(0, 0, 0);
        var end = start.Advance(1, 2, 3 * 3600).Advance(1, 1, 3 * 3600).Advance(2, 1, 17 * 3600);
        var (price, inverse) = end.MeanSince(start);
        ReferenceCases.Check("T9", Math.Floor(100 * price), 100 * price);
        ReferenceCases.Check("T9b", Math.Floor(100 * inverse), 100 * inverse);
    }

    [Fact]
    public void Cumulative_prices_equal_the_published_vector()
    {
        var pair = new PriceAccumulator(0, 0, 0).Advance(3, 3, 10).Advance(6, 2, 10);
        ReferenceCases.Check("T10", pair.Price, pair.Inverse);
    }

    [Fact]
    public void Mean_of_the_inverse_is_at_least_the_inverse_of_the_mean() =>
        Gen.Double[0.1, 10].Array[1, 10].Sample(prices =>
        {
            var start = new PriceAccumulator(0, 0, 0);
            var end = prices.Aggregate(start, (sum, price) => sum.Advance(1, price, 5));
            var (mean, inverse) = end.MeanSince(start);
            Assert.True(mean * inverse >= 1 - 1e-12);
        });
}
