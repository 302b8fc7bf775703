using System.Globalization;

namespace ScenarioGrid.Cli;

/// <summary>Where a command writes: data to standard output, everything else to standard error; colour only where it
/// is wanted.</summary>
public sealed class Terminal
{
    private const string Escape = "\u001b[";
    private readonly bool _isColoured;
    private readonly bool _isLive;
    private int _liveLength;

    public Terminal(bool noColor)
    {
        var isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var isRefused = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _isColoured = !noColor && !isRefused && !isDumb && !Console.IsOutputRedirected;
        _isLive = !Console.IsErrorRedirected && !isDumb;
    }

    /// <summary>True when standard error is a terminal that can be redrawn.</summary>
    public bool IsLive => _isLive;

    public string Green(string text) => Coloured(text, "32");

    public string Red(string text) => Coloured(text, "31");

    public string Yellow(string text) => Coloured(text, "33");

    public string Bold(string text) => Coloured(text, "1");

    public string Faint(string text) => Coloured(text, "2");

    /// <summary>A line of data.</summary>
    public static void Line(string text = "") => Console.Out.WriteLine(text);

    /// <summary>A line for the person.</summary>
    public void Note(string text)
    {
        ClearLive();
        Console.Error.WriteLine(text);
    }

    /// <summary>Draws the one line that changes.</summary>
    public void Live(string text)
    {
        Console.Error.Write("\r" + text.PadRight(_liveLength));
        _liveLength = text.Length;
    }

    /// <summary>Removes the line that changes.</summary>
    public void ClearLive()
    {
        if (_liveLength > 0)
        {
            Console.Error.Write("\r" + new string(' ', _liveLength) + "\r");
            _liveLength = 0;
        }
    }

    /// <summary>A table with aligned columns: numbers to the right.</summary>
    /// <param name="head">Column titles.</param>
    /// <param name="rows">Cells as text; colour codes do not count for the width.</param>
    public void Table(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = head.Select((h, c) => Math.Max(h.Length, rows.Count == 0 ? 0 : rows.Max(r => Width(r[c]))))
            .ToArray();
        var isNumber = head.Select((_, c) => rows.Count > 0 && rows.All(r => r[c].Length == 0 || StartsAsNumber(r[c])))
            .ToArray();
        Line(Faint(string.Join("  ", head.Select((h, c) => Pad(h, widths[c], isNumber[c]))).TrimEnd()));
        foreach (var row in rows)
        {
            Line(string.Join("  ", row.Select((cell, c) => Pad(cell, widths[c], isNumber[c]))).TrimEnd());
        }
    }

    /// <summary>A duration as people say it.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 10 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 120 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 7200 => (seconds / 60).ToString("0", CultureInfo.InvariantCulture) + " min",
        < 172_800 => (seconds / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
        _ => (seconds / 86_400).ToString("0.0", CultureInfo.InvariantCulture) + " d",
    };

    /// <summary>A rate or count with k, M or B.</summary>
    public static string Short(double value) => value switch
    {
        >= 1e9 => (value / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + "B",
        >= 1e6 => (value / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };

    private static bool StartsAsNumber(string text) =>
        char.IsAsciiDigit(text.TrimStart('-', '+', '<', '>', '~', ' ').FirstOrDefault());

    private static string Pad(string text, int width, bool right)
    {
        var space = new string(' ', Math.Max(0, width - Width(text)));
        return right ? space + text : text + space;
    }

    private static int Width(string text)
    {
        var width = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b')
            {
                i = text.IndexOf('m', i);
                continue;
            }

            width++;
        }

        return width;
    }

    private string Coloured(string text, string code) => _isColoured ? $"{Escape}{code}m{text}{Escape}0m" : text;
}
