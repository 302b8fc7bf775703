using System.Buffers.Binary;
using System.Numerics;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cells;

/// <summary>Sobol's sequence with Joe and Kuo's direction numbers, scrambled by a seed: evenly spread points in many
/// dimensions.</summary>
/// <remarks>
/// <para>
/// Point i is computed for i alone: bit k of the Gray code of i selects direction number k, and the selected numbers
/// are added without carry. Of any 2^k points from a multiple of 2^k on, every interval of length 2^-k holds exactly
/// one, in each dimension, with and without scrambling. Take a power of two as the number of points.
/// </para>
/// <para>
/// Scrambling is Owen's nested uniform one by hashing: reverse the bits, apply a hash in which each bit depends on
/// lower ones only, reverse again (Laine and Karras, EGSR 2011; constants of Burley, "Practical hash-based Owen
/// scrambling", JCGT 9(4), 2020). The seed of each dimension is drawn by Philox.
/// </para>
/// <para>
/// Direction numbers: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections",
/// SIAM J. Sci. Comput. 30 (2008), file new-joe-kuo-6.21201, dimensions 2 to 48, (c) 2008 Frances Y. Kuo and Stephen
/// Joe, BSD licence. Terms: SobolSequence.LICENSE.txt beside this file; https://web.maths.unsw.edu.au/~fkuo/sobol/.
/// </para>
/// </remarks>
public sealed class SobolSequence
{
    /// <summary>Number of dimensions with direction numbers.</summary>
    public const int DimensionsMax = 48;

    /// <summary>Number of points before the sequence repeats.</summary>
    public const long PointsMax = 1L << 32;

    private const int Bits = 32;

    /// <summary>Dimensions from the second on: the inner coefficients a of the polynomial, then m_1 to m_s.</summary>
    private static readonly uint[][] JoeKuo =
    [
        [0, 1], [1, 1, 3], [1, 1, 3, 1], [2, 1, 1, 1], [1, 1, 1, 3, 3], [4, 1, 3, 5, 13], [2, 1, 1, 5, 5, 17],
        [4, 1, 1, 5, 5, 5], [7, 1, 1, 7, 11, 19], [11, 1, 1, 5, 1, 1], [13, 1, 1, 1, 3, 11], [14, 1, 3, 5, 5, 31],
        [1, 1, 3, 3, 9, 7, 49], [13, 1, 1, 1, 15, 21, 21], [16, 1, 3, 1, 13, 27, 49], [19, 1, 1, 1, 15, 7, 5],
        [22, 1, 3, 1, 15, 13, 25], [25, 1, 1, 5, 5, 19, 61], [1, 1, 3, 7, 11, 23, 15, 103],
        [4, 1, 3, 7, 13, 13, 15, 69], [7, 1, 1, 3, 13, 7, 35, 63], [8, 1, 3, 5, 9, 1, 25, 53],
        [14, 1, 3, 1, 13, 9, 35, 107], [19, 1, 3, 1, 5, 27, 61, 31], [21, 1, 1, 5, 11, 19, 41, 61],
        [28, 1, 3, 5, 3, 3, 13, 69], [31, 1, 1, 7, 13, 1, 19, 1], [32, 1, 3, 7, 5, 13, 19, 59],
        [37, 1, 1, 3, 9, 25, 29, 41], [41, 1, 3, 5, 13, 23, 1, 55], [42, 1, 3, 7, 3, 13, 59, 17],
        [50, 1, 3, 1, 3, 5, 53, 69], [55, 1, 1, 5, 5, 23, 33, 13], [56, 1, 1, 7, 7, 1, 61, 123],
        [59, 1, 1, 7, 9, 13, 61, 49], [62, 1, 3, 3, 5, 3, 55, 33], [14, 1, 3, 1, 15, 31, 13, 49, 245],
        [21, 1, 3, 5, 15, 31, 59, 63, 97], [22, 1, 3, 1, 11, 11, 11, 77, 249], [38, 1, 3, 1, 11, 27, 43, 71, 9],
        [47, 1, 1, 7, 15, 21, 11, 81, 45], [49, 1, 3, 7, 3, 25, 31, 65, 79], [50, 1, 3, 1, 1, 19, 11, 3, 205],
        [52, 1, 1, 5, 9, 19, 21, 29, 157], [56, 1, 3, 7, 11, 1, 33, 89, 185], [67, 1, 3, 3, 3, 15, 9, 79, 71],
        [70, 1, 3, 7, 11, 15, 39, 119, 27],
    ];

