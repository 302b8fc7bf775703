using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Tests.Laws.Broken;

namespace ScenarioGrid.Tests.Laws;

/// <summary>A law that catches nothing proves nothing: each is shown a component broken on purpose.</summary>
public class BrokenComponentsTests
{
    private static readonly ComponentCatalog Catalog = new(typeof(Sound).Assembly);

    // A breach can imply others: what differs from run to run also differs from split to split.
    [Theory]
    [InlineData("sound")]
    [InlineData("broken-shared-state", "same bits again", "same bits under any block split",
        "same bits from a checkpoint", "a start may run again", "no path reads another")]
    [InlineData("broken-block-split", "same bits under any block split", "no path reads another")]
    [InlineData("broken-checkpoint", "same bits from a checkpoint")]
    [InlineData("broken-start", "a start may run again")]
    [InlineData("broken-path-mixing", "no path reads another")]
    [InlineData("broken-neighbours", "no path reads another")]
    [InlineData("broken-division", "values are finite")]
    [InlineData("broken-bounds", "outputs within declared bounds")]
    [InlineData("broken-ledger", "value is conserved")]
    [InlineData("broken-allocation", "no allocation in a step")]
    [InlineData("broken-parameters", "every parameter matters")]
    public void Each_law_catches_its_broken_component(string kind, params string[] laws)
    {
        var caught = Law.All.Where(l => l.Breach(Catalog.Components[kind]) is not null).Select(l => l.Name);
        Assert.Equal(laws, caught);
    }

    [Theory]
    [InlineData("sound-shock")]
    [InlineData("broken-dial", "the dial exists", "severity 0 is no shock", "values are finite")]
    [InlineData("broken-shock", "severity 0 is no shock", "values are finite", "same value again", "no allocation",
        "every parameter matters")]
    public void Each_law_catches_its_broken_shock(string kind, params string[] laws)
    {
        var caught = ShockLaws.All.Where(l => l.Value(Catalog.Shocks[kind], Catalog) is not null).Select(l => l.Key);
        Assert.Equal(laws, caught);
    }

    [Fact]
    public void A_breach_names_the_kind_the_law_the_place_and_how_to_see_it_again()
    {
        var breach = Law.Named("outputs within declared bounds").Breach(Catalog.Components["broken-bounds"])!;
        Assert.StartsWith("broken-bounds breaks the law \"outputs within declared bounds\"\n  share = 1.00", breach,
            StringComparison.Ordinal);
        Assert.Contains("at tick ", breach, StringComparison.Ordinal);
        Assert.Contains(", path ", breach, StringComparison.Ordinal);
        Assert.Contains("is outside [0, 1]", breach, StringComparison.Ordinal);
        Assert.Contains("repeat: LAWS_SEED=1 dotnet test tests/ScenarioGrid.Tests", breach, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_parameter_and_twin_choices_are_named()
    {
        var breach = Law.Named("every parameter matters").Breach(Catalog.Components["broken-parameters"])!;
        Assert.Contains("parameter rate moves no output, push or state", breach, StringComparison.Ordinal);
        Assert.Contains("parameter policy: trebles and also-trebles never differ", breach, StringComparison.Ordinal);
        Assert.DoesNotContain("doubles and", breach, StringComparison.Ordinal);
    }
}
