using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>The table of the thirty systems tells the truth: what it names is there, and what is not there is called
/// planned.</summary>
public partial class SystemsTableTests
{
    private const string Page = "docs/systems.md";

    [Fact]
    public void The_thirty_systems_are_all_there() =>
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"{i}"), Rows().Select(r => r[0]));

    [Fact]
    public void Every_file_exists()
    {
        var missing = Repository.Lines(Page).SelectMany(l => Quoted().Matches(l)).Select(m => m.Groups[1].Value)
            .Where(q => q.Contains('/', StringComparison.Ordinal) && !Repository.Exists(q));
        Faults.None(missing);
    }

    [Fact]
    public void Every_kind_and_measure_exists()
    {
        var catalog = Models.Kernel.ComponentCatalog.Default;
        var kinds = Rows().SelectMany(r => Quoted().Matches(r[2])).Select(m => m.Groups[1].Value)
            .Where(k => !catalog.Components.ContainsKey(k) && !catalog.Shocks.ContainsKey(k));
        var measures = catalog.Components.Values.SelectMany(k => k.Ports.Where(p => p.Over != Models.Kernel.Over.None)
            .Select(p => p.Name)).ToHashSet(StringComparer.Ordinal);
        var unknown = Rows().SelectMany(r => Quoted().Matches(r[3])).Select(m => m.Groups[1].Value)
            .Where(m => !measures.Contains(m));
        Faults.None(kinds.Concat(unknown));
    }

    [Fact]
    public void A_row_without_files_is_planned() =>
        Assert.All(Rows(), r => Assert.Equal(Quoted().IsMatch(r[2]) ? "built" : "planned", r[6].Split(':')[0]));

    private static IEnumerable<string[]> Rows() => Repository.Lines(Page)
        .Where(l => RowStart().IsMatch(l)).Select(l => l.Trim('|').Split('|').Select(c => c.Trim()).ToArray());

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| *\d+ *\|")]
    private static partial Regex RowStart();
}
