using YamlDotNet.RepresentationModel;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>A value of a YAML file; what is not there is a tree too, without text, items and entries.</summary>
internal sealed class Tree
{
    private readonly YamlNode? _node;

    private Tree(YamlNode? node, string where)
    {
        _node = node;
        Where = where;
    }

    /// <summary>File and path of the value, for messages.</summary>
    public string Where { get; }

    public bool IsThere => _node is not null;

    /// <summary>A scalar as it is written, or "".</summary>
    public string Text => (_node as YamlScalarNode)?.Value ?? "";

    public IReadOnlyList<Tree> Items => _node is YamlSequenceNode sequence
        ? [.. sequence.Select((n, i) => new Tree(n, $"{Where}[{i}]"))] : [];

    public IEnumerable<string> Texts => Items.Select(i => i.Text);

    /// <summary>Entries of a mapping, those that it merges from others (<c>&lt;&lt;</c>) among them.</summary>
    public IReadOnlyDictionary<string, Tree> Entries
    {
        get
        {
            var entries = new Dictionary<string, Tree>(StringComparer.Ordinal);
            Collect(_node as YamlMappingNode, entries);
            return entries;
        }
    }

    public IReadOnlyDictionary<string, string> Strings =>
        Entries.ToDictionary(e => e.Key, e => e.Value.Text, StringComparer.Ordinal);

    public Tree this[string key] => Entries.GetValueOrDefault(key) ?? new Tree(null, $"{Where}.{key}");

    /// <summary>The documents of a file.</summary>
    public static IReadOnlyList<Tree> Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read(file)));
        return [.. stream.Documents.Select(d => new Tree(d.RootNode, file))];
    }

    /// <summary>This value and everything in it.</summary>
    public IEnumerable<Tree> All() => Items.Concat(Entries.Values).SelectMany(c => c.All()).Prepend(this);

    public override string ToString() => Where;

    private void Collect(YamlMappingNode? mapping, Dictionary<string, Tree> entries)
    {
        if (mapping is null)
        {
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            if (name != "<<")
            {
                entries[name] = new Tree(value, $"{Where}.{name}");
            }
        }

        if (mapping.Children.TryGetValue("<<", out var merged))
        {
            foreach (var (name, value) in new Tree(merged, Where).Entries)
            {
                entries.TryAdd(name, value);
            }
        }
    }
}
