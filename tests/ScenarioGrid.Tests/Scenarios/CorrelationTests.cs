using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Scenarios;

public class CorrelationTests
{
    /// <summary>Row E13, computed with mpmath.</summary>
    [Fact]
    public void The_root_of_three_assets_is_the_Cholesky_factor()
    {
        var root = Correlation.Cholesky([[1, 0.8, 0.6], [0.8, 1, 0.7], [0.6, 0.7, 1]])!;

        double[] expected = [1, 0, 0, 0.8, 0.6, 0, 0.6, 0.366666666667, 0.711024300257];
        double[] actual = [.. root.SelectMany(row => row)];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-11);
        }
    }

    [Fact]
    public void A_matrix_that_no_assets_can_have_is_refused()
    {
        // A and B move together, A and C too, yet B and C move apart: the smallest eigenvalue is -0.8.
        double[][] impossible = [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]];

        Assert.Null(Correlation.Cholesky(impossible));
        Assert.Equal(-0.8, Correlation.SmallestEigenvalue(impossible), 1e-12);
    }

    [Fact]
    public void Assets_that_move_as_one_are_allowed()
    {
        double[][] one = [[1, 1, 1], [1, 1, 1], [1, 1, 1]];

        Assert.Equal([1, 0, 0, 1, 0, 0, 1, 0, 0], Correlation.Cholesky(one)!.SelectMany(row => row));
        Assert.Equal(0, Correlation.SmallestEigenvalue(one), 1e-12);
    }

    [Fact]
    public void The_root_times_its_transpose_is_the_matrix() =>
        Gen.Double[-1, 1].Array[4].Array[4].Sample(loadings =>
        {
            var matrix = CorrelationOf(loadings);
            var root = Correlation.Cholesky(matrix);
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
            Assert.NotNull(Correlation.Cholesky(stressed));
            Assert.True(Correlation.SmallestEigenvalue(stressed)
                >= (1 - weight) * Correlation.SmallestEigenvalue(matrix) - 1e-12);
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