    private readonly uint[][] _directions;
    private readonly uint[]? _seeds;

    /// <param name="dimensions">Number of dimensions, 1 to 48.</param>
    /// <param name="seed">Seed of the scrambling; null for the plain sequence, whose first point is the origin.</param>
    public SobolSequence(int dimensions, ulong? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, DimensionsMax);
        _directions = [.. Enumerable.Range(0, dimensions).Select(Directions)];
        if (seed is { } value)
        {
            var key = PhiloxKey.Of(value, "sobol");
            _seeds = [.. Enumerable.Range(0, dimensions).Select(d =>
                Philox.Words(((uint)d, 0, 0, 0), (key.K0, key.K1)).W0)];
        }
    }

    /// <summary>Number of dimensions.</summary>
    public int Dimensions => _directions.Length;

    /// <summary>Coordinate of a point, in (0, 1): the middle of its interval of length 2^-32.</summary>
    /// <param name="point">Number of the point, 0 to 2^32 - 1.</param>
    /// <param name="dimension">Dimension, from 0.</param>
    public double Coordinate(long point, int dimension) => (Word(point, dimension) + 0.5) * 2.3283064365386963e-10;

    /// <summary>Coordinate of a point in units of 2^-32.</summary>
    /// <inheritdoc cref="Coordinate"/>
    public uint Word(long point, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, PointsMax);
        var directions = _directions[dimension];
        var word = 0u;
        for (var gray = (uint)(point ^ (point >> 1)); gray != 0; gray &= gray - 1)
        {
            word ^= directions[BitOperations.TrailingZeroCount(gray)];
        }

        return _seeds is null ? word : Scramble(word, _seeds[dimension]);
    }

    /// <summary>Direction numbers v_1 to v_32 by the recurrence of the dimension's primitive polynomial.</summary>
    internal static uint[] Directions(int dimension)
    {
        var directions = new uint[Bits];
        if (dimension == 0)
        {
            for (var k = 0; k < Bits; k++)
            {
                directions[k] = 1u << (Bits - 1 - k);
            }

            return directions;
        }

        var row = JoeKuo[dimension - 1];
        var degree = row.Length - 1;
        for (var k = 0; k < Bits; k++)
        {
            if (k < degree)
            {
                directions[k] = row[k + 1] << (Bits - 1 - k);
                continue;
            }

            directions[k] = directions[k - degree] ^ (directions[k - degree] >> degree);
            for (var j = 1; j < degree; j++)
            {
                directions[k] ^= ((row[0] >> (degree - 1 - j)) & 1) * directions[k - j];
            }
        }

        return directions;
    }

    private static uint Scramble(uint word, uint seed)
    {
        unchecked
        {
            var x = Reverse(word) + seed;
            x ^= x * 0x6C50B47Cu;
            x ^= x * 0xB82F1E52u;
            x ^= x * 0xC7AFE638u;
            x ^= x * 0x8D22F6E6u;
            return Reverse(x);
        }
    }

    private static uint Reverse(uint x)
    {
        x = ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
        x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
        x = ((x >> 4) & 0x0F0F0F0Fu) | ((x & 0x0F0F0F0Fu) << 4);
        return BinaryPrimitives.ReverseEndianness(x);
    }
}
