using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Campaigns;

/// <summary>Correlations between named markets as a matrix.</summary>
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

    /// <summary>What is wrong with correlations that no prices can have: the pairs to blame, the worst first.</summary>
    /// <param name="names">Names of the factors.</param>
    /// <param name="matrix">Their correlations, not positive semidefinite.</param>
    public static string Fault(IReadOnlyList<string> names, double[][] matrix)
    {
        var pairs = CorrelationMatrix.Culprits(matrix)
            .Select(p => FormattableString.Invariant(
                $"{names[p.First]} with {names[p.Second]} {matrix[p.First][p.Second]:0.###}"));
        return FormattableString.Invariant(
            $"smallest eigenvalue {CorrelationMatrix.SmallestEigenvalue(matrix):0.00}; no prices can have ")
            + $"{string.Join(", ", pairs)} at once; bring them nearer to 0";
    }
}
