using System.Text;
using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>C# text without comments and the contents of strings, and the members in it.</summary>
internal static partial class SourceText
{
    /// <summary>The text with comments, strings and characters blanked; lines stay where they are.</summary>
    public static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var end = TokenEnd(text, i);
            for (; i < end; i++)
            {
                bare.Append(text[i] == '\n' ? '\n' : ' ');
            }

            if (i < text.Length && TokenEnd(text, i) == i)
            {
                bare.Append(text[i++]);
            }
        }

        return bare.ToString();
    }

    /// <summary>Every member with a body: its first line, counted from 1, and the lines of its body.</summary>
    public static IEnumerable<(string Header, int Line, int Lines)> Members(string text)
    {
        var bare = Bare(text);
        var types = 0;
        var depth = 0;
        var (start, body) = (0, -1);
        for (var i = 0; i < bare.Length; i++)
        {
            switch (bare[i])
            {
                case '{' when depth == types && IsType(bare[start..i]):
                    types++;
                    depth++;
                    start = i + 1;
                    break;
                case '{':
                    body = depth == types && body < 0 ? i : body;
                    depth++;
                    break;
                case '}' when --depth < types:
                    types = depth;
                    start = i + 1;
                    break;
                case '}' when depth == types && body >= 0 && (IsBlock(bare, start, body) || !Continues(bare, i)):
                    yield return Member(bare, start, body, i);
                    (start, body) = (i + 1, -1);
                    break;
                case '=' when depth == types && body < 0 && bare[i + 1] == '>':
                    body = i;
                    break;
                case ';' when depth == types:
                    if (body >= 0)
                    {
                        yield return Member(bare, start, body, i);
                    }

                    (start, body) = (i + 1, -1);
                    break;
                default:
                    break;
            }
        }
    }

    private static (string Header, int Line, int Lines) Member(string bare, int start, int body, int end)
    {
        var header = bare[start..body].Trim();
        var line = 1 + bare.AsSpan(0, body).Count('\n');
        return (header.Split('\n')[^1].Trim(), line, 1 + bare.AsSpan(body, end - body).Count('\n'));
    }

    /// <summary>True for the body of a method or the accessors of a property, which end at their brace.</summary>
    private static bool IsBlock(string bare, int start, int body) =>
        bare[body] == '{' && !Parentheses().Replace(bare[start..body], "").Contains('=', StringComparison.Ordinal);

    /// <summary>True when the expression goes on after a closing brace: an initialiser, a switch, a chained
    /// call.</summary>
    private static bool Continues(string bare, int brace)
    {
        var next = brace + 1;
        while (next < bare.Length && char.IsWhiteSpace(bare[next]))
        {
            next++;
        }

        return next < bare.Length
            && bare[next] is ';' or '=' or '.' or ',' or ')' or ']' or '?' or '!' or '[' or '&' or '|' or ':';
    }

    private static bool IsType(string header)
    {
        var plain = Attributes().Replace(header, "");
        var paren = plain.IndexOf('(', StringComparison.Ordinal);
        return TypeWord().IsMatch(paren < 0 ? WhereClause().Replace(plain, "") : plain[..paren]);
    }

    /// <summary>Where the comment, string or character that begins here ends; the same place when none
    /// begins.</summary>
    private static int TokenEnd(string text, int i)
    {
        if (text.AsSpan(i).StartsWith("//"))
        {
            return IndexOr(text, "\n", i);
        }

        if (text.AsSpan(i).StartsWith("/*"))
        {
            return Math.Min(IndexOr(text, "*/", i + 2) + 2, text.Length);
        }

        if (text.AsSpan(i).StartsWith("\"\"\""))
        {
            var quotes = text.AsSpan(i).IndexOfAnyExcept('"');
            return Math.Min(IndexOr(text, new string('"', quotes), i + quotes) + quotes, text.Length);
        }

        if (text[i] == '\'')
        {
            return text[i + 1] == '\\' ? IndexOr(text, "'", i + 3) + 1 : i + 3;
        }

        return text[i] == '"' ? StringEnd(text, i) : i;
    }

    private static int StringEnd(string text, int start)
    {
        var prefix = text.AsSpan(Math.Max(start - 2, 0), Math.Min(start, 2));
        var verbatim = prefix.EndsWith("@") || prefix.EndsWith("@$");
        var interpolated = prefix.EndsWith("$") || prefix.EndsWith("$@");
        var holes = 0;
        for (var i = start + 1; i < text.Length; i++)
        {
            var isPair = holes == 0 && i + 1 < text.Length && text[i] == text[i + 1];
            if ((text[i] == '\\' && !verbatim && holes == 0)
                || (isPair && (text[i] is '{' or '}' || (verbatim && text[i] == '"'))))
            {
                i++;
            }
            else if (interpolated && text[i] is ('{' or '}'))
            {
                holes += text[i] == '{' ? 1 : holes > 0 ? -1 : 0;
            }
            else if (holes > 0 && text[i] is ('"' or '\''))
            {
                i = TokenEnd(text, i) - 1;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static int IndexOr(string text, string part, int from)
    {
        var at = text.IndexOf(part, from, StringComparison.Ordinal);
        return at < 0 ? text.Length : at;
    }

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|namespace)\b")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"\bwhere\b[^{]*")]
    private static partial Regex WhereClause();

    [GeneratedRegex(@"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")]
    private static partial Regex Attributes();
}
