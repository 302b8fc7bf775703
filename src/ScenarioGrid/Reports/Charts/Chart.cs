namespace ScenarioGrid.Reports.Charts;

/// <summary>A choice above a chart. Pickers of one group on different charts move together.</summary>
/// <param name="Name">What is chosen: "Across".</param>
/// <param name="Choices">The choices as shown.</param>
/// <param name="Picked">Position of the first choice.</param>
public sealed record Picker(string Name, IReadOnlyList<string> Choices, int Picked = 0);

/// <summary>A chart as the page draws it: an ECharts option in plain data, without a line of script.</summary>
/// <remarks>
/// <para>
/// What plain data cannot say is a marker, an object with one key that starts with "$": <c>$color</c> names a colour of
/// the theme, <c>$number</c> writes numbers shortly, <c>$cells</c> stands for rows of the <see cref="CellTable"/>,
/// <c>$tooltip</c> and <c>$render</c> name functions of report.js. Text of a user is always a string, never an object,
/// so it can never be taken for a marker.
/// </para>
/// <para>Numbers are in display units with six significant digits; null is a value that is not finite.</para>
/// </remarks>
public sealed record Chart
{
    /// <summary>Id on the page.</summary>
    public required string Id { get; init; }

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>What the chart shows and which aggregate, in a sentence; also read out by screen readers.</summary>
    public required string About { get; init; }

    /// <summary>The option common to all choices.</summary>
    public required object Option { get; init; }

    public IReadOnlyList<Picker> Pickers { get; init; } = [];

    /// <summary>What each combination of choices ("0|2") changes in the option.</summary>
    public IReadOnlyDictionary<string, object> Patches { get; init; } = new Dictionary<string, object>();

    /// <summary>How the page shows it as a table: "cells", "columns" or "grid".</summary>
    public required string Table { get; init; }

    /// <summary>Headings of a table of columns.</summary>
    public IReadOnlyList<string> Head { get; init; } = [];

    /// <summary>Lines below the chart: what is not shown, what a number on it stands for.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Height in pixels.</summary>
    public int Height { get; init; } = 380;

    /// <summary>Width in pixels below which the chart scrolls sideways.</summary>
    public int WidthMin { get; init; } = 280;
}
