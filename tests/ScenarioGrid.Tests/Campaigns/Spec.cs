using System.Text;
using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

/// <summary>Short ways to read a text and to look at what came out.</summary>
internal static class Spec
{
    public static (SpecNode? Root, string Problems) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static (SpecNode? Root, string Problems) Read(byte[] bytes)
    {
        var problems = new Problems();
        var root = SpecReader.Read("f", bytes, problems);
        return (root, problems.ToString());
    }

    /// <summary>The tree in one line of JSON-like text, with the texts in quotes.</summary>
    public static string Show(SpecNode? node) => node switch
    {
        SpecScalar scalar => $"'{scalar.Text}'",
        SpecList list => $"[{string.Join(", ", list.Items.Select(Show))}]",
        SpecMap map => $"{{{string.Join(", ", map.Entries.Select(e => $"{e.Key}: {Show(e.Value)}"))}}}",
        _ => "none",
    };

    public static IEnumerable<SpecNode> All(SpecNode? node) => node switch
    {
        null => [],
        SpecList list => list.Items.SelectMany(All).Prepend(list),
        SpecMap map => map.Entries.SelectMany(e => All(e.Value)).Prepend(map),
        _ => [node],
    };
}
