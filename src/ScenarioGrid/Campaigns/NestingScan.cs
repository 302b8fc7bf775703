namespace ScenarioGrid.Campaigns;

/// <summary>
/// Bounds the nesting of a text before the YAML parser sees it, in one pass over the characters, and finds tabs in
/// the indentation.
/// </summary>
/// <remarks>
/// The scan knows where quoted texts, comments, block texts and plain texts end, because brackets and dashes in them
/// do not nest. Where it is wrong about an odd text, <see cref="SpecReader"/> still counts the depth of what the
/// parser reports: the scan keeps hostile files away from the parser, the reader holds the limit exactly.
/// </remarks>
internal sealed class NestingScan(string file, string text, Problems problems)
{
    /// <summary>Most lists and maps around a value.</summary>
    public const int DepthMax = 32;

    /// <summary>The message of code <c>YAML_DEPTH</c>.</summary>
    public const string DepthMessage = "nesting deeper than 32";

    // Open block lists and maps by column, innermost last; a list may start in the column of the map around it.
    private readonly List<(int Column, bool IsList)> _blocks = [];
    private int _flow;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private bool _isNodeStart = true;
    private bool _isPlain;
    private int _nodeColumn = -1;
    private int? _blockTextParent;
    private bool _isTooDeep;
    private bool _hasTabs;

    private int Column => _at - _lineStart;

    private int ParentColumn => _blocks.Count > 0 ? _blocks[^1].Column : -1;

    /// <summary>Scans the whole text; false when a problem was reported.</summary>
    public bool Passes()
    {
        while (_at < text.Length && !_isTooDeep)
        {
            Line();
        }

        return !_isTooDeep && !_hasTabs;
    }

    private void Line()
    {
        _at = After(_at, " ");
        var indent = Column;
        var content = After(_at, " \t");
        var first = Peek(content);
        var isText = _blockTextParent is { } parent && (indent > parent || first == '\n');
        _blockTextParent = isText ? _blockTextParent : null;
        if (isText || first is '\n' or '#')
        {
            _isPlain &= first != '#';
            NextLine();
            return;
        }

        if (content > _at)
        {
            problems.Add(file, _line, Column + 1, "YAML", "tab used for indentation");
            _hasTabs = true;
            _at = content;
        }

        if (indent == 0 && (first == '%' || IsDocumentMark()))
        {
            DocumentMark(first);
        }
        else if (_flow == 0 && !(_isPlain && indent > ParentColumn))
        {
            _isNodeStart = true;
            _isPlain = false;
            _nodeColumn = -1;
            Leave(indent);
        }

        Content();
    }

    private void DocumentMark(char first)
    {
        _blocks.Clear();
        _flow = 0;
        _isNodeStart = true;
        _isPlain = false;
        _nodeColumn = -1;
        _at = first == '%' ? EndOfLine() : _at + 3;
    }

    private void Content()
    {
        while (_at < text.Length && text[_at] != '\n' && !_isTooDeep)
        {
            var c = text[_at];
            if (c is ' ' or '\t')
            {
                _at++;
            }
            else if (c == '#' && (!_isPlain || Column == 0 || text[_at - 1] is ' ' or '\t'))
            {
                _isPlain = false;
                _at = EndOfLine();
            }
            else if (_isNodeStart)
            {
                NodeStart(c);
            }
            else
            {
                AfterNodeStart(c);
            }
        }

        NextLine();
    }

