using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ScenarioGrid.Reports;

/// <summary>The documentation comments of types and properties, from the XML files beside their assemblies.</summary>
/// <remarks>Everything is empty where an assembly was shipped without its XML file.</remarks>
public static partial class Documents
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Members = new();

    /// <summary>What a type is.</summary>
    public static string Summary(Type type) => Text(type, "summary");

    /// <summary>What a property is.</summary>
    public static string Summary(PropertyInfo property) => Text(Find(property.DeclaringType!, property), "summary");

    /// <summary>Equations, shapes, assumptions and sources of a type, paragraphs apart by empty lines.</summary>
    public static string Remarks(Type type) => Text(type, "remarks");

    /// <summary>What a property is besides its summary.</summary>
    public static string Remarks(PropertyInfo property) => Text(Find(property.DeclaringType!, property), "remarks");

    /// <summary>What a parameter of a record or primary constructor is.</summary>
    public static string Parameter(Type type, string name) =>
        Find(type, null)?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == name) is { } found
            ? Flow(found)
            : "";

    /// <summary>Plain text of a documentation element: references by their short name, code as it stands.</summary>
    internal static string Flow(XElement element)
    {
        var text = new StringBuilder();
        Append(element, text);
        var lines = text.ToString().Split('\n').Select(l => l.TrimEnd());
        return Gaps().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    private static string Text(Type type, string part) => Text(Find(type, null), part);

    private static string Text(XElement? member, string part) => member?.Element(part) is { } found ? Flow(found) : "";

    private static XElement? Find(Type type, PropertyInfo? property)
    {
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = open.FullName!.Replace('+', '.');
        var members = Members.GetOrAdd(type.Assembly, Load);
        return members.GetValueOrDefault(property is null ? $"T:{name}" : $"P:{name}.{property.Name}");
    }

    private static IReadOnlyDictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").Where(m => m.Attribute("name") is not null)
                .DistinctBy(m => m.Attribute("name")!.Value).ToDictionary(m => m.Attribute("name")!.Value)
            : new Dictionary<string, XElement>();
    }

    [GeneratedRegex("\n{3,}")]
    private static partial Regex Gaps();

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words)
            {
                AppendWords(words.Value, text);
            }
            else if (node is XElement inner)
            {
                AppendElement(inner, text);
            }
        }
    }

    private static void AppendElement(XElement inner, StringBuilder text)
    {
        switch (inner.Name.LocalName)
        {
            case "para" or "code" or "item":
                text.Append("\n\n");
                if (inner.Name.LocalName == "code")
                {
                    text.Append(Outdent(inner.Value));
                }
                else
                {
                    Append(inner, text);
                }

                text.Append("\n\n");
                break;
            case "see" or "seealso" or "paramref" or "typeparamref":
                var target = (string?)inner.Attribute("cref") ?? (string?)inner.Attribute("name")
                    ?? (string?)inner.Attribute("langword") ?? "";
                text.Append(inner.Value.Length > 0 ? inner.Value : target[(target.LastIndexOfAny([':', '.']) + 1)..]);
                break;
            default:
                Append(inner, text);
                break;
        }
    }

    /// <summary>Running text: any white space is one space, none at the start of a paragraph.</summary>
    private static void AppendWords(string words, StringBuilder text)
    {
        foreach (var letter in words)
        {
            if (!char.IsWhiteSpace(letter))
            {
                text.Append(letter);
            }
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
            {
                text.Append(' ');
            }
        }
    }

    private static string Outdent(string code)
    {
        var lines = code.Replace("\r", "", StringComparison.Ordinal).Trim('\n').TrimEnd().Split('\n');
        var indent = lines.Where(l => l.Trim().Length > 0)
            .Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(l => l.Length >= indent ? l[indent..] : l.TrimStart()));
    }
}
