namespace ScenarioGrid.Campaigns;

/// <summary>A quantity as it was written: a number and the symbol of its unit.</summary>
/// <param name="Number">The number with k, M or B worked in; still in the written unit (83 for <c>83 %</c>).</param>
/// <param name="Unit">Symbol as written, empty when there is none.</param>
/// <param name="UnitOffset">Index of the symbol in the text; the length of the text when there is none.</param>
public readonly record struct QuantityText(double Number, string Unit, int UnitOffset)
{
    /// <summary>
    /// Reads texts such as <c>40M USD</c>, <c>93 %/yr</c>, <c>12s</c> or <c>0.80</c>. The letters k, M and B right
    /// behind the number multiply it by 1e3, 1e6 and 1e9, unless letter and rest are a unit (<c>5 k</c> is a unit
    /// named k). <c>1.001k</c> is read as <c>1.001e3</c>, so it is the double nearest to 1001.
    /// </summary>
    /// <param name="key">Name of the key, for messages.</param>
    /// <param name="text">The text of the value.</param>
    /// <param name="symbols">Symbols of all units; a symbol that is not among them is left for the caller.</param>
    /// <returns>
    /// The quantity, or a fault: <c>NUMBER_FORMAT</c>, <c>NOT_FINITE</c> or <c>RANGE</c>, with its offset.
    /// </returns>
    public static Parsed<QuantityText> Parse(string key, string text, IReadOnlyCollection<string> symbols)
    {
        var word = text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? text[..space] : text;
        if (NumberText.IsNotFinite(word))
        {
            return NumberText.NotFinite(key);
        }

        var length = NumberText.Scan(text, out var wholeLength);
        var rest = text[length..];
        var goesOn = rest.Length > 0 && (char.IsDigit(rest[0]) || rest[0] is '.' or '_' or ',' or 'x' or 'X');
        if (length == 0 || (goesOn && !symbols.Contains(rest.TrimEnd(' '))))
        {
            return NumberText.BadFormat with { Offset = Math.Min(length, Math.Max(0, text.Length - 1)) };
        }

        var exponent = Exponent(rest, symbols);
        var hasExponent = text.AsSpan(wholeLength, length - wholeLength).IndexOfAny('e', 'E') >= 0;
        if (exponent.Length > 0 && hasExponent)
        {
            return NumberText.BadFormat with { Offset = length };
        }

        var number = NumberText.Finite(key, text[..length] + exponent);
        if (number.Fault is { } fault)
        {
            return fault;
        }

        var unitOffset = length + (exponent.Length > 0 ? 1 : 0);
        while (unitOffset < text.Length && text[unitOffset] == ' ')
        {
            unitOffset++;
        }

        return new QuantityText(number.Value, text[unitOffset..].TrimEnd(' '), unitOffset);
    }

    /// <summary>The number in another unit, such as 0.57 for 57 and the factor 0.01.</summary>
    /// <param name="factor">Written units to wanted units; positive.</param>
    /// <remarks>
    /// Where the inverse of the factor is a whole number, the number is divided by it: 57 / 100 is the double nearest
    /// to 0.57, while 57 * 0.01 is not.
    /// </remarks>
    public double Times(double factor)
    {
        var inverse = Math.Round(1 / factor);
        return factor < 1 && 1 / inverse == factor ? Number / inverse : Number * factor;
    }

    /// <summary>The fault <c>UNIT</c> at the symbol of this quantity, naming the nearest known symbol.</summary>
    public Fault UnknownUnit(IReadOnlyCollection<string> symbols) => Unit.Length > 0
        ? new("UNIT", $"{Problem.Quote(Unit)} is not a unit{Suggestion.Text(Unit, symbols)}", UnitOffset)
        : new("UNIT", "a unit is missing", Math.Max(0, UnitOffset - 1));

    private static string Exponent(string rest, IReadOnlyCollection<string> symbols)
    {
        var standsAlone = rest.Length == 1 || (rest.Length > 1 && rest[1] == ' ');
        var isUnit = rest.Length > 1 && symbols.Contains(rest);
        var joinsUnit = rest.Length > 1 && symbols.Contains(rest[1..]);
        return isUnit || !(standsAlone || joinsUnit) ? "" : rest[0] switch
        {
            'k' => "e3",
            'M' => "e6",
            'B' => "e9",
            _ => "",
        };
    }
}
