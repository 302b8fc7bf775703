using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ScenarioGrid.Campaigns;

/// <summary>Turns the bytes of a file into text that is safe to show and has line feeds only.</summary>
public static class SpecText
{
    /// <summary>Largest file, in bytes.</summary>
    public const int BytesMax = 256 * 1024;

    // Line feed and tab stay. U+2028, U+2029 and U+FEFF would give editors and parsers different line numbers.
    private static readonly SearchValues<char> s_controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Where(c => c is (< ' ' or >= 0x7f) and not ('\n' or '\t')).Select(c => (char)c),
            '\u2028', '\u2029', '\ufeff']);

    /// <summary>The text, or null after a problem was reported; <c>\r\n</c> and <c>\r</c> become <c>\n</c>.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, Problems problems)
    {
        if (bytes.Length > BytesMax)
        {
            problems.Add(file, 1, 1, "SPEC_SIZE", $"{bytes.Length} bytes, limit {BytesMax}");
            return null;
        }

        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        var wellFormed = WellFormedLength(bytes);
        var text = Normalised(Encoding.UTF8.GetString(bytes[..wellFormed]));
        if (wellFormed < bytes.Length)
        {
            var (line, column) = Place(text, text.Length);
            problems.Add(file, line, column, "ENCODING", $"byte 0x{bytes[wellFormed]:X2} is not UTF-8");
            return null;
        }

        var control = text.AsSpan().IndexOfAny(s_controls);
        if (control >= 0)
        {
            var (line, column) = Place(text, control);
            problems.Add(file, line, column, "CONTROL_CHAR", ControlMessage(text[control]));
            return null;
        }

        return text;
    }

    /// <summary>The first control character of a text that escapes such as <c>\0</c> may have made, or -1.</summary>
    public static int IndexOfControl(string text) => text.AsSpan().IndexOfAny(s_controls);

    /// <summary>The message of code <c>CONTROL_CHAR</c>.</summary>
    public static string ControlMessage(char control) =>
        string.Create(CultureInfo.InvariantCulture, $"character U+{(int)control:X4} is not allowed");

    private static string Normalised(string text) =>
        text.Contains('\r') ? text.Replace("\r\n", "\n").Replace('\r', '\n') : text;

    private static (int Line, int Column) Place(string text, int index)
    {
        var before = text.AsSpan(0, index);
        return (before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }

    private static int WellFormedLength(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return bytes.Length;
        }

        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var used) == OperationStatus.Done)
        {
            length += used;
        }

        return length;
    }
}
