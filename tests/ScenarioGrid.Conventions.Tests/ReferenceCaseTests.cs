namespace ScenarioGrid.Conventions.Tests;

/// <summary>No number of the reference tables is only written down.</summary>
public class ReferenceCaseTests
{
    [Fact]
    public void Every_reference_case_is_held_by_a_test()
    {
        var tests = string.Concat(Repository.Files("tests/ScenarioGrid.Models.Tests", ".cs").Select(Repository.Read));
        var ids = Repository.Files("src/ScenarioGrid.Models/References", ".txt").SelectMany(Repository.Lines)
            .Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('|')[0].Trim()).ToArray();

        Assert.NotEmpty(ids);
        Faults.None(ids.Where(id => !tests.Contains($"\"{id}\"", StringComparison.Ordinal)));
    }
}
