using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>Words that must not stand in finished work.</summary>
public partial class WordTests
{
    private const string Own = "tests/ScenarioGrid.Conventions.Tests/WordTests.cs";

    [Fact]
    public void Nothing_is_left_to_do()
    {
        var broken = Find(Repository.Sources(), Unfinished(), keepComments: true);
        Faults.None(broken);
    }

    [Fact]
    public void Tests_wait_for_events_and_not_for_time() =>
        Faults.None(Find(
            Repository.Files("tests", ".cs").Where(f => f.Contains(".Tests/", StringComparison.Ordinal)),
            Sleeps(), keepComments: false));

    [Fact]
    public void No_test_is_switched_off() =>
        Faults.None(Find(Repository.Files("tests", ".cs"), Skips(), keepComments: false));

    [Fact]
    public void Nothing_names_a_folder_of_a_developer() =>
        Faults.None(Find(
            [.. Repository.Sources(), .. Repository.Files("docs", ".md"), .. Repository.Files("examples", ".yaml"),
                .. Repository.Files("", ".csproj"), .. Repository.Files("", ".props")],
            HomePaths(), keepComments: true));

    private static IEnumerable<string> Find(IEnumerable<string> files, Regex words, bool keepComments) => files
        .Where(f => f != Own)
        .SelectMany(f => words.Matches(keepComments ? Repository.Read(f) : SourceText.Bare(Repository.Read(f)))
            .Select(m => $"{f}: {m.Value}"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    // A delay that names its clock waits for simulated time, which passes by events.
    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b(?![^;]*\bTime\b)|\bSpinWait\b")]
    private static partial Regex Sleeps();

    [GeneratedRegex(@"\bSkip\s*=\s")]
    private static partial Regex Skips();

    [GeneratedRegex(@"(?<![\w.])/(home|Users|work)/\w+|\b[A-Z]:\\\\?Users\b")]
    private static partial Regex HomePaths();
}
