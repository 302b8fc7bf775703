using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cells;

/// <summary>A Latin hypercube: in every dimension each of the N slices of [0, 1) holds exactly one of the N
/// points.</summary>
/// <remarks>
/// <para>
/// Nothing is stored. The slice of point i in dimension d is a permutation of 0..N-1 computed for i alone: a Feistel
/// network of six rounds on the next power of four, walked until it lands below N (Black and Rogaway, "Ciphers with
/// arbitrary finite domains", CT-RSA 2002), with Philox as the round function. Fewer than four steps on average.
/// </para>
/// <para>Source of the design: McKay, Beckman and Conover, Technometrics 21 (1979).</para>
/// </remarks>
public sealed class LatinHypercube
{
    private const int Rounds = 6;
    private const uint PermutationDraws = 0, JitterDraws = 1;

    private readonly PhiloxKey _key;
    private readonly int _halfBits;

    /// <param name="points">Number of points N, 1 to 2^40.</param>
    /// <param name="dimensions">Number of dimensions, at least 1.</param>
    /// <param name="seed">Seed of the campaign.</param>
    public LatinHypercube(long points, int dimensions, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, 1L << 40);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        (Points, Dimensions, _key) = (points, dimensions, PhiloxKey.Of(seed, "latin-hypercube"));
        for (_halfBits = 1; 1L << (2 * _halfBits) < points;)
        {
            _halfBits++;
        }
    }

    /// <summary>Number of points.</summary>
    public long Points { get; }

    /// <summary>Number of dimensions.</summary>
    public int Dimensions { get; }

    /// <summary>Coordinate of a point, in (0, 1), at a random place inside its slice.</summary>
    public double Coordinate(long point, int dimension)
    {
        var slice = Slice(point, dimension);
        var words = Philox.Words(
            ((uint)point, (uint)(point >> 32), (uint)dimension, JitterDraws), (_key.K0, _key.K1));
        // 32 bits inside a slice of at most 2^40 leave the sum exact enough to stay inside it.
        return Math.Min((slice + (words.W0 + 0.5) * 2.3283064365386963e-10) / Points, 1 - 1.1102230246251565e-16);
    }

    /// <summary>Number of the slice of a point, from 0 to <see cref="Points"/> - 1.</summary>
    public long Slice(long point, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Points);
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dimension, Dimensions);
        // The network permutes a power of four; following its cycle until it is below N permutes 0..N-1.
        do
        {
            point = Shuffle(point, dimension);
        }
        while (point >= Points);
        return point;
    }

    private long Shuffle(long value, int dimension)
    {
        var mask = (1u << _halfBits) - 1;
        var (left, right) = ((uint)(value >> _halfBits), (uint)value & mask);
        for (var round = 0u; round < Rounds; round++)
        {
            var words = Philox.Words((right, round, (uint)dimension, PermutationDraws), (_key.K0, _key.K1));
            (left, right) = (right, left ^ (words.W0 & mask));
        }

        return ((long)left << _halfBits) | right;
    }
}
