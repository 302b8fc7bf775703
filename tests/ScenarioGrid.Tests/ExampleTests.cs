using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;
using ScenarioGrid.Tests.Campaigns;

namespace ScenarioGrid.Tests;

/// <summary>Every example runs, on few paths and its first, middle and last cell, to a pinned hash: a change of any bit of
/// any model is a conscious edit of this file.</summary>
public class ExampleTests
{
    private const int Paths = 16;

    private static readonly Dictionary<string, string> Pinned = new()
    {
        ["bridge-threshold"] = "",
        ["challenge-window"] = "",
        ["coupled-crisis"] = "",
        ["oracle-window"] = "",
    };

    private static string Folder => Path.Combine(Corpus.Root, "examples");

    private static readonly string[] Names =
        [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Examples { get; } = [.. Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Few_paths_of_an_example_run_to_the_pinned_bits(string example)
    {
        var campaign = Read(example) with { Paths = Paths };
        var plan = new ScenarioPlan(campaign);
        var last = plan.Cells.Count - 1;
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [0, last / 2, last]);
        while (!runner.IsDone)
        {
            runner.Advance(long.MaxValue / 2);
        }

        var results = runner.TakeResults();
        Assert.All(results, r => Assert.Null(r.Error));
        Assert.Equal(Pinned.GetValueOrDefault(example), CellResult.Hash(results.OrderBy(r => r.Cell)));
    }

    [Fact]
    public void Every_pinned_example_exists() =>
        Assert.Equal(Pinned.Keys.Order(StringComparer.Ordinal), Names);

    private static Campaign Read(string example)
    {
        var problems = new Problems();
        var file = Path.Combine(Folder, example + ".yaml");
        var campaign = CampaignFile.Read(file, File.ReadAllBytes(file), ComponentCatalog.Default, problems);
        Assert.True(campaign is not null, string.Join('\n', problems.Sorted()));
        return campaign!;
    }
}
