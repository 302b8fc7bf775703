using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class MomentsTests
{
    [Fact]
    public void Merged_blocks_have_the_moments_of_the_whole() =>
        Gen.Double[-1000, 1000].Array[0, 50].Array[1, 8].Sample(blocks =>
        {
            double[] all = [.. blocks.SelectMany(b => b)];
            var merged = blocks.Aggregate(default(Moments), (m, b) => m.Merge(Moments.Of(b)));
            var whole = Moments.Of(all);
            Assert.Equal(all.Length, merged.Count);
            Assert.Equal(whole.Mean, merged.Mean, 1e-9);
            Assert.Equal(whole.SquaredDeviations, merged.SquaredDeviations, 1e-6);
        });

    [Fact]
    public void Four_values_by_hand() => Assert.Equal(new Moments(4, 2.5, 5), Moments.Of([1, 2, 3, 4]));
}
