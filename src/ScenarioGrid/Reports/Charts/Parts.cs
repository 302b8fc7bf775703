namespace ScenarioGrid.Reports.Charts;

/// <summary>Pieces of ECharts options that every chart shares.</summary>
internal static class Parts
{
    public const string Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>Longest text of a label on a category axis, in pixels.</summary>
    private const int LabelWidth = 132;

    public static object Color(string name) => new Dictionary<string, object> { ["$color"] = name };

    public static object Number { get; } = new Dictionary<string, object> { ["$number"] = true };

    public static object Tooltip(string kind) => new Dictionary<string, object> { ["$tooltip"] = kind };

    public static object Render(string kind) => new Dictionary<string, object> { ["$render"] = kind };

    public static object Rows(string standing) => new Dictionary<string, object> { ["$cells"] = standing };

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
    public static Dictionary<string, object?> ValueAxis(string? name, bool scale = true) => new()
    {
        ["type"] = "value",
        ["scale"] = scale,
        ["name"] = name,
        ["nameLocation"] = "middle",
        ["nameTextStyle"] = new { color = Color("muted"), fontSize = 12 },
        ["nameTruncate"] = new { maxWidth = 260, ellipsis = "\u2026" },
        ["axisLine"] = new { show = false },
        ["axisTick"] = new { show = false },
        ["axisLabel"] = new { color = Color("muted"), formatter = Number, hideOverlap = true },
        ["splitLine"] = new { lineStyle = new { color = Color("grid") } },
        ["splitNumber"] = 5,
    };

    /// <summary>An axis of names or levels.</summary>
    public static Dictionary<string, object?> CategoryAxis(string? name, IReadOnlyList<string>? labels, bool isUpright = false) => new()
    {
        ["type"] = "category",
        ["data"] = labels,
        ["name"] = name,
        ["nameLocation"] = "middle",
        ["nameTextStyle"] = new { color = Color("muted"), fontSize = 12 },
        ["nameTruncate"] = new { maxWidth = 260, ellipsis = "\u2026" },
        ["axisLine"] = new { lineStyle = new { color = Color("line") } },
        ["axisTick"] = new { show = false },
        ["axisLabel"] = isUpright
            ? new { color = Color("muted"), hideOverlap = true, width = LabelWidth, overflow = "truncate" }
            : new { color = Color("muted"), hideOverlap = true, width = LabelWidth, overflow = "truncate" },
        ["splitLine"] = new { show = false },
    };

    /// <summary>Margins; labels and names of axes are kept inside by ECharts itself.</summary>
    public static object Grid(int top = 16, int bottom = 12) => new
    {
        left = 8, right = 20, top, bottom, containLabel = false, outerBoundsMode = "same", outerBoundsContain = "all",
    };

    public static object Legend(params string[] names) => new
    {
        data = names,
        top = 0,
        left = 0,
        icon = "circle",
        itemWidth = 10,
        itemHeight = 10,
        itemGap = 16,
        textStyle = new { color = Color("ink") },
    };
}
