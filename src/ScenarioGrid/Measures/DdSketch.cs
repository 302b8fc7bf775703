namespace ScenarioGrid.Measures;

/// <summary>Quantiles of any number of values in a few kilobytes, each within 1 % of the true value.</summary>
/// <remarks>
/// <para>
/// Values fall into buckets whose bounds grow by 1.01 / 0.99; the counts are integers, so sketches merge in any
/// order to the same bits. The bucket of x = 2^e (1 + s) is floor(35 (e + (10 s - 4.2 s^2 + 1.2 s^3) / 7)) with 35
/// replaced by 0.7 / ln(1.01 / 0.99): the cubic stands in for the logarithm, needs no table and only + and *, and
/// costs 1 % more buckets.
/// </para>
/// <para>
/// Source: Masson, Rim and Lee, "DDSketch", PVLDB 12 (2019); the cubic mapping is the one published with the DataDog
/// sketches. The slope (1 + s) f'(s) of the cubic is at least 10/7 (reached at s = 0 and s = 2/3), which gives 0.7.
/// </para>
/// </remarks>
public sealed class DdSketch
{
    /// <summary>Largest relative error of a quantile.</summary>
    public const double RelativeAccuracy = 0.01;

    private const double Multiplier = 34.99883330222059;
    private const double SmallestNormal = 2.2250738585072014e-308;

    private readonly Buckets _positive = new(), _negative = new();
    private long _zeros, _positiveInfinities, _negativeInfinities;

    /// <summary>Number of values added.</summary>
    public long Count => _positive.Total + _negative.Total + _zeros + _positiveInfinities + _negativeInfinities;

    /// <summary>Adds one value; a value below 2.3e-308 in size counts as 0.</summary>
    /// <exception cref="ArgumentException">The value is not a number.</exception>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentException("a sketch cannot hold a value that is not a number", nameof(value));
        }

        if (double.IsInfinity(value))
        {
            _ = value > 0 ? _positiveInfinities++ : _negativeInfinities++;
        }
        else if (Math.Abs(value) < SmallestNormal)
        {
            _zeros++;
        }
        else
        {
            (value > 0 ? _positive : _negative).Add(Bucket(Math.Abs(value)), 1);
        }
    }

    /// <summary>Adds one value per path.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <summary>Adds everything another sketch holds. Any order of merging gives the same bits.</summary>
    public void Merge(DdSketch other)
    {
        _positive.Merge(other._positive);
        _negative.Merge(other._negative);
        _zeros += other._zeros;
        _positiveInfinities += other._positiveInfinities;
        _negativeInfinities += other._negativeInfinities;
    }

    /// <summary>A value within 1 % of the smallest value with at least the share q of all values at or below
    /// it.</summary>
    /// <param name="q">Share, in (0, 1).</param>
    /// <exception cref="InvalidOperationException">The sketch is empty.</exception>
    public double Quantile(double q)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("an empty sketch has no quantiles");
        }

        var rank = Sample.Rank(q, Count) - _negativeInfinities;
        if (rank <= 0)
        {
            return double.NegativeInfinity;
        }

        if (rank <= _negative.Total)
        {
            return -Representative(_negative.BucketOfRank(_negative.Total - rank + 1));
        }

        rank -= _negative.Total + _zeros;
        return rank <= 0 ? 0
            : rank <= _positive.Total ? Representative(_positive.BucketOfRank(rank))
            : double.PositiveInfinity;
    }

    /// <summary>The sketch as integers, for storage and messages.</summary>
    public long[] ToArray() =>
        [_zeros, _positiveInfinities, _negativeInfinities, .. _positive.ToArray(), .. _negative.ToArray()];

    /// <summary>The sketch that <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="ArgumentException">The integers are not a sketch.</exception>
    public static DdSketch FromArray(ReadOnlySpan<long> data)
    {
        var sketch = new DdSketch();
        if (data.Length < 5 || data[..3].ContainsAnyInRange(long.MinValue, -1))
        {
            throw new ArgumentException($"{data.Length} integers are not a sketch", nameof(data));
        }

        (sketch._zeros, sketch._positiveInfinities, sketch._negativeInfinities) = (data[0], data[1], data[2]);
        var rest = sketch._negative.Read(sketch._positive.Read(data[3..]));
        return rest.IsEmpty
            ? sketch
            : throw new ArgumentException($"{rest.Length} integers follow the sketch", nameof(data));
    }

    /// <summary>Bucket of a positive normal number.</summary>
    internal static int Bucket(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) - 1023;
        var s = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000) - 1;
        return (int)Math.Floor((exponent + Cubic(s)) * Multiplier);
    }

    private static double Cubic(double s) => ((6.0 / 35 * s - 0.6) * s + 10.0 / 7) * s;

    /// <summary>The number whose relative distance to both bounds of the bucket is the same.</summary>
    private static double Representative(int bucket)
    {
        var (low, high) = (LowerBound(bucket), LowerBound(bucket + 1));
        return double.IsInfinity(high)
            ? Math.Min(double.MaxValue, low * (1 + RelativeAccuracy))
            : low * (2 / (1 + low / high));
    }

    private static double LowerBound(int bucket)
    {
        var position = bucket / Multiplier;
        var exponent = Math.Floor(position);
        var target = position - exponent;
        // Newton's method on the cubic: its slope stays in [0.74, 1.43], so eight steps settle every bit that matters.
        var s = target;
        for (var i = 0; i < 8; i++)
        {
            s -= (Cubic(s) - target) / ((18.0 / 35 * s - 1.2) * s + 10.0 / 7);
        }

        return exponent >= 1024 ? double.PositiveInfinity
            : exponent < -1022 ? SmallestNormal
            : (1 + s) * BitConverter.Int64BitsToDouble(((long)exponent + 1023) << 52);
    }
}
