using System.Globalization;

namespace ScenarioGrid.Reports.Charts;

/// <summary>Pieces of ECharts options that every chart shares.</summary>
internal static class Parts
{
    public const string Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>Longest text of a label on a category axis, in pixels.</summary>
    private const int LabelWidth = 132, UprightWidth = 168;

    /// <summary>Distance of the name below a lower axis, in pixels; left axes keep clear by themselves.</summary>
    private const int NameGap = 28;

    /// <summary>Letters up to which a name is written in full.</summary>
    private const int NameLength = 34;

    public static object Color(string name) => new Dictionary<string, object> { ["$color"] = name };

    /// <summary>Writes numbers with so many significant digits.</summary>
    public static object NumberOf(int digits) => new Dictionary<string, object> { ["$number"] = digits };

    public static object Number { get; } = NumberOf(4);

    public static object Tooltip(string kind) => new Dictionary<string, object> { ["$tooltip"] = kind };

    public static object Render(string kind) => new Dictionary<string, object> { ["$render"] = kind };

    public static object Rows(string standing) => new Dictionary<string, object> { ["$cells"] = standing };

    /// <summary>The diamond of the recommended cell on a coloured ground.</summary>
    public static object ChoiceStyle { get; } =
        new { color = Color("choice"), borderColor = "#ffffff", borderWidth = 1.5, opacity = 1 };

    /// <summary>The colour scale below a chart; a choice sets its ends.</summary>
    public static object ColorScale { get; } = new
    {
        type = "continuous",
        orient = "horizontal",
        left = "center",
        bottom = 0,
        itemWidth = 12,
        itemHeight = 160,
        calculable = false,
        seriesIndex = 0,
        inRange = new { color = Viridis.Stops },
        textStyle = new { color = Color("muted") },
        textGap = 10,
    };

    public static object TextStyle { get; } = new { fontFamily = Font, fontSize = 12 };

    /// <summary>The tooltip of a chart: a box of the page, filled by a function that only sets text.</summary>
    public static object TooltipOf(string kind, string trigger = "item") => new
    {
        trigger,
        confine = true,
        formatter = Tooltip(kind),
        backgroundColor = Color("panel"),
        borderColor = Color("line"),
        padding = 0,
        textStyle = new { color = Color("ink"), fontSize = 12, fontFamily = Font },
        axisPointer = new { type = "line", lineStyle = new { color = Color("muted") } },
    };

    /// <summary>An axis of numbers.</summary>
    public static Dictionary<string, object?> ValueAxis(string? name, bool scale = true, bool isLower = false) => new()
    {
        ["type"] = "value",
        ["scale"] = scale,
        ["name"] = name,
        ["nameLocation"] = "middle",
        ["nameTextStyle"] = new { color = Color("muted"), fontSize = 12 },
        ["nameGap"] = isLower ? NameGap : null,
        ["nameTruncate"] = new { maxWidth = 260, ellipsis = "\u2026" },
        ["axisLine"] = new { show = false },
        ["axisTick"] = new { show = false },
        ["axisLabel"] = new { color = Color("muted"), formatter = Number, hideOverlap = true },
        ["splitLine"] = new { lineStyle = new { color = Color("grid") } },
        ["splitNumber"] = 5,
    };

    /// <summary>An axis of names or levels.</summary>
    public static Dictionary<string, object?> CategoryAxis(
        string? name, IReadOnlyList<string>? labels, bool isUpright = false, bool isLower = false) => new()
    {
        ["type"] = "category",
        ["data"] = labels,
        ["name"] = name,
        ["nameLocation"] = "middle",
        ["nameTextStyle"] = new { color = Color("muted"), fontSize = 12 },
        ["nameGap"] = isLower ? NameGap : null,
        ["nameTruncate"] = new { maxWidth = 260, ellipsis = "\u2026" },
        ["axisLine"] = new { lineStyle = new { color = Color("line") } },
        ["axisTick"] = new { show = false },
        ["axisLabel"] = new
        {
            color = Color("muted"), hideOverlap = true,
            width = isUpright ? UprightWidth : LabelWidth, overflow = "truncate",
        },
        ["splitLine"] = new { show = false },
    };

    /// <summary>Margins; labels and names of axes are kept inside by ECharts itself.</summary>
    public static object Grid(int top = 16, int bottom = 12) => new
    {
        left = 8, right = 20, top, bottom, containLabel = false, outerBoundsMode = "same", outerBoundsContain = "all",
    };

    /// <summary>
    /// "the-collateral\u2026.badDebt.es99": a long instance name is cut, so that what is measured stays readable.
    /// </summary>
    public static string Short(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (name.Length <= NameLength || dot < 0)
        {
            return name.Length <= NameLength ? name : name[..(NameLength - 1)] + "\u2026";
        }

        var kept = Math.Clamp(NameLength - 1 - (name.Length - dot), Math.Min(6, dot), dot);
        var cut = kept < dot ? name[..kept] + "\u2026" + name[dot..] : name;
        return cut.Length <= 2 * NameLength ? cut : cut[..(2 * NameLength)] + "\u2026";
    }

    /// <summary>Ends and step of an axis whose numbers are round.</summary>
    public static (double Low, double High, double Step) Nice(double low, double high)
    {
        var span = high > low ? high - low : Math.Max(Math.Abs(high), 1);
        // The power of ten below a fifth of the span, read from its digits: no logarithm, so no last bit to differ.
        var digits = (span / 5).ToString("E15", CultureInfo.InvariantCulture);
        var exponent = digits[digits.IndexOf('E', StringComparison.Ordinal)..];
        var power = double.Parse("1" + exponent, CultureInfo.InvariantCulture);
        var lead = span / 5 / power;
        var step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10);
        var (first, last) = (Math.Floor(low / step + 1e-9), Math.Ceiling(high / step - 1e-9));
        return (Tidy(first * step), Tidy(Math.Max(last, first + 1) * step), Tidy(step));
    }

    private static double Tidy(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static object Legend(params string[] names) => new
    {
        data = names.Select(n => n is "recommended" or "nearest to passing"
            ? (object)new { name = n, icon = "diamond" }
            : n).ToArray(),
        top = 0,
        left = 0,
        icon = "circle",
        itemWidth = 10,
        itemHeight = 10,
        itemGap = 16,
        textStyle = new { color = Color("ink") },
    };
}
