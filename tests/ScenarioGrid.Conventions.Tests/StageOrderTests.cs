using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>The straight line of stages: a folder uses the models, itself and the folders named here, and nothing
/// else.</summary>
public partial class StageOrderTests
{
    /// <summary>Folder of src/ScenarioGrid, and the folders it may use.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        // A lane memory and its statistics know only models, so they stand at the foot although they come late in
        // the line.
        ["Instances"] = [],
        ["Measures"] = [],

        // Files of prices become series that a campaign carries with it.
        ["Data"] = [],

        // A campaign file names statistics ("es99"), and the catalog of them is Measures.
        ["Campaigns"] = ["Measures", "Data"],
        ["Cells"] = ["Campaigns"],

        // A scenario wires instances for a cell of a campaign, and its runner ends a cell with its measures.
        ["Scenarios"] = ["Campaigns", "Cells", "Instances", "Measures"],
        ["Frontiers"] = ["Campaigns", "Cells", "Measures"],

        // A report draws the paths of the recommended cell over time, so it runs scenarios once more.
        ["Reports"] = ["Campaigns", "Cells", "Scenarios", "Measures", "Frontiers"],

        // Exhaustive exploration of the same models, beside the line.
        ["Checks"] = ["Campaigns", "Cells", "Instances", "Scenarios"],
    };

    [Fact]
    public void A_stage_uses_only_the_stages_it_may_use()
    {
        var broken = from file in Repository.Files("src/ScenarioGrid", ".cs")
                     let folder = file.Split('/')[2]
                     where !folder.EndsWith(".cs", StringComparison.Ordinal)
                     from used in UsedFolders(file)
                     where used != folder && !MayUse.GetValueOrDefault(folder, []).Contains(used)
                     select $"{file} uses {used}";
        Faults.None(broken);
    }

    [Fact]
    public void Every_stage_folder_is_in_the_table() =>
        Faults.None(Directory.GetDirectories(Path.Combine(Repository.Root, "src/ScenarioGrid"))
            .Select(d => Path.GetFileName(d)!)
            .Except([.. MayUse.Keys, "bin", "obj"]));

    [Fact]
    public void The_table_has_no_circle()
    {
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (MayUse.FirstOrDefault(f => !placed.Contains(f.Key) && f.Value.All(placed.Contains)) is { Key: { } next })
        {
            placed.Add(next);
        }

        Assert.Equal(MayUse.Count, placed.Count);
    }

    [Fact]
    public void Models_know_no_stage()
    {
        var broken = Repository.Files("src/ScenarioGrid.Models", ".cs")
            .SelectMany(f => Usings().Matches(Repository.Read(f)).Select(m => m.Value.Trim())
                .Where(u => !u.StartsWith("using ScenarioGrid.Models", StringComparison.Ordinal))
                .Select(u => $"{f}: {u}"));
        Faults.None(broken);
    }

    /// <summary>Folders named by using lines and by full names.</summary>
    private static IEnumerable<string> UsedFolders(string file) => FolderNames()
        .Matches(SourceText.Bare(Repository.Read(file)))
        .Select(m => m.Groups[1].Value).Where(MayUse.ContainsKey).Distinct();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?ScenarioGrid\.[^;]+;", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"\bScenarioGrid\.(\w+)")]
    private static partial Regex FolderNames();
}
