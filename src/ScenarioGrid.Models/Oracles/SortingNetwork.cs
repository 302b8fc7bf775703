using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>Sorts rows of votes path by path with the same comparisons whatever they are.</summary>
/// <remarks>Batcher's merge exchange, Knuth, The Art of Computer Programming 3, 5.2.2, algorithm M: 191 comparisons for
/// 32 rows.</remarks>
public static class SortingNetwork
{
    /// <summary>The comparisons for a number of rows: pairs of a lower and a higher row, one after the other.</summary>
    /// <param name="rows">Rows to sort, at least 1.</param>
    public static int[] Of(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var pairs = new List<int>();
        var top = 1;
        while (2 * top < rows)
        {
            top *= 2;
        }

        for (var step = top; step > 0 && rows > 1; step /= 2)
        {
            var (q, r, distance) = (top, 0, step);
            while (true)
            {
                for (var row = 0; row < rows - distance; row++)
                {
                    if ((row & step) == r)
                    {
                        pairs.AddRange([row, row + distance]);
                    }
                }

                if (q == step)
                {
                    break;
                }

                (distance, q, r) = (q - step, q / 2, step);
            }
        }

        return [.. pairs];
    }

    /// <summary>Brings the rows into rising order on every path.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="comparisons">What <see cref="Of"/> gives for their number.</param>
    public static void Sort(Span<Vec> rows, ReadOnlySpan<int> comparisons)
    {
        for (var k = 0; k + 1 < comparisons.Length; k += 2)
        {
            Vec low = rows[comparisons[k]], high = rows[comparisons[k + 1]];
            rows[comparisons[k]] = Vec.Min(low, high);
            rows[comparisons[k + 1]] = Vec.Max(low, high);
        }
    }
}
