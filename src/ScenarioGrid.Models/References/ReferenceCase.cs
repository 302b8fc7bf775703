using System.Globalization;

namespace ScenarioGrid.Models.References;

/// <summary>
/// One published or independently computed number that a model must reach, and how close it comes; a line of the
/// tables beside this file. The tests hold it, <c>explain</c> and the model pages print it.
/// </summary>
/// <param name="Id">Name of the case: "A1".</param>
/// <param name="Kinds">Component kinds that rest on it.</param>
/// <param name="Case">What is computed, from what input.</param>
/// <param name="Expected">The numbers, in order.</param>
/// <param name="Tolerance">Largest error allowed, relative; absolute where the expected number is 0.</param>
/// <param name="Error">Largest error reached, to one digit; null where the input may not be shipped, so that only who
/// has it can tell.</param>
/// <param name="Source">Where the numbers are from.</param>
public sealed record ReferenceCase(
    string Id, IReadOnlyList<string> Kinds, string Case, IReadOnlyList<double> Expected, double Tolerance,
    double? Error, string Source)
{
    private const int Columns = 7;

    /// <summary>
    /// Reads lines "id | kinds | case | expected | tolerance | error | source"; several numbers and kinds are parted by
    /// spaces, lines that are empty or start with # are skipped. An error "-" is one that nobody can reach here.
    /// </summary>
    /// <exception cref="FormatException">A line has not seven columns, or a number is none.</exception>
    public static IReadOnlyList<ReferenceCase> Parse(IEnumerable<string> lines) =>
        [.. lines.Where(l => l.Trim() is { Length: > 0 } text && text[0] != '#').Select(Line)];

    /// <summary>Largest error of the numbers against the expected ones.</summary>
    /// <exception cref="ArgumentException">There are not as many numbers as expected.</exception>
    public double ErrorOf(IReadOnlyList<double> actual)
    {
        ArgumentNullException.ThrowIfNull(actual);
        return actual.Count == Expected.Count
            ? Expected.Zip(actual, (e, a) => Math.Abs(a - e) / (e == 0 ? 1 : Math.Abs(e))).Max()
            : throw new ArgumentException($"{Id} expects {Expected.Count} numbers, not {actual.Count}", nameof(actual));
    }

    private static ReferenceCase Line(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        return cells.Length == Columns
            ? new ReferenceCase(cells[0], cells[1].Split(' '), cells[2],
                [.. cells[3].Split(' ').Select(Number)], Number(cells[4]),
                cells[5] == "-" ? null : Number(cells[5]), cells[6])
            : throw new FormatException($"a reference case has {Columns} columns, not {cells.Length}: {line}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
