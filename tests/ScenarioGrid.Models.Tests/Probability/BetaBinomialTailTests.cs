using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class BetaBinomialTailTests
{
    [Fact]
    public void Without_a_spread_it_is_the_binomial_tail() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Double[0.05, 0.95]).Where((n, k, _) => k <= n)
            .Sample((n, k, p) =>
        {
            Assert.Equal(BinomialTail.AtLeast(n, k, p), BetaBinomialTail.AtLeast(n, k, p, 0), 1e-15);
            Assert.Equal(BinomialTail.AtLeast(n, k, p), BetaBinomialTail.AtLeast(n, k, p, 1e-9), 1e-6);
        });

    [Fact]
    public void A_uniform_probability_makes_every_count_equally_likely() =>
        Gen.Select(Gen.Int[1, 2_000], Gen.Int[0, 2_000]).Where((n, k) => k <= n).Sample((n, k) =>
            Reference.AssertClose(
                (n - k + 1.0) / (n + 1), BetaBinomialTail.AtLeast(n, k, 0.5, 1.0 / 3), 4e-15 * (100 + n)));

    [Fact]
    public void Correlation_out_of_range_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BetaBinomialTail.AtLeast(3, 1, 0.5, 1));
}
