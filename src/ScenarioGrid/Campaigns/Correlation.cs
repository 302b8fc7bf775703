namespace ScenarioGrid.Campaigns;

/// <summary>Correlation matrices: Cholesky root, and how far a matrix is from being one.</summary>
public static class Correlation
{
    /// <summary>The matrix of named factors; pairs that are not given are uncorrelated.</summary>
    public static double[][] Matrix(IReadOnlyList<string> names, IEnumerable<CorrelationSpec> pairs)
    {
        var place = names.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        var matrix = names.Select((_, i) => names.Select((_, j) => i == j ? 1.0 : 0.0).ToArray()).ToArray();
        foreach (var pair in pairs)
        {
            var (i, j) = (place[pair.First], place[pair.Second]);
            matrix[i][j] = matrix[j][i] = pair.Value;
        }

        return matrix;
    }

    /// <summary>Lower triangular L with L L' = the matrix.</summary>
    /// <param name="matrix">Symmetric, unit diagonal, [n][n].</param>
    /// <returns>The root, or null when the matrix is not positive semidefinite (a pivot below -1e-10).</returns>
    public static double[][]? Cholesky(double[][] matrix)
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

                if (row == column)
                {
                    if (rest < -1e-10)
                    {
                        return null;
                    }

                    root[row][row] = Math.Sqrt(Math.Max(rest, 0));
                }
                else
                {
                    root[row][column] = root[column][column] > 1e-8 ? rest / root[column][column] : 0;
                }
            }
        }

        return root;
    }

    /// <summary>Smallest eigenvalue of a symmetric matrix, by Jacobi rotations.</summary>
    public static double SmallestEigenvalue(double[][] matrix)
    {
        var n = matrix.Length;
        var a = matrix.Select(r => r.ToArray()).ToArray();
        for (var sweep = 0; sweep < 60; sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    Rotate(a, p, q);
                }
            }
        }

        return Enumerable.Range(0, n).Min(i => a[i][i]);
    }

    private static void Rotate(double[][] a, int p, int q)
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
        }

        for (var k = 0; k < a.Length; k++)
        {
            (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]);
        }
    }
}
