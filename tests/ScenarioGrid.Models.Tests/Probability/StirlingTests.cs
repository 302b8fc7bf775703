using System.Numerics;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class StirlingTests
{
    [Fact]
    public void LogGamma_agrees_with_mpmath() =>
        Reference.Check("logGamma", 1e-15, x => Stirling.LogGamma(x[0]), absolute: 1e-14);

    [Fact]
    public void LogGamma_grows_by_the_logarithm_of_its_argument() => Gen.Double[1e-3, 1e4].Sample(x =>
    {
        var (expected, actual) = (Math.Log(x), Stirling.LogGamma(x + 1) - Stirling.LogGamma(x));
        Assert.True(Math.Abs(expected - actual) <= 1e-14 * (10 + x * 10), $"x = {x:R}: {expected:R} but {actual:R}");
    });

    [Fact]
    public void LogBinomial_is_the_logarithm_of_the_exact_coefficient() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, 400]).Where((n, k) => k <= n).Sample((n, k) =>
        {
            var exact = BigInteger.One;
            for (var i = 0; i < k; i++)
            {
                exact = exact * (n - i) / (i + 1);
            }

            Reference.AssertClose(BigInteger.Log(exact), Stirling.LogBinomial(n, k), 1e-14, $"ln C({n}, {k})");
        });

    [Fact]
    public void LogBeta_is_made_of_three_LogGammas() =>
        Gen.Select(Gen.Double[0.01, 50], Gen.Double[0.01, 50]).Sample((a, b) =>
        {
            var expected = Stirling.LogGamma(a) + Stirling.LogGamma(b) - Stirling.LogGamma(a + b);
            Assert.Equal(expected, Stirling.LogBeta(a, b), 2e-13);
        });

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Stirling.LogGamma(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stirling.LogBinomial(3, 4));
    }
}
