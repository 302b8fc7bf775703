using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class IncompleteBetaTests
{
    [Fact]
    public void Lower_agrees_with_mpmath() =>
        Reference.Check("incompleteBeta", 1e-13, x => IncompleteBeta.Lower(x[0], x[1], x[2]));

    [Fact]
    public void Inverse_undoes_Lower() =>
        Gen.Select(Gen.Double[0.5, 500], Gen.Double[0.5, 500], Gen.Double[1e-6, 0.999]).Sample((a, b, p) =>
        {
            // The neighbours of x must enclose p as far as rounding of x lets them.
            var x = IncompleteBeta.Inverse(a, b, p);
            var low = IncompleteBeta.Lower(a, b, x * (1 - 1e-13));
            var high = IncompleteBeta.Lower(a, b, Math.Min(1, x * (1 + 1e-13)));
            Assert.True(low <= p * (1 + 1e-13) && high >= p * (1 - 1e-13), $"I_{x:R}({a:R}, {b:R}) misses {p:R}");
        });

    [Fact]
    public void The_uniform_case_is_the_identity() => Gen.Double[0, 1].Sample(p =>
    {
        Assert.Equal(p, IncompleteBeta.Inverse(1, 1, p), 1e-15);
        Assert.Equal(p, IncompleteBeta.Lower(1, 1, p), 1e-15);
    });

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteBeta.Lower(0, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteBeta.Lower(1, 1, -0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteBeta.Inverse(1, 1, 1.5));
    }
}
