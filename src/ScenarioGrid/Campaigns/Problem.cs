using System.Globalization;
using System.Text;

namespace ScenarioGrid.Campaigns;

/// <summary>One thing that is wrong in a campaign file, with its place and a stable code.</summary>
/// <param name="File">Name of the file as the user gave it.</param>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Column">Column in UTF-16 units, counted from 1.</param>
/// <param name="Code">Stable name of the rule, such as <c>DUPLICATE_KEY</c>.</param>
/// <param name="Message">What is wrong, what is allowed; quoted input is escaped by <see cref="ToString"/>.</param>
public sealed record Problem(string File, int Line, int Column, string Code, string Message)
{
    /// <summary>Longest quotation of input in a message, in UTF-16 units.</summary>
    public const int QuoteLengthMax = 48;

    /// <summary>The problem as exactly one line: <c>FILE:LINE:COL: CODE: message</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{OneLine(File)}:{Line}:{Column}: {Code}: {OneLine(Message)}");

    /// <summary>Input between single quotes, shortened to <see cref="QuoteLengthMax"/>.</summary>
    public static string Quote(string text)
    {
        if (text.Length <= QuoteLengthMax)
        {
            return $"'{text}'";
        }

        var end = char.IsHighSurrogate(text[QuoteLengthMax - 1]) ? QuoteLengthMax - 1 : QuoteLengthMax;
        return $"'{text[..end]}...'";
    }

    /// <summary>
    /// Replaces every character that could break the line, move the cursor or reorder the text of a terminal by its
    /// code, so that input can neither add a line nor hide one.
    /// </summary>
    private static string OneLine(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                line.Append(text[i]).Append(text[++i]);
            }
            else if (IsUnsafe(text[i]))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            }
            else
            {
                line.Append(text[i]);
            }
        }

        return line.ToString();
    }

    private static bool IsUnsafe(char c) => c is < ' ' or (>= '\u007f' and <= '\u009f') || (c > 0x9f
        && char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
