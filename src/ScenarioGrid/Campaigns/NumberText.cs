using System.Globalization;

namespace ScenarioGrid.Campaigns;

/// <summary>Numbers and truth values of a campaign file, in one strict spelling.</summary>
/// <remarks>
/// A number is <c>-?digits[.digits][(e|E)[+-]digits]</c> with ASCII digits and no needless leading zero. YAML readers
/// disagree about <c>010</c>, <c>0x10</c>, <c>1_000</c>, <c>1:30</c> and <c>yes</c>, so none of these is accepted.
/// </remarks>
public static class NumberText
{
    private static readonly string[] s_notFinite = ["nan", "inf", "infinity"];

    internal static readonly Fault BadFormat = new("NUMBER_FORMAT", "write plain decimal digits");

    /// <summary>Reads a finite number.</summary>
    /// <param name="key">Name of the key, for messages.</param>
    /// <param name="text">The text of the value.</param>
    /// <returns>The number, or a fault: <c>NUMBER_FORMAT</c>, <c>NOT_FINITE</c>, <c>RANGE</c> below 5e-324.</returns>
    public static Parsed<double> Real(string key, string text)
    {
        if (IsNotFinite(text))
        {
            return NotFinite(key);
        }

        var length = Scan(text, out _);
        return length > 0 && length == text.Length
            ? Finite(key, text)
            : BadFormat with { Offset = FaultOffset(text, length) };
    }

    /// <summary>Reads a whole number within bounds.</summary>
    /// <param name="key">Name of the key, for messages.</param>
    /// <param name="text">The text of the value.</param>
    /// <param name="min">Smallest allowed number.</param>
    /// <param name="max">Largest allowed number.</param>
    /// <returns>The number, or a fault: <c>NUMBER_FORMAT</c>, <c>NOT_FINITE</c> or <c>INT_RANGE</c>.</returns>
    public static Parsed<long> Integer(string key, string text, long min, long max)
    {
        if (IsNotFinite(text))
        {
            return NotFinite(key);
        }

        var length = Scan(text, out var wholeLength);
        if (length == 0 || length != text.Length || wholeLength != text.Length)
        {
            return BadFormat with { Offset = FaultOffset(text, Math.Min(length, wholeLength)) };
        }

        var isLong = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        return isLong && value >= min && value <= max
            ? value
            : new Fault("INT_RANGE", string.Create(CultureInfo.InvariantCulture, $"{key} must be {min}..{max}"));
    }

    /// <summary>Reads <c>true</c> or <c>false</c>; anything else is the fault <c>BOOL_FORMAT</c>.</summary>
    public static Parsed<bool> Boolean(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => new Fault("BOOL_FORMAT", "write true or false"),
    };

    /// <summary>Length of the longest number at the start of a text; 0 when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wholeLength">Length of sign and digits in front of a point or exponent.</param>
    internal static int Scan(ReadOnlySpan<char> text, out int wholeLength)
    {
        var sign = text is ['-', ..] ? 1 : 0;
        var end = sign + Digits(text[sign..]);
        wholeLength = end;
        var hasNeedlessZero = end > sign + 1 && text[sign] == '0';
        if (end == sign || hasNeedlessZero)
        {
            wholeLength = 0;
            return 0;
        }

        if (end < text.Length && text[end] == '.' && Digits(text[(end + 1)..]) is > 0 and var fraction)
        {
            end += 1 + fraction;
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            var digits = Digits(text[exponent..]);
            end = digits > 0 ? exponent + digits : end;
        }

        return end;
    }

    /// <summary>The value of a text that <see cref="Scan"/> accepts.</summary>
    internal static Parsed<double> Finite(string key, string number)
    {
        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            return NotFinite(key);
        }

        var digits = number.AsSpan();
        var exponent = digits.IndexOfAny('e', 'E');
        digits = exponent < 0 ? digits : digits[..exponent];
        if (value == 0 && digits.IndexOfAnyInRange('1', '9') >= 0)
        {
            return new Fault("RANGE", $"{key} is too close to 0");
        }

        // Zero has one sign only: -0 would give other bits than 0 further down.
        return value == 0 ? 0.0 : value;
    }

    internal static bool IsNotFinite(string text)
    {
        var word = text.AsSpan().TrimStart("+-").TrimStart('.');
        foreach (var name in s_notFinite)
        {
            if (word.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    internal static Fault NotFinite(string key) => new("NOT_FINITE", $"{key} must be a finite number");

    private static int FaultOffset(string text, int length) => Math.Min(length, Math.Max(0, text.Length - 1));

    private static int Digits(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : length;
    }
}
