using System.Globalization;
using ScenarioGrid.Frontiers;

namespace ScenarioGrid.Reports.Charts;

/// <summary>A column of settings. With few distinct levels, rows hold the position in <see cref="Labels"/>.</summary>
public sealed record SettingColumn(string Name, string Unit, IReadOnlyList<string>? Labels);

/// <summary>A column of objective estimates: value, low and high.</summary>
public sealed record ObjectiveColumn(string Name, string Axis, string Unit, bool IsMaximised);

/// <summary>The cells that charts draw, once for all charts of a page.</summary>
/// <remarks>
/// Row: cell, standing (0 dominated, 1 frontier, 2 recommended), passes (1 or 0), one setting per axis, then value,
/// low and high per objective. Above <see cref="CellsMax"/> cells: the frontier (most probable first) and every n-th
/// dominated cell in the order of their numbers. The same cells are drawn every time.
/// </remarks>
public sealed record CellTable(
    IReadOnlyList<SettingColumn> Settings, IReadOnlyList<ObjectiveColumn> Objectives, IReadOnlyList<double?[]> Rows,
    string? Omitted)
{
    /// <summary>Most cells that a chart draws.</summary>
    public const int CellsMax = 4096;

    /// <summary>Levels up to which an axis is drawn level by level.</summary>
    public const int LevelsMax = 24;

    /// <summary>Position of the first setting in a row.</summary>
    public const int SettingAt = 3;

    /// <summary>Position of the value of an objective in a row.</summary>
    public int ObjectiveAt(int objective) => SettingAt + Settings.Count + 3 * objective;

    public static CellTable Of(ReportData data)
    {
        var (drawn, omitted) = Drawn(data);
        var columns = data.Axes.Select((a, i) => Column.Of(data, i, drawn)).ToList();
        return new CellTable(
            [.. columns.Select(c => c.Info)],
            [.. data.Frontier.Objectives.Select((o, i) => new ObjectiveColumn(
                o.Measure, o.Axis, data.ObjectiveUnits[i].Name, o.Direction == Direction.Maximise))],
            [.. drawn.Select(c => RowOf(data, c, columns))],
            omitted);
    }

    private static double?[] RowOf(ReportData data, MeasuredCell cell, List<Column> columns) =>
    [
        cell.Index,
        data.Recommendation?.Cell.Index == cell.Index ? 2 : data.IsOnFrontier(cell.Index) ? 1 : 0,
        cell.Passes ? 1 : 0,
        .. columns.Select((c, i) => c.Place(cell.Settings[i])),
        .. cell.Objectives.SelectMany((e, i) => new[] { e.Value, e.Low, e.High }.Select(data.ObjectiveUnits[i].Show)),
    ];

    private static (IReadOnlyList<MeasuredCell>, string?) Drawn(ReportData data)
    {
        if (data.Cells.Count <= CellsMax)
        {
            return (data.Cells, null);
        }

        bool Matters(MeasuredCell c) => data.IsOnFrontier(c.Index) || data.Recommendation?.Cell.Index == c.Index;
        var frontier = data.Cells.Where(Matters)
            .OrderByDescending(c => data.Recommendation?.Cell.Index == c.Index)
            .ThenByDescending(c => data.Membership(c.Index)).ThenBy(c => c.Index).Take(CellsMax).ToList();
        var rest = data.Cells.Where(c => !Matters(c)).ToList();
        var room = Math.Min(CellsMax - frontier.Count, rest.Count);
        var sample = Enumerable.Range(0, room).Select(i => rest[(int)((long)i * rest.Count / room)]);
        var total = data.Cells.Count(Matters);
        return ([.. frontier.Concat(sample).OrderBy(c => c.Index)], string.Create(
            CultureInfo.InvariantCulture,
            $"Drawn: {frontier.Count} of {total} frontier cells and {room} of {rest.Count} dominated cells, "
            + $"evenly spaced by cell number."));
    }

    /// <summary>How the settings of one axis are placed: by level, or by value in display units.</summary>
    private sealed record Column(SettingColumn Info, double[]? Levels, DisplayUnit Unit)
    {
        public double? Place(double value) => Levels is null ? Unit.Show(value) : Array.BinarySearch(Levels, value);

        public static Column Of(ReportData data, int axis, IReadOnlyList<MeasuredCell> cells)
        {
            double[] levels = [.. cells.Select(c => c.Settings[axis]).Distinct().Order()];
            var info = data.Axes[axis];
            var unit = DisplayUnit.Of(info.Unit, levels);
            return levels.Length <= LevelsMax || info.Unit is null
                ? new Column(
                    new SettingColumn(info.Name, "", [.. levels.Select(l => data.Label(axis, l))]), levels, unit)
                : new Column(new SettingColumn(info.Name, unit.Name, null), null, unit);
        }
    }
}
