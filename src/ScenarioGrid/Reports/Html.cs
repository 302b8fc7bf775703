using System.Globalization;
using System.Net;
using System.Text;

namespace ScenarioGrid.Reports;

/// <summary>Text that is markup already.</summary>
internal readonly record struct Markup(string Text);

/// <summary>Builds a page; whatever fills a hole of a template is encoded unless it is <see cref="Markup"/>.</summary>
internal sealed class Html : IFormatProvider, ICustomFormatter
{
    private readonly StringBuilder _text = new();

    public Html Add(FormattableString template)
    {
        _text.Append(template.ToString(this)).Append('\n');
        return this;
    }

    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>A section with its heading; the id is the target of links.</summary>
    public Html Section(string id, string title, Action body)
    {
        Add($"<section id=\"{id}\"><h2>{title}</h2>");
        body();
        return Add($"</section>");
    }

    /// <summary>A table in a box that scrolls by itself; <paramref name="numeric"/> columns align right.</summary>
    public Html Table(IReadOnlyList<string> head, IEnumerable<Row> rows, params int[] numeric)
    {
        Add($"<div class=\"table-box\"><table><thead><tr>");
        for (var i = 0; i < head.Count; i++)
        {
            Add($"<th scope=\"col\"{new Markup(numeric.Contains(i) ? " class=\"n\"" : "")}>{Breakable(head[i])}</th>");
        }

        Add($"</tr></thead><tbody>");
        foreach (var row in rows)
        {
            Add($"<tr{new Markup(row.Attributes)}>");
            for (var i = 0; i < row.Cells.Count; i++)
            {
                Add($"<td{new Markup(numeric.Contains(i) ? " class=\"n\"" : "")}>{row.Cells[i]}</td>");
            }

            Add($"</tr>");
        }

        return Add($"</tbody></table></div>");
    }

    /// <summary>A dotted name that may break after its dots.</summary>
    public static Markup Breakable(string name) =>
        new(Encode(name).Replace(".", ".<wbr />", StringComparison.Ordinal));

    public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg is Markup markup
        ? markup.Text
        : Encode(arg is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : $"{arg}");

    /// <summary>
    /// Encodes for element content and quoted attributes. Control characters and marks that reverse the direction of
    /// writing can make a name look like another one; they become U+FFFD.
    /// </summary>
    public static string Encode(string text)
    {
        var clean = text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? text
            : string.Concat(text.Select(c => IsMisleading(c) ? '\ufffd' : c));
        return WebUtility.HtmlEncode(clean);
    }

    private static bool IsMisleading(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\t'))
        || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    public override string ToString() => _text.ToString();
}

/// <summary>A row of a table: plain values or <see cref="Markup"/>, and attributes of the row as markup.</summary>
internal sealed record Row(IReadOnlyList<object> Cells, string Attributes = "");
