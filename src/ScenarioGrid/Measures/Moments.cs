namespace ScenarioGrid.Measures;

/// <summary>Count, mean and sum of squared deviations of a block, for merging blocks in block order.</summary>
/// <remarks>
/// Merging is not associative in its last bits: always merge in ascending block order, and equal blocks give equal
/// bits. Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm", 1979.
/// </remarks>
/// <param name="Count">Number of values.</param>
/// <param name="Mean">Their mean; 0 when there are none.</param>
/// <param name="SquaredDeviations">Sum of squared deviations from the mean.</param>
public readonly record struct Moments(long Count, double Mean, double SquaredDeviations)
{
    /// <summary>Sample variance (divisor n - 1); 0 below two values.</summary>
    public double Variance => Count < 2 ? 0 : SquaredDeviations / (Count - 1);

    /// <summary>The moments of one block, in the order given.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return default;
        }

        var (sum, squares) = (new CompensatedSum(), new CompensatedSum());
        foreach (var value in values)
        {
            sum.Add(value);
        }

        var mean = sum.Value / values.Length;
        foreach (var value in values)
        {
            squares.Add((value - mean) * (value - mean));
        }

        return new Moments(values.Length, mean, squares.Value);
    }

    /// <summary>Correlation of two rows of values; NaN where all values of one are equal.</summary>
    /// <param name="first">Values.</param>
    /// <param name="second">As many values.</param>
    public static double Correlation(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        Moments a = Of(first), b = Of(second);
        var products = new CompensatedSum();
        for (var i = 0; i < first.Length; i++)
        {
            products.Add((first[i] - a.Mean) * (second[i] - b.Mean));
        }

        return products.Value / (Math.Sqrt(a.SquaredDeviations) * Math.Sqrt(b.SquaredDeviations));
    }

    /// <summary>The moments of this block followed by the next one.</summary>
    public Moments Merge(Moments next)
    {
        if (Count == 0 || next.Count == 0)
        {
            return Count == 0 ? next : this;
        }

        var count = Count + next.Count;
        var step = next.Mean - Mean;
        var share = (double)next.Count / count;
        return new Moments(
            count, Mean + step * share, SquaredDeviations + next.SquaredDeviations + step * step * share * Count);
    }
}