    private void NodeStart(char c)
    {
        _nodeColumn = _nodeColumn < 0 ? Column : _nodeColumn;
        if (c is '-' or '?' or ':' && IsBlank(_at + 1))
        {
            if (_flow == 0)
            {
                Enter(Column, isList: c == '-');
                _nodeColumn = -1;
            }

            _at++;
        }
        else if (c is '"' or '\'')
        {
            Quoted(c);
            _isNodeStart = false;
        }
        else if (c is '|' or '>' && _flow == 0)
        {
            _blockTextParent = ParentColumn;
            _at = EndOfLine();
        }
        else if (c is '&' or '!' or '*')
        {
            // Properties of a node stand before it, so the node still starts behind them.
            _at++;
            while (!IsBlank(_at) && !(_flow > 0 && text[_at] is ',' or '[' or ']' or '{' or '}'))
            {
                _at++;
            }
        }
        else if (!Bracket(c))
        {
            _isNodeStart = _flow > 0 && c == ',';
            _isPlain = !_isNodeStart;
            _at++;
        }
    }

    private void AfterNodeStart(char c)
    {
        if (_flow > 0)
        {
            if (Bracket(c))
            {
                return;
            }

            var endsKey = c == ':' && (IsBlank(_at + 1) || text[_at + 1] is ',' or '[' or ']' or '{' or '}'
                || text[_at - 1] is '"' or '\'' or ']' or '}');
            if (c == ',' || endsKey)
            {
                _isNodeStart = true;
                _isPlain = false;
            }
        }
        else if (c == ':' && IsBlank(_at + 1))
        {
            Enter(_nodeColumn < 0 ? Column : _nodeColumn, isList: false);
            _isNodeStart = true;
            _isPlain = false;
            _nodeColumn = -1;
        }

        _at++;
    }

    private bool Bracket(char c)
    {
        if (c is '[' or '{')
        {
            _flow++;
            _isNodeStart = true;
            CheckDepth(Column);
        }
        else if (c is ']' or '}' && _flow > 0)
        {
            _flow--;
            _isNodeStart = false;
        }
        else
        {
            return false;
        }

        _isPlain = false;
        _at++;
        return true;
    }

    private void Quoted(char quote)
    {
        _at++;
        while (_at < text.Length)
        {
            // A doubled single quote and a backslash between double quotes take the next character with them.
            var isPair = quote == '"' ? text[_at] == '\\' : text[_at] == quote && Peek(_at + 1) == quote;
            if (text[_at] == quote && !isPair)
            {
                break;
            }

            _at += isPair && _at + 1 < text.Length ? 1 : 0;
            if (text[_at] == '\n')
            {
                _line++;
                _lineStart = _at + 1;
            }

            _at++;
        }

        _at = Math.Min(_at + 1, text.Length);
    }

    private void Enter(int column, bool isList)
    {
        Leave(column);
        if (!isList && _blocks.Count > 0 && _blocks[^1] == (column, true))
        {
            _blocks.RemoveAt(_blocks.Count - 1);
        }

        var isOpen = _blocks.Count > 0 && _blocks[^1] == (column, isList);
        if (!isOpen)
        {
            _blocks.Add((column, isList));
            CheckDepth(column);
        }
    }

    private void Leave(int column)
    {
        while (ParentColumn > column)
        {
            _blocks.RemoveAt(_blocks.Count - 1);
        }
    }

    private void CheckDepth(int column)
    {
        if (_blocks.Count + _flow > DepthMax)
        {
            problems.Add(file, _line, column + 1, "YAML_DEPTH", DepthMessage);
            _isTooDeep = true;
        }
    }

    private bool IsDocumentMark() =>
        text.AsSpan(_at) is ['-', '-', '-', ..] or ['.', '.', '.', ..] && IsBlank(_at + 3);

    private char Peek(int index) => index < text.Length ? text[index] : '\n';

    private bool IsBlank(int index) => Peek(index) is ' ' or '\t' or '\n';

    private int After(int start, string skipped)
    {
        var length = text.AsSpan(start).IndexOfAnyExcept(skipped);
        return length < 0 ? text.Length : start + length;
    }

    private int EndOfLine()
    {
        var length = text.AsSpan(_at).IndexOf('\n');
        return length < 0 ? text.Length : _at + length;
    }

    private void NextLine()
    {
        _at = Math.Min(EndOfLine() + 1, text.Length);
        _line++;
        _lineStart = _at;
    }
}
