using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class HypergeometricTailTests
{
    [Fact]
    public void AtLeast_agrees_with_mpmath() => Reference.Check("hypergeometricTail", 1e-12, x =>
        HypergeometricTail.AtLeast((long)x[0], (long)x[1], (long)x[2], (long)x[3]));

    [Fact]
    public void Drawing_and_marking_can_be_exchanged() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[0, 500], Gen.Int[0, 500], Gen.Int[0, 500])
            .Where((n, m, d, _) => m <= n && d <= n).Sample((n, m, d, k) => Assert.Equal(
                HypergeometricTail.AtLeast(n, m, d, k), HypergeometricTail.AtLeast(n, d, m, k), 1e-12));

    [Fact]
    public void Impossible_draws_are_refused() =>
        Assert.Throws<ArgumentException>(() => HypergeometricTail.AtLeast(10, 11, 3, 1));
}
