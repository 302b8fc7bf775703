using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

/// <summary>Numbers: independent evaluation of the formulas in Python (mpmath, 40 digits).</summary>
public class ProportionTests
{
    /// <summary>BA-3: Clopper-Pearson upper bounds at 95 %.</summary>
    [Theory]
    [InlineData(0, 300, 0.00993608194446)]
    [InlineData(3, 1000, 0.00773524471848)]
    public void Clopper_Pearson_upper_bounds_BA_3(int x, int n, double expected) =>
        Reference.AssertClose(expected, Proportion.UpperBound(x, n, 0.95), 1e-11);

    /// <summary>BA-4 and BA-7: Wilson intervals at 95 %.</summary>
    [Theory]
    [InlineData(3, 1000, 0.00102078388114, 0.00878301405350)]
    [InlineData(17, 4096, 0.00259297785420, 0.00663700315867)]
    [InlineData(0, 300, 0, 0.0126429712245)]
    public void Wilson_intervals_BA_4_and_BA_7(int x, int n, double low, double high)
    {
        var wilson = Proportion.Wilson(x, n, 0.95);
        Reference.AssertClose(low, wilson.Low, 1e-11);
        Reference.AssertClose(high, wilson.High, 1e-11);
    }

    [Fact]
    public void At_the_upper_bound_so_few_successes_have_the_remaining_probability() =>
        Gen.Select(Gen.Int[1, 2_000], Gen.Int[0, 2_000], Gen.Double[0.5, 0.999]).Where((n, x, _) => x < n).Sample(
            (n, x, confidence) => Reference.AssertClose(
                1 - confidence, BinomialTail.AtMost(n, x, Proportion.UpperBound(x, n, confidence)), 1e-10));

    [Fact]
    public void Bounds_enclose_the_share_and_mirror_each_other() =>
        Gen.Select(Gen.Int[1, 2_000], Gen.Int[0, 2_000]).Where((n, x) => x <= n).Sample((n, x) =>
        {
            var (low, high) = (Proportion.LowerBound(x, n, 0.975), Proportion.UpperBound(x, n, 0.975));
            var wilson = Proportion.Wilson(x, n, 0.95);
            Assert.True(low <= (double)x / n && (double)x / n <= high);
            Assert.True(wilson.Low <= (double)x / n && (double)x / n <= wilson.High);
            Assert.Equal(1 - low, Proportion.UpperBound(n - x, n, 0.975), 1e-15);
        });

    [Fact]
    public void Bad_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.UpperBound(4, 3, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 3, 1));
    }
}
