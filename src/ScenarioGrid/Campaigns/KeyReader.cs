namespace ScenarioGrid.Campaigns;

/// <summary>Finds the keys of a map, and says which are missing, unknown or of the wrong shape.</summary>
internal sealed class KeyReader(Problems problems)
{
    public Problems Problems => problems;

    /// <summary>Reports every key that is not among the known ones.</summary>
    public void CheckKnown(SpecMap? map, IReadOnlyCollection<string> known)
    {
        foreach (var entry in map?.Entries ?? [])
        {
            if (!known.Contains(entry.Key))
            {
                Unknown(map!, entry, known);
            }
        }
    }

    /// <summary>Reports one unknown key.</summary>
    public void Unknown(SpecMap map, SpecEntry entry, IEnumerable<string> known)
    {
        var text = Suggestion.Text(entry.Key, known);
        var allowed = text.Length > 0 ? text : $" (known here: {string.Join(", ", known.Take(40))})";
        problems.Add(map.File, entry.Line, entry.Column, "UNKNOWN_KEY", Problem.Quote(entry.Key) + allowed);
    }

    /// <summary>The value of a key, or null with a problem.</summary>
    public SpecNode? Required(SpecMap map, string key)
    {
        if (map.TryGet(key, out var node) && node is not SpecScalar { Text: "", IsPlain: true })
        {
            return node;
        }

        problems.Add(map, "MISSING_KEY", $"the key {key} is missing");
        return null;
    }

    public SpecMap? Map(SpecMap map, string key) =>
        Required(map, key) is { } node ? As<SpecMap>(node, key, "a map") : null;

    public SpecMap? OptionalMap(SpecMap map, string key) =>
        map.TryGet(key, out var node) ? As<SpecMap>(node, key, "a map") : null;

    public SpecList? OptionalList(SpecMap map, string key) =>
        map.TryGet(key, out var node) ? As<SpecList>(node, key, "a list") : null;

    public SpecScalar? Text(SpecMap map, string key) =>
        Required(map, key) is { } node ? As<SpecScalar>(node, key, "one value") : null;

    public string? OptionalText(SpecMap map, string key) =>
        map.TryGet(key, out var node) ? As<SpecScalar>(node, key, "a text")?.Text : null;

    /// <summary>
    /// A whole number; <paramref name="otherwise"/> when the key is left out, null when it must be there.
    /// </summary>
    public long Integer(SpecMap map, string key, long min, long max, long? otherwise)
    {
        if (!map.TryGet(key, out _) && otherwise is { } value)
        {
            return value;
        }

        return Text(map, key) is { } scalar
            && NumberText.Integer(key, scalar.Text, min, max).TryGet(scalar, problems, out var number)
            ? number
            : min;
    }

    /// <summary>The node as a map, list or value, or null with a problem.</summary>
    public T? As<T>(SpecNode node, string key, string shape)
        where T : SpecNode
    {
        if (node is T typed)
        {
            return typed;
        }

        problems.Add(node, "SHAPE", $"{key} takes {shape}, not {node.Shape}");
        return null;
    }

    /// <summary>A name of the campaign's own: letters, digits, _ and -, beginning with a letter.</summary>
    public bool IsName(string file, int line, int column, string name)
    {
        if (IdText.Check(name) is { } fault)
        {
            problems.Settle(file, line, column, fault.Code, fault.Message);
            return false;
        }

        if (name.Length is > 0 and <= 64 && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            return true;
        }

        problems.Add(file, line, column, "NAME",
            $"{Problem.Quote(name)} is no name; use letters, digits, _ and -, a letter first (max 64)");
        return false;
    }
}
