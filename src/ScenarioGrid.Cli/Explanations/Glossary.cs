using System.Globalization;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Crises;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Cli.Explanations;

/// <summary>Finds what a name stands for: kind, part of a kind, statistic, unit.</summary>
public sealed class Glossary(ComponentCatalog catalog)
{
    private static readonly IReadOnlyList<UnitInfo> Units = [.. typeof(IUnit).Assembly.GetExportedTypes()
        .Where(t => t.IsValueType && typeof(IUnit).IsAssignableFrom(t)).OrderBy(t => t.Name, StringComparer.Ordinal)
        .Select(t => (UnitInfo)t.GetProperty(nameof(IUnit.Info))!.GetValue(null)!)];

    /// <summary>Everything that can be asked for by one word.</summary>
    public IEnumerable<string> Names => catalog.Components.Keys.Concat(catalog.Shocks.Keys)
        .Concat(CrisisLibrary.All.Select(c => c.Name)).Concat(Statistics.Names)
        .Concat(Units.Select(NameOf)).Concat(Units.SelectMany(u => u.Accepted.Select(a => a.Suffix)))
        .Distinct().Order(StringComparer.Ordinal);

    /// <summary>The page of a name.</summary>
    /// <exception cref="CommandException">Nothing has that name.</exception>
    public Explanation Find(string name)
    {
        if (KindOf(name) is { } kind)
        {
            return KindPages.Kind(kind);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0 && KindOf(name[..dot]) is { } owner)
        {
            var part = name[(dot + 1)..];
            return KindPages.Part(owner, part) ?? throw new CommandException(Exit.NotFound,
                $"a {owner.Name} has no '{part}'{Suggestion.Text(part, KindPages.PartNames(owner))}");
        }

        return CrisisLibrary.Find(name) is { } crisis ? KindPages.Crisis(crisis)
            : Statistics.Find(name) is { } statistic ? Page(statistic)
            : Units.FirstOrDefault(u => NameOf(u) == name || u.Accepted.Any(a => a.Suffix == name)) is { } unit
                ? Page(unit)
            : throw new CommandException(
                Exit.NotFound, $"'{name}' is no kind, statistic, shock, crisis or unit{Hint(name, dot)}");
    }

    /// <summary>The list of everything there is.</summary>
    public Explanation All()
    {
        var components = catalog.Components.Values.Where(k => !k.IsAttack).OrderBy(k => k.Stage)
            .ThenBy(k => k.Family, StringComparer.Ordinal)
            .ThenBy(k => k.Name, StringComparer.Ordinal);
        var attacks = catalog.Components.Values.Where(k => k.IsAttack).OrderBy(k => k.Name, StringComparer.Ordinal);
        return new Explanation("scenariogrid", "what campaigns are made of", "", "", [],
        [
            FactTable.Of("kinds", ["family", "name", "meaning"], components.Select(k => (IReadOnlyList<string>)
                [k.Family, k.Name, Sentence(Documents.Summary(k.Type))])),
            Kinds("attacks", attacks),
            Kinds("shocks", catalog.Shocks.Values.OrderBy(k => k.Name, StringComparer.Ordinal)),
            FactTable.Of("crises", ["name", "meaning"], CrisisLibrary.All.Select(c => (IReadOnlyList<string>)
                [c.Name, Sentence(c.About)])),
            FactTable.Of("statistics", ["name", "meaning"], Statistics.Names.Select(n => (IReadOnlyList<string>)
                [n, Statistics.Find(n)!.Definition])),
            FactTable.Of("units", ["name", "accepted", "example"], Units.Select(u => (IReadOnlyList<string>)
                [NameOf(u), string.Join(", ", u.Accepted.Select(a => a.Suffix)), u.Example])),
            FactTable.Of("formats", ["name", "file"],
                ReportFormats.All.Select(f => (IReadOnlyList<string>)[f.Key, f.Value.FileName])),
            FactTable.Of("skipped", ["class"], catalog.Skipped.Select(s => (IReadOnlyList<string>)[s])),
        ]);
    }

    private static FactTable Kinds(string name, IEnumerable<ComponentKind> kinds) => FactTable.Of(
        name, ["name", "meaning"],
            kinds.Select(k => (IReadOnlyList<string>)[k.Name, Sentence(Documents.Summary(k.Type))]));

    /// <summary>"duration" of "a duration".</summary>
    private static string NameOf(UnitInfo unit) => unit.Name[(unit.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string Sentence(string text) => text.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd('.');

    private static Explanation Page(Statistic statistic) => new(statistic.Name, "statistic", statistic.Definition,
        Documents.Remarks(statistic.GetType()), [Fact.Of("interval", "95 % confidence")], []);

    private static Explanation Page(UnitInfo unit) =>
        new(NameOf(unit), "unit", $"{unit.Name}, such as {unit.Example}.", "",
        [Fact.Of("base", unit.Symbol.Length > 0 ? unit.Symbol : "1"),
            Fact.Of("bare", unit.Bare ? "a number without suffix is accepted" : "a suffix is needed")],
        [new FactTable("accepted", ["suffix", "factor"], [.. unit.Accepted.Select(a => (IReadOnlyList<Shown>)
            [new Shown(a.Suffix, a.Suffix),
                new Shown(a.Factor, a.Factor.ToString("R", CultureInfo.InvariantCulture))])])]);

    private ComponentKind? KindOf(string name) =>
        catalog.Components.GetValueOrDefault(name) ?? catalog.Shocks.GetValueOrDefault(name);

    /// <summary>A near name, or the kinds that have a part of that name.</summary>
    private string Hint(string name, int dot)
    {
        var typed = dot > 0 ? name[..dot] : name;
        if (Suggestion.Text(typed, Names) is { Length: > 0 } near)
        {
            return near;
        }

        var owners = catalog.Components.Values.Concat(catalog.Shocks.Values)
            .Where(k => KindPages.PartNames(k).Contains(name)).Select(k => $"{k.Name}.{name}")
                .Order(StringComparer.Ordinal).Take(5).ToList();
        return owners.Count > 0 ? $" (did you mean {string.Join(" or ", owners)}?)"
            : "; 'scenariogrid explain' lists all";
    }
}
