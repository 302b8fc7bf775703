using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

/// <summary>Rows of a lane, path by path.</summary>
internal static class VecsReading
{
    /// <summary>The value of one path.</summary>
    public static double At(this Vecs row, int path) => row[path / Vec.Width][path % Vec.Width];

    /// <summary>The values of all paths.</summary>
    public static double[] ToArray(this Vecs row)
    {
        var values = new double[row.Length * Vec.Width];
        for (var path = 0; path < values.Length; path++)
        {
            values[path] = row.At(path);
        }

        return values;
    }
}
