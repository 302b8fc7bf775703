namespace ScenarioGrid.Models.Pricing;

/// <summary>Correlation matrices: whether prices can have them, and the root that mixes independent normals.</summary>
/// <remarks>
/// <code>
/// L L' = rho                                          Z = L G has the correlations rho
/// smallest eigenvalue below -1e-10: refused
/// below 1e-8:  rho = V diag(max(e, 1e-8)) V', rescaled to a unit diagonal, then the root
/// </code>
/// <para>Assets that move as one are so told apart by 1e-4 of a normal, and the root needs no pivots.</para>
/// <para>Source: N. J. Higham, "Computing the nearest correlation matrix - a problem from finance", IMA Journal of
/// Numerical Analysis 22 (2002), introduction; eigenvalues by cyclic Jacobi: G. H. Golub and C. F. Van Loan, "Matrix
/// Computations", section 8.5.</para>
/// </remarks>
public static class CorrelationMatrix
{
    /// <summary>Eigenvalues below this are no rounding: no prices have such correlations.</summary>
    public const double Refused = -1e-10;

    /// <summary>Eigenvalues below this are raised to it.</summary>
    public const double Least = 1e-8;

    private const int Sweeps = 60;

    /// <summary>Lower triangular L with L L' = the matrix, clipped where it has to be.</summary>
    /// <param name="matrix">Symmetric, unit diagonal, [n][n].</param>
    /// <returns>The root, or null when the matrix is not positive semidefinite.</returns>
    public static double[][]? Root(double[][] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var (values, vectors) = Eigen(matrix);
        var smallest = values.DefaultIfEmpty(1).Min();
        return smallest < Refused ? null : Cholesky(smallest < Least ? Clipped(values, vectors) : matrix);
    }

    /// <summary>Smallest eigenvalue of a symmetric matrix.</summary>
    /// <param name="matrix">Symmetric, [n][n], n at least 1.</param>
    public static double SmallestEigenvalue(double[][] matrix) => Eigen(matrix).Values.Min();

    /// <summary>The pairs that make a matrix impossible, the worst first.</summary>
    /// <remarks>
    /// The smallest eigenvalue is the sum of rho_ij w_i w_j over its eigenvector w. A pair counts when its term is
    /// below 0 by a tenth of the lowest: a correlation nearer to 0 would raise the eigenvalue.
    /// </remarks>
    /// <param name="matrix">Symmetric, unit diagonal, [n][n].</param>
    public static IReadOnlyList<(int First, int Second)> Culprits(double[][] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var (values, vectors) = Eigen(matrix);
        var n = Enumerable.Range(0, matrix.Length).ToArray();
        var least = Array.IndexOf(values, values.Min());
        double Term(int i, int j) => matrix[i][j] * vectors[i][least] * vectors[j][least];
        var pairs = n.SelectMany(i => n.Where(j => j > i).Select(j => (i, j)))
            .OrderBy(p => Math.Round(Term(p.i, p.j), 9)).ToArray();
        return pairs.Length == 0 ? [] : [.. pairs.Where(p => Term(p.i, p.j) < 0.1 * Term(pairs[0].i, pairs[0].j))];
    }

    private static double[][] Cholesky(double[][] matrix)
    {
        var n = matrix.Length;
        var root = new double[n][];
        for (var row = 0; row < n; row++)
        {
            root[row] = new double[n];
            for (var column = 0; column <= row; column++)
            {
                var rest = matrix[row][column];
                for (var k = 0; k < column; k++)
                {
                    rest -= root[row][k] * root[column][k];
                }

                root[row][column] = row == column ? Math.Sqrt(Math.Max(rest, 0)) : rest / root[column][column];
            }
        }

        return root;
    }

    private static double[][] Clipped(double[] values, double[][] vectors)
    {
        var n = values.Length;
        var raised = new double[n][];
        for (var i = 0; i < n; i++)
        {
            raised[i] = new double[n];
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++)
                {
                    raised[i][j] += vectors[i][k] * Math.Max(values[k], Least) * vectors[j][k];
                }
            }
        }

        double[] scale = [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(raised[i][i]))];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                raised[i][j] = i == j ? 1 : raised[i][j] / (scale[i] * scale[j]);
            }
        }

        return raised;
    }

    /// <summary>Eigenvalues, and eigenvectors as columns.</summary>
    private static (double[] Values, double[][] Vectors) Eigen(double[][] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var n = matrix.Length;
        double[][] a = [.. matrix.Select(r => r.ToArray())];
        double[][] vectors = [.. Enumerable.Range(0, n).Select(i =>
            Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0.0).ToArray())];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    Rotate(a, vectors, p, q);
                }
            }
        }

        return ([.. Enumerable.Range(0, n).Select(i => a[i][i])], vectors);
    }

    private static void Rotate(double[][] a, double[][] vectors, int p, int q)
    {
        if (Math.Abs(a[p][q]) < 1e-300)
        {
            return;
        }

        var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < a.Length; k++)
        {
            (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]);
            (vectors[k][p], vectors[k][q]) =
                (c * vectors[k][p] - s * vectors[k][q], s * vectors[k][p] + c * vectors[k][q]);
        }

        for (var k = 0; k < a.Length; k++)
        {
            (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]);
        }
    }
}
