using System.Xml.Linq;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>What explain, schema and the catalog page show is written at the class, so it must be there.</summary>
public class DocumentationTests
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(ComponentCatalog).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    private static IEnumerable<ComponentKind> Kinds =>
        ComponentCatalog.Default.Components.Values.Concat(ComponentCatalog.Default.Shocks.Values);

    [Fact]
    public void Every_kind_says_what_it_is_with_equations_and_source()
    {
        var broken = Kinds.SelectMany(k => Broken(k).Select(f => $"{k.Type.FullName}: {f}"));
        Faults.None(broken);
    }

    [Fact]
    public void Every_parameter_has_a_summary() => Faults.None(Kinds
        .SelectMany(k => k.Parameters.Select(p => p.Property))
        .Select(p => $"P:{IdOf(p.DeclaringType!)}.{p.Name}").Where(id => Summary(id).Length == 0));

    [Fact]
    public void Every_lane_has_a_summary() => Faults.None(Kinds
        .SelectMany(k => k.Ports.Select(p => p.Property))
        .Select(p => $"P:{IdOf(p.DeclaringType!)}.{p.Name}").Where(id => Summary(id).Length == 0));

    [Fact]
    public void Every_choice_has_a_summary() => Faults.None(Kinds
        .SelectMany(k => k.Parameters.Select(p => p.Property.PropertyType)).Where(t => t.IsEnum).Distinct()
        .SelectMany(t => Enum.GetNames(t).Select(n => $"F:{IdOf(t)}.{n}")).Where(id => Summary(id).Length == 0));

    private static IEnumerable<string> Broken(ComponentKind kind)
    {
        var id = $"T:{IdOf(kind.Type)}";
        if (Summary(id).Length == 0)
        {
            yield return "no summary";
        }

        var remarks = Members.GetValueOrDefault(id)?.Element("remarks");
        if (remarks?.Descendants("code").Any(c => c.Value.Trim().Length > 0) != true)
        {
            yield return "no equations: <code> in the remarks";
        }

        if (remarks?.Value.Contains("Source", StringComparison.Ordinal) != true)
        {
            yield return "no source: a paragraph 'Source: ...' in the remarks";
        }
    }

    private static string IdOf(Type type) => type.FullName!.Replace('+', '.');

    private static string Summary(string id) => Members.GetValueOrDefault(id)?.Element("summary")?.Value.Trim() ?? "";
}
