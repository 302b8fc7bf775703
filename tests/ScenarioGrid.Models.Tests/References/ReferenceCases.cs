using System.Globalization;
using ScenarioGrid.Models.References;

namespace ScenarioGrid.Models.Tests.References;

/// <summary>Holds the tables of reference cases: a test computes the numbers, the table says what they must be and how
/// far off they are.</summary>
internal static class ReferenceCases
{
    private static readonly Dictionary<string, ReferenceCase> ById =
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "References"), "*.txt")
            .SelectMany(f => ReferenceCase.Parse(File.ReadLines(f))).ToDictionary(c => c.Id);

    /// <summary>Differences below this are rounding, which nobody wants to see change in a table.</summary>
    private const double Rounding = 1e-14;

    /// <summary>The numbers lie within the tolerance of the case, and the table tells the error that is reached.
    /// </summary>
    public static void Check(string id, params double[] actual)
    {
        var row = ById[id];
        var error = row.ErrorOf(actual);
        var reached = error.ToString("0e0", CultureInfo.InvariantCulture);
        Assert.True(error <= row.Tolerance, $"{id}: {string.Join(" ", actual.Select(a => a.ToString("R",
            CultureInfo.InvariantCulture)))} is off by {reached}, allowed {row.Tolerance}");
        var told = Math.Max(row.Error!.Value, Rounding);
        Assert.True(error <= told * 1.6 && Math.Max(error, Rounding) >= told / 1.6,
            $"{id}: the error reached is {reached}, the table tells {row.Error}");
    }
}
