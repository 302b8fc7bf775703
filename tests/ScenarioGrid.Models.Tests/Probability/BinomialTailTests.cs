using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class BinomialTailTests
{
    [Fact]
    public void AtLeast_agrees_with_mpmath() =>
        Reference.Check("binomialTail", 1e-13, x => BinomialTail.AtLeast((long)x[0], (long)x[1], x[2]));

    [Fact]
    public void AtLeast_is_an_incomplete_beta_function() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Gen.Double[0.01, 0.99]).Where((n, k, _) => k <= n).Sample(
            (n, k, p) => Assert.Equal(IncompleteBeta.Lower(k, n - k + 1, p), BinomialTail.AtLeast(n, k, p), 1e-13));

    [Fact]
    public void AtLeast_and_AtMost_share_out_the_whole() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[-2, 302], Gen.Double[0, 1]).Sample((n, k, p) =>
            Assert.Equal(1, BinomialTail.AtLeast(n, k, p) + BinomialTail.AtMost(n, k - 1, p), 1e-13));

    [Fact]
    public void Logarithms_go_where_probabilities_underflow() =>
        Reference.AssertClose(1000 * Math.Log(1e-3), BinomialTail.LogAtLeast(1000, 1000, 1e-3), 1e-14);

    [Fact]
    public void Probabilities_out_of_range_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialTail.AtLeast(3, 1, 1.5));
}
