using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>Examples are read like any campaign file, so none can drift from the program.</summary>
public class ExampleTests
{
    private const string Modeline = "# yaml-language-server: $schema=";

    [Fact]
    public void Every_example_is_a_valid_campaign()
    {
        var broken = Repository.Files("examples", ".yaml").SelectMany(file =>
        {
            var problems = new Problems();
            var bytes = File.ReadAllBytes(Path.Combine(Repository.Root, file));
            CampaignFile.Read(file, bytes, ComponentCatalog.Default, problems);
            return problems.Sorted().Select(p => p.ToString());
        });
        Faults.None(broken);
    }

    [Fact]
    public void Every_example_begins_with_its_schema() =>
        Faults.None(Repository.Files("examples", ".yaml")
            .Where(f => !Repository.Lines(f)[0].StartsWith(Modeline, StringComparison.Ordinal)));
}
