using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>The laws on every component and shock of ScenarioGrid; a new one is under them as soon as it
/// exists.</summary>
public class ComponentLawsTests
{
    private static readonly ComponentCatalog Catalog = ComponentCatalog.Default;

    public static TheoryData<string, string> ComponentsAndLaws() =>
        Pairs(Catalog.Components.Keys, Law.All.Select(l => l.Name));

    public static TheoryData<string, string> ShocksAndLaws() => Pairs(Catalog.Shocks.Keys, ShockLaws.All.Keys);

    [Theory]
    [MemberData(nameof(ComponentsAndLaws))]
    public void Every_component_obeys_every_law(string kind, string law)
    {
        var breach = Law.Named(law).Breach(Catalog.Components[kind]);
        Assert.True(breach is null, breach);
    }

    [Theory]
    [MemberData(nameof(ShocksAndLaws))]
    public void Every_shock_obeys_every_law(string kind, string law)
    {
        var breach = ShockLaws.All[law](Catalog.Shocks[kind], Catalog);
        Assert.True(breach is null, breach);
    }

    [Fact]
    public void No_model_is_left_out_of_the_catalog() => Assert.Empty(Catalog.Skipped);

    [Fact]
    public void Defaults_keep_the_rules_between_parameters()
    {
        var broken = Catalog.Components.Values.Concat(Catalog.Shocks.Values).SelectMany(kind =>
            kind.Check([.. kind.Parameters.Select(p => p.Default)])
                .Select(b => $"{kind.Name}.{b.Parameter}: {b.Message}")
                .Concat(kind.Parameters.Where(p => p.Default < p.Low || p.Default > p.High)
                    .Select(p => $"{kind.Name}.{p.Name}: its default is out of bounds")));
        Assert.Empty(broken);
    }

    private static TheoryData<string, string> Pairs(IEnumerable<string> kinds, IEnumerable<string> laws)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var (kind, law) in kinds.Order(StringComparer.Ordinal).SelectMany(k => laws.Select(l => (k, l))))
        {
            pairs.Add(kind, law);
        }

        return pairs;
    }
}
