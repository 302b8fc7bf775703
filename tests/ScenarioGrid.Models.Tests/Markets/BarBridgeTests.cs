using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;

namespace ScenarioGrid.Models.Tests.Markets;

public class BarBridgeTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void The_extremes_fall_on_two_different_ticks_inside_the_bar(int ticks) =>
        Gen.Select(Gen.Double[0, 0.999999], Gen.Double[0, 0.999999]).Sample((u, w) =>
        {
            var (first, second) = Bridge(ticks).Nodes(u, w);
            Assert.InRange(first[0], 1, ticks - 2);
            Assert.InRange(second[0], first[0] + 1, ticks - 1);
        });

    [Fact]
    public void Every_pair_of_ticks_is_as_likely()
    {
        var counts = new Dictionary<(double, double), int>();
        for (var a = 0; a < 300; a++)
        {
            for (var b = 0; b < 300; b++)
            {
                var (first, second) = Bridge(4).Nodes((a + 0.5) / 300, (b + 0.5) / 300);
                counts[(first[0], second[0])] = counts.GetValueOrDefault((first[0], second[0])) + 1;
            }
        }

        Assert.Equal(3, counts.Count);
        Assert.All(counts.Values, n => Assert.Equal(30_000, n));
    }

    private static BarBridge Bridge(int ticks) => new(new PriceSeries(60, [0.1], [0.2], [-0.1]), ticks);
}
