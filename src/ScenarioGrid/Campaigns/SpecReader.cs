using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads the bytes of a campaign file into a tree of nodes with places.</summary>
/// <remarks>
/// Only the plain part of YAML is accepted: maps, lists and texts. Size, encoding and nesting are checked before the
/// parser sees a character. Anchors, aliases, tags, merge keys, directives and further documents are refused, as are
/// keys that occur twice. The parser's events are read one at a time; no object is built from a name in the file.
/// </remarks>
public sealed class SpecReader
{
    /// <summary>Most values in a file, counting lists and maps.</summary>
    public const int NodesMax = 20_000;

    private readonly string _file;
    private readonly string _text;
    private readonly Problems _problems;
    private readonly Parser _parser;
    private int _nodes;
    private int _depth;
    private bool _hasAlias;

    private SpecReader(string file, string text, Problems problems)
    {
        _file = file;
        _text = text;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads a file; see the class for what is accepted.</summary>
    /// <param name="fileName">Name for messages.</param>
    /// <param name="bytes">UTF-8 text of at most 256 KiB.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <returns>
    /// The root, or null when the text has no usable tree. A tree may come with problems (duplicate keys, tags): then
    /// its first values count, and a later stage can find more problems in it.
    /// </returns>
    public static SpecNode? Read(string fileName, ReadOnlySpan<byte> bytes, Problems problems)
    {
        var text = SpecText.Decode(fileName, bytes, problems);
        return text is not null && new NestingScan(fileName, text, problems).Passes()
            ? new SpecReader(fileName, text, problems).ReadStream()
            : null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The parser throws more than YamlException on bad text.")]
    private SpecNode? ReadStream()
    {
        try
        {
            var root = ReadDocuments();
            return _hasAlias ? null : root;
        }
        catch (GaveUpException)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var (line, column) = Place(e is YamlException at ? at.Start : _parser.Current?.End ?? Mark.Empty);
            _problems.Add(_file, line, column, "YAML", Sentence(e is YamlException ? e.Message : "unreadable text"));
            return null;
        }
    }

    private SpecNode? ReadDocuments()
    {
        SpecNode? root = null;
        var documents = 0;
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart start && ++documents > 1)
            {
                Add(start, "YAML_DOCUMENTS", "only one document per file is accepted");
                return root;
            }

            if (_parser.Current is DocumentStart { IsImplicit: false } marked && IsDirective(marked))
            {
                Add(marked, "YAML_DIRECTIVE", "directives are not accepted");
            }
            else if (_parser.Current is NodeEvent or AnchorAlias)
            {
                root = ReadNode(_parser.Current, null, "");
            }
        }

        if (root is null or SpecScalar { IsPlain: true, Text: "" })
        {
            _problems.Add(_file, 1, 1, "EMPTY", "no scenario in file");
            return null;
        }

