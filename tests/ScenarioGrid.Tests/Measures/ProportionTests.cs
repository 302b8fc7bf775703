using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class ProportionTests
{
    // security.md section 14, row BA-3: beta inverse, computed independently.
    [Theory]
    [InlineData(0, 300, 0.00993608194446)]
    [InlineData(3, 1000, 0.00773524471848)]
    public void BA_3_upper_bound_of_Clopper_and_Pearson(int hits, int trials, double expected) =>
        Assert.Equal(expected, Proportion.UpperBound(hits, trials, 0.95), 1e-13);

    // Rows BA-4 and BA-7.
    [Theory]
    [InlineData(3, 1000, 0.00102078388114, 0.00878301405350)]
    [InlineData(17, 4096, 0.00259297785420, 0.00663700315867)]
    [InlineData(0, 300, 0, 0.0126429712245)]
    public void BA_4_and_BA_7_interval_of_Wilson(int hits, int trials, double low, double high)
    {
        var interval = Proportion.Wilson(hits, trials);
        Assert.Equal(low, interval.Low, 1e-13);
        Assert.Equal(high, interval.High, 1e-13);
    }

    [Fact]
    public void Without_hits_the_upper_bound_has_a_closed_form() =>
        Gen.Int[1, 100_000].Sample(trials =>
            Assert.Equal(1 - Math.Pow(0.025, 1.0 / trials), Proportion.ClopperPearson(0, trials, 0.95).High, 1e-12));

    [Fact]
    public void Bounds_mirror_and_contain_the_share() =>
        Gen.Int[1, 5000].SelectMany(n => Gen.Int[0, n].Select(k => (n, k))).Sample(c =>
        {
            var (low, high) = Proportion.ClopperPearson(c.k, c.n, 0.95);
            var mirror = Proportion.ClopperPearson(c.n - c.k, c.n, 0.95);
            Assert.InRange((double)c.k / c.n, low, high);
            Assert.Equal(low, 1 - mirror.High, 1e-12);
        });

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.ClopperPearson(0, 0, 0.95));
    }
}
