using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class CorrelationMatrixTests
{
    private static readonly double[][] Impossible = [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]];

    [Fact]
    public void The_root_of_three_assets_is_the_Cholesky_factor()
    {
        var root = CorrelationMatrix.Root([[1, 0.8, 0.6], [0.8, 1, 0.7], [0.6, 0.7, 1]])!;

        Assert.Equal((0.0, 0.0, 0.0), (root[0][1], root[0][2], root[1][2]));
        ReferenceCases.Check("E13", root[0][0], root[1][0], root[1][1], root[2][0], root[2][1], root[2][2]);
    }

    [Fact]
    public void A_matrix_that_no_assets_can_have_is_refused()
    {
        // A and B move together, A and C too, yet B and C move apart: the smallest eigenvalue is -0.8.
        Assert.Null(CorrelationMatrix.Root(Impossible));
        Assert.Equal(-0.8, CorrelationMatrix.SmallestEigenvalue(Impossible), 1e-12);
    }

    [Fact]
    public void The_pairs_to_blame_are_those_that_contradict_each_other()
    {
        // The fourth asset is loosely tied to the first and has no part in it.
        double[][] four =
            [[1, 0.9, 0.9, 0.2], [0.9, 1, -0.9, 0], [0.9, -0.9, 1, 0], [0.2, 0, 0, 1]];

        Assert.Equal([(0, 1), (0, 2), (1, 2)], CorrelationMatrix.Culprits(four).Order());
    }

    [Theory]
    [InlineData(-2e-10, false)]
    [InlineData(-5e-11, true)]
    [InlineData(5e-9, true)]
    public void An_eigenvalue_below_0_by_more_than_rounding_is_refused(double smallest, bool isAllowed)
    {
        // Two assets of correlation c have the eigenvalues 1 - c and 1 + c.
        double[][] pair = [[1, 1 - smallest], [1 - smallest, 1]];

        Assert.Equal(isAllowed, CorrelationMatrix.Root(pair) is not null);
    }

    [Fact]
    public void Assets_that_move_as_one_are_told_apart_by_the_least_eigenvalue()
    {
        double[][] one = [[1, 1, 1], [1, 1, 1], [1, 1, 1]];
        var root = CorrelationMatrix.Root(one)!;

        Assert.Equal(0, CorrelationMatrix.SmallestEigenvalue(one), 1e-12);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, root[i].Sum(x => x * x), 1e-14);
            Assert.Equal(1, root[i][0], 2 * CorrelationMatrix.Least);
            Assert.InRange(root[i][i], 1e-5, 1);
        }
    }

    [Fact]
    public void A_matrix_that_needs_no_clipping_is_not_touched()
    {
        double[][] pair = [[1, 0.5], [0.5, 1]];

        Assert.Equal([1, 0, 0.5, Math.Sqrt(0.75)], CorrelationMatrix.Root(pair)!.SelectMany(row => row));
    }

    [Fact]
    public void The_root_times_its_transpose_is_the_matrix() =>
        Gen.Double[-1, 1].Array[4].Array[4].Sample(loadings =>
        {
            var matrix = CorrelationOf(loadings);
            var root = CorrelationMatrix.Root(matrix);
            Assert.NotNull(root);
            for (var i = 0; i < 4; i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    var product = Enumerable.Range(0, 4).Sum(k => root[i][k] * root[j][k]);
                    Assert.Equal(matrix[i][j], product, 1e-9);
                }
            }
        });

    [Fact]
    public void Stress_towards_one_keeps_a_matrix_possible() =>
        Gen.Select(Gen.Double[-1, 1].Array[4].Array[4], Gen.Double[0, 1]).Sample((loadings, weight) =>
        {
            var matrix = CorrelationOf(loadings);
            double[][] stressed = [.. matrix.Select(row => row.Select(x => (1 - weight) * x + weight).ToArray())];
            Assert.NotNull(CorrelationMatrix.Root(stressed));
            Assert.True(CorrelationMatrix.SmallestEigenvalue(stressed)
                >= (1 - weight) * CorrelationMatrix.SmallestEigenvalue(matrix) - 1e-12);
        });

    /// <summary>
    /// The correlation of four assets with these loadings on four factors and some noise of their own.
    /// </summary>
    private static double[][] CorrelationOf(double[][] loadings)
    {
        double Covariance(int i, int j) => loadings[i].Zip(loadings[j], (x, y) => x * y).Sum() + (i == j ? 0.01 : 0);
        return [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4)
            .Select(j => i == j ? 1 : Covariance(i, j) / Math.Sqrt(Covariance(i, i) * Covariance(j, j))).ToArray())];
    }
}
