namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The operations guide, by its headings.</summary>
internal static class Guide
{
    public const string File = "docs/operations.md";

    /// <summary>Names by which a link finds the headings, in order.</summary>
    public static IEnumerable<string> Anchors() => Repository.Lines(File)
        .Where(l => l.StartsWith('#')).Select(l => Anchor(l.TrimStart('#').Trim()));

    /// <summary>Sections of the third level in one of the second, with their lines.</summary>
    public static IReadOnlyDictionary<string, List<string>> Sections(string chapter)
    {
        var sections = new OrderedDictionary<string, List<string>>();
        var lines = Repository.Lines(File).SkipWhile(l => l != $"## {chapter}").Skip(1)
            .TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal));
        foreach (var line in lines)
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                sections.Add(Anchor(line[4..]), []);
            }
            else if (sections.Count > 0)
            {
                sections.GetAt(sections.Count - 1).Value.Add(line);
            }
        }

        return sections;
    }

    private static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant()
        .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));
}
