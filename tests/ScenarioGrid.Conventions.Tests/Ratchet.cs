namespace ScenarioGrid.Conventions.Tests;

/// <summary>A rule with today's exceptions: the list may lose entries and its numbers may fall, never the other
/// way.</summary>
internal static class Ratchet
{
    /// <summary>Holds what breaks a rule against its list, <c>Ratchets/name.txt</c>: one "what number" a
    /// line.</summary>
    /// <param name="name">Name of the list.</param>
    /// <param name="rule">The rule in words.</param>
    /// <param name="broken">What breaks the rule now, and by how much.</param>
    public static void Hold(string name, string rule, IEnumerable<(string What, int Size)> broken)
    {
        var path = $"tests/ScenarioGrid.Conventions.Tests/Ratchets/{name}.txt";
        var now = broken.ToDictionary(b => b.What, b => b.Size, StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("RATCHETS_REWRITE") == "1")
        {
            // For whoever reviews the difference: the lists as they would have to be today.
            var lines = now.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => $"{b.Key} {b.Value}");
            File.WriteAllLines(Path.Combine(Repository.Root, path), lines.Prepend($"# Exceptions to: {rule}"));
        }

        var listed = Read(path);
        var worse = now.Where(b => b.Value > listed.GetValueOrDefault(b.Key)).Select(b => listed.ContainsKey(b.Key)
            ? $"{b.Key}: {b.Value}, was {listed[b.Key]}" : $"{b.Key}: {b.Value}");
        var healed = listed.Keys.Where(l => !now.ContainsKey(l))
            .Select(l => $"{l}: keeps the rule now, delete its line in {path}");
        var problems = worse.Concat(healed).Order(StringComparer.Ordinal).ToArray();
        Assert.True(problems.Length == 0, $"{rule}\n{string.Join('\n', problems)}");
    }

    private static Dictionary<string, int> Read(string path) => Repository.Lines(path)
        .Where(l => l.Length > 0 && l[0] != '#')
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(l => l[0], l => int.Parse(l[1]), StringComparer.Ordinal);
}
