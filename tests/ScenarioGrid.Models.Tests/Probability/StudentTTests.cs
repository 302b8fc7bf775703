using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class StudentTTests
{
    [Fact]
    public void Cdf_agrees_with_mpmath() => Reference.Check("studentT", 1e-12, x => StudentT.Cdf(x[0], x[1]));

    [Fact]
    public void Quantile_undoes_Cdf() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[1, 200]).Sample((t, degrees) =>
        {
            var p = StudentT.Cdf(-Math.Abs(t), degrees);
            Assert.Equal(-Math.Abs(t), StudentT.Quantile(p, degrees), 1e-11);

            // Near 1 a double holds the tail probability less finely.
            Assert.Equal(-StudentT.Quantile(p, degrees), StudentT.Quantile(1 - p, degrees), 1e-12 + 1e-14 / p);
        });

    [Fact]
    public void Many_degrees_of_freedom_approach_the_normal_distribution() => Gen.Double[0.001, 0.999].Sample(p =>
        Assert.Equal(LaneMath.NormalInverse(p), StudentT.Quantile(p, 1e7), 2e-6));
}
