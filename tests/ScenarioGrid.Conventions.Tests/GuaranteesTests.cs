using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>The page of guarantees names tests and fault cases that are there.</summary>
public sealed partial class GuaranteesTests
{
    private static readonly string Page = Repository.Read("docs/guarantees.md");

    [Fact]
    public void Every_guarantee_is_there_once() => Assert.Equal(
        Enumerable.Range(1, 18).Select(n => $"G{n}"), Row().Matches(Page).Select(m => m.Groups[1].Value));

    [Fact]
    public void Every_test_that_holds_one_exists()
    {
        var tests = Repository.Files("tests", ".cs").Select(Repository.Read).ToList();
        Faults.None(TestName().Matches(Page).Select(m => m.Groups[1].Value)
            .Where(name => !tests.Any(t => t.Contains($" {name}(", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_fault_case_that_holds_one_exists()
    {
        var cases = Repository.Files("tests/faults", ".sh").Select(Repository.Read).ToList();
        Faults.None(CaseName().Matches(Page).Select(m => m.Value).Distinct()
            .Where(name => !cases.Any(c => c.Contains($"case_{name}()", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"^\| (G\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\bF\d\d\b")]
    private static partial Regex CaseName();
}