        return root;
    }

    private bool IsDirective(DocumentStart start) =>
        start.Start.Index < _text.Length && _text[(int)start.Start.Index] == '%';

    private SpecNode ReadNode(ParsingEvent node, SpecNode? parent, string segment)
    {
        Refuse(node);
        var (line, column) = Place(node.Start);
        if (++_nodes > NodesMax)
        {
            Add(node, "SPEC_NODES", string.Create(CultureInfo.InvariantCulture, $"more than {NodesMax} values"));
            throw new GaveUpException();
        }

        return node switch
        {
            Scalar scalar => ReadScalar(scalar, parent, segment),
            SequenceStart => ReadList(new SpecList(parent, segment, _file, line, column)),
            MappingStart => ReadMap(line, column, parent, segment),
            _ => new SpecScalar(parent, segment, _file, line, column, "", isPlain: true, textColumn: 0),
        };
    }

    private SpecScalar ReadScalar(Scalar scalar, SpecNode? parent, string segment)
    {
        var (line, column) = Place(scalar.Start);
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var quotes = isPlain ? 0 : 1;
        var written = scalar.End.Line == scalar.Start.Line ? scalar.End.Column - scalar.Start.Column : -1;
        var textColumn = written == scalar.Value.Length + (2 * quotes) ? column + quotes : 0;
        CheckControls(scalar);
        return new SpecScalar(parent, segment, _file, line, column, scalar.Value, isPlain, textColumn);
    }

    private SpecList ReadList(SpecList list)
    {
        Descend();
        for (var index = 0; Next() is not SequenceEnd; index++)
        {
            list.Append(ReadNode(_parser.Current!, list, SpecList.Segment(index)));
        }

        _depth--;
        return list;
    }

    private SpecMap ReadMap(int line, int column, SpecNode? parent, string segment)
    {
        Descend();
        SpecMap? map = null;
        while (Next() is not MappingEnd)
        {
            // The parser puts the pair in [a: b] at 1:1; such a map starts where its key starts.
            var key = _parser.Current!;
            (line, column) = parent is not null && (line, column) == (1, 1) ? Place(key.Start) : (line, column);
            map ??= new SpecMap(parent, segment, _file, line, column);
            Refuse(key);
            var name = ReadKey(key, map);
            Next();
            var value = ReadNode(_parser.Current!, map, name ?? "?");
            if (name is not null)
            {
                var (keyLine, keyColumn) = Place(key.Start);
                Append(map, new SpecEntry(name, keyLine, keyColumn, value));
            }
        }

        _depth--;
        return map ?? new SpecMap(parent, segment, _file, line, column);
    }

    /// <summary>The text of a key, or null when the entry is to be left out; its value still has to be read.</summary>
    private string? ReadKey(ParsingEvent key, SpecMap map)
    {
        if (key is not Scalar scalar)
        {
            if (key is not AnchorAlias)
            {
                Add(key, "YAML_KEY", "a key must be a plain name");
                ReadNode(key, map, "?");
            }

            return null;
        }

        CheckControls(scalar);
        if (scalar.Value.Length == 0)
        {
            Add(key, "YAML_KEY", "a key must be a plain name");
            return null;
        }

        if (scalar is { Value: "<<", Style: ScalarStyle.Plain })
        {
            Add(key, "YAML_MERGE", "merge keys are not accepted");
            return null;
        }

        if (IdText.Check(scalar.Value) is { } fault)
        {
            Add(key, fault.Code, fault.Message);
        }

        return scalar.Value;
    }

    private void Append(SpecMap map, SpecEntry entry)
    {
        if (map.TryGetEntry(entry.Key, out var first))
        {
            var message = $"{Problem.Quote(entry.Key)} first set at line {first.Line}";
            _problems.Settle(_file, entry.Line, entry.Column, "DUPLICATE_KEY", message);
        }
        else
        {
            map.Append(entry);
        }
    }

    private void Refuse(ParsingEvent node)
    {
        var hasAlias = node is AnchorAlias or NodeEvent { Anchor.IsEmpty: false };
        if (hasAlias && !_hasAlias)
        {
            Add(node, "YAML_ALIAS", "anchors and aliases are not accepted");
        }

        _hasAlias |= hasAlias;
        if (node is NodeEvent { Tag.IsEmpty: false })
        {
            Add(node, "YAML_TAG", "tags are not accepted");
        }
    }

    private void CheckControls(Scalar scalar)
    {
        if (SpecText.IndexOfControl(scalar.Value) is >= 0 and var index)
        {
            Add(scalar, "CONTROL_CHAR", SpecText.ControlMessage(scalar.Value[index]));
        }
    }

    private void Descend()
    {
        if (++_depth > NestingScan.DepthMax)
        {
            Add(_parser.Current!, "YAML_DEPTH", NestingScan.DepthMessage);
            throw new GaveUpException();
        }
    }

    private ParsingEvent Next() =>
        _parser.MoveNext() ? _parser.Current! : throw new YamlException("unexpected end of text");

    private void Add(ParsingEvent at, string code, string message)
    {
        var (line, column) = Place(at.Start);
        _problems.Settle(_file, line, column, code, message);
    }

    private static (int Line, int Column) Place(Mark mark) =>
        ((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string Sentence(string message)
    {
        message = message.TrimEnd('.');
        return message.Length == 0 ? "unreadable text" : char.ToLowerInvariant(message[0]) + message[1..];
    }

    /// <summary>Leaves the recursion after a problem that was reported already.</summary>
    private sealed class GaveUpException : Exception;
}
