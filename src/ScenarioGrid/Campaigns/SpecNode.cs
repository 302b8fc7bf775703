using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ScenarioGrid.Campaigns;

/// <summary>A value of a campaign file with its place. The tree cannot be changed once it was read.</summary>
public abstract class SpecNode
{
    private readonly SpecNode? _parent;
    private readonly string _segment;

    private protected SpecNode(SpecNode? parent, string segment, string file, int line, int column)
    {
        _parent = parent;
        _segment = segment;
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>Name of the file as the user gave it.</summary>
    public string File { get; }

    /// <summary>Line of the first character, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Column of the first character in UTF-16 units, counted from 1.</summary>
    public int Column { get; }

    /// <summary>
    /// Keys from the root to this value, such as <c>scenario.stress[2].shock</c>; empty for the root. It is put
    /// together on demand: stored paths of a deep file would need far more memory than the file.
    /// </summary>
    public string Path
    {
        get
        {
            var above = _parent?.Path ?? "";
            return above.Length == 0 || _parent is SpecList ? above + _segment : $"{above}.{_segment}";
        }
    }

    /// <summary>The words <c>a value</c>, <c>a list</c> or <c>a map</c>, for messages.</summary>
    public abstract string Shape { get; }
}

/// <summary>A single text, number or truth value; its type is not known here.</summary>
public sealed class SpecScalar : SpecNode
{
    private readonly int _textColumn;

    internal SpecScalar(
        SpecNode? parent, string segment, string file, int line, int column, string text, bool isPlain, int textColumn)
        : base(parent, segment, file, line, column)
    {
        Text = text;
        IsPlain = isPlain;
        _textColumn = textColumn;
    }

    /// <summary>The text after removal of quotes and escapes; empty for <c>key:</c> without a value.</summary>
    public string Text { get; }

    /// <summary>True when the text was written without quotes and not as a block.</summary>
    public bool IsPlain { get; }

    /// <inheritdoc/>
    public override string Shape => "a value";

    /// <summary>
    /// Column of a character of <see cref="Text"/>. Where escapes or line breaks make the text differ from what is
    /// written, it is the column of the value.
    /// </summary>
    /// <param name="offset">Index into <see cref="Text"/>.</param>
    public int ColumnOf(int offset) => _textColumn > 0 ? _textColumn + offset : Column;
}

/// <summary>A list of values in the order of the file.</summary>
public sealed class SpecList : SpecNode
{
    private readonly List<SpecNode> _items = [];

    internal SpecList(SpecNode? parent, string segment, string file, int line, int column)
        : base(parent, segment, file, line, column)
    {
    }

    /// <summary>The values in the order of the file.</summary>
    public IReadOnlyList<SpecNode> Items => _items;

    /// <inheritdoc/>
    public override string Shape => "a list";

    internal static string Segment(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    internal void Append(SpecNode item) => _items.Add(item);
}

/// <summary>One key of a map with its place and its value.</summary>
/// <param name="Key">Text of the key, never empty.</param>
/// <param name="Line">Line of the key, counted from 1.</param>
/// <param name="Column">Column of the key, counted from 1.</param>
/// <param name="Value">The value of the key.</param>
public sealed record SpecEntry(string Key, int Line, int Column, SpecNode Value);

/// <summary>A map from distinct keys to values in the order of the file.</summary>
public sealed class SpecMap : SpecNode
{
    private readonly List<SpecEntry> _entries = [];
    private readonly Dictionary<string, SpecEntry> _byKey = new(StringComparer.Ordinal);

    internal SpecMap(SpecNode? parent, string segment, string file, int line, int column)
        : base(parent, segment, file, line, column)
    {
    }

    /// <summary>The keys with their values in the order of the file; each key occurs once.</summary>
    public IReadOnlyList<SpecEntry> Entries => _entries;

    /// <inheritdoc/>
    public override string Shape => "a map";

    /// <summary>Finds the value of a key; keys are compared letter by letter.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out SpecNode? value)
    {
        value = _byKey.GetValueOrDefault(key)?.Value;
        return value is not null;
    }

    /// <summary>Finds a key with its place.</summary>
    public bool TryGetEntry(string key, [NotNullWhen(true)] out SpecEntry? entry) => _byKey.TryGetValue(key, out entry);

    internal void Append(SpecEntry entry)
    {
        _entries.Add(entry);
        _byKey.Add(entry.Key, entry);
    }
}
