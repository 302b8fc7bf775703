namespace ScenarioGrid.Measures;

/// <summary>The values of one measure over all paths of a cell: sorted once, summed once in path order.</summary>
/// <remarks>
/// Sums are compensated (Neumaier 1974) and run over the paths in their order, so that equal paths give equal bits
/// however they were split into blocks. Infinite values are allowed (a debt that is never repaid); not-a-number is a
/// broken model.
/// </remarks>
public sealed class Sample
{
    private readonly double[] _sorted;

    /// <param name="values">One value per path, in path order; at least one.</param>
    /// <exception cref="ArgumentException">There are no values, or a value is not a number; the message has its
    /// path.</exception>
    public Sample(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("a sample needs at least one path", nameof(values));
        }

        _sorted = new double[values.Length];
        for (var path = 0; path < values.Length; path++)
        {
            if (double.IsNaN(values[path]))
            {
                throw new ArgumentException($"the value of path {path} is not a number", nameof(values));
            }

            // Adding 0 turns -0 into 0: sorting must not be able to choose between them.
            _sorted[path] = values[path] + 0.0;
        }

        (Mean, SquaredDeviations, FourthPowers) = Powers(values);
        Array.Sort(_sorted);
    }

    /// <summary>Number of paths, at least 1.</summary>
    public int Paths => _sorted.Length;

    /// <summary>The values in ascending order.</summary>
    public ReadOnlySpan<double> Sorted => _sorted;

    /// <summary>Smallest value.</summary>
    public double Least => _sorted[0];

    /// <summary>Largest value.</summary>
    public double Greatest => _sorted[^1];

    /// <summary>True when no value is infinite.</summary>
    public bool IsFinite => double.IsFinite(Least) && double.IsFinite(Greatest);

    /// <summary>Arithmetic mean; infinite with infinite values of one sign, not-a-number with both.</summary>
    public double Mean { get; }

    /// <summary>Sum of squared deviations from the mean; not-a-number unless <see cref="IsFinite"/>.</summary>
    public double SquaredDeviations { get; }

    /// <summary>Sum of fourth powers of deviations from the mean; not-a-number unless <see cref="IsFinite"/>.</summary>
    public double FourthPowers { get; }

    /// <summary>Mean squared deviation from the mean.</summary>
    public double Variance => SquaredDeviations / Paths;

    /// <summary>Mean fourth power of deviations from the mean over the squared variance, less 3; 0 for a normal, NaN
    /// where all values are equal.</summary>
    public double ExcessKurtosis => FourthPowers / Paths / (Variance * Variance) - 3;

    /// <summary>Empirical quantile: the smallest value with at least the share q of the paths at or below it.</summary>
    /// <param name="q">Share of the paths, in (0, 1).</param>
    public double Quantile(double q) => _sorted[Rank(q, Paths) - 1];

    /// <summary>ceil(n q), from 1 to n; a product that misses a whole number by rounding only counts as
    /// whole.</summary>
    internal static long Rank(double q, long n)
    {
        var product = q * n;
        var nearest = Math.Round(product);
        var rank = Math.Abs(product - nearest) <= 1e-9 * Math.Max(1, nearest) ? nearest : Math.Ceiling(product);
        return (long)Math.Clamp(rank, 1, n);
    }

    private static (double Mean, double Squares, double Fourths) Powers(ReadOnlySpan<double> values)
    {
        var sum = new CompensatedSum();
        foreach (var value in values)
        {
            sum.Add(value);
        }

        var mean = sum.Value / values.Length;
        var squares = new CompensatedSum();
        var fourths = new CompensatedSum();
        foreach (var value in values)
        {
            var square = (value - mean) * (value - mean);
            squares.Add(square);
            fourths.Add(square * square);
        }

        return (mean, squares.Value, fourths.Value);
    }
}

/// <summary>A running sum that carries its rounding error along (Neumaier 1974).</summary>
internal struct CompensatedSum
{
    private double _sum, _lost;

    /// <summary>The sum so far; infinite or not-a-number as the plain sum would be.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    public void Add(double value)
    {
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }
}
