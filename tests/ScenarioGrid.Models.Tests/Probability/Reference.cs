using System.Globalization;

namespace ScenarioGrid.Models.Tests.Probability;

/// <summary>Reads the tables of Probability/Data (made by generate.py there) and compares with a relative
/// tolerance.</summary>
internal static class Reference
{
    public static void Check(
        string table, double relative, Func<double[], double> f, int results = 1, int result = 0, double absolute = 0)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Probability", "Data", table + ".txt");
        var rows = File.ReadAllLines(path).Select(line => line.Split(' ')
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.True(rows.Length >= 50, $"{table}: only {rows.Length} reference points");
        foreach (var row in rows)
        {
            var arguments = row[..^results];
            var expected = row[arguments.Length + result];
            AssertClose(expected, f(arguments), relative + absolute / Math.Abs(expected),
                $"{table}({string.Join(", ", arguments.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))})");
        }
    }

    public static void AssertClose(double expected, double actual, double relative, string what = "value")
    {
        var error = Math.Abs(actual - expected) / Math.Abs(expected);
        Assert.True(expected == actual || error <= relative,
            $"{what}: expected {expected:R}, actual {actual:R}, relative error {error:E2}, allowed {relative:E2}");
    }

    /// <summary>Expected numbers against computed ones, one relative tolerance.</summary>
    public static void AssertAllClose(double[] expected, IEnumerable<double> actual, double relative)
    {
        var values = actual.ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            AssertClose(expected[i], values[i], relative, $"number {i}");
        }
    }
}
