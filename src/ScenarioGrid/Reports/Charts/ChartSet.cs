namespace ScenarioGrid.Reports.Charts;

/// <summary>Every chart of an outcome with the cells they draw: what a page embeds as JSON.</summary>
/// <param name="Cells">The cells drawn.</param>
/// <param name="Standings">Words for standings 0, 1 and 2.</param>
/// <param name="Charts">The charts that this outcome has.</param>
public sealed record ChartSet(CellTable Cells, IReadOnlyList<string> Standings, IReadOnlyList<Chart> Charts)
{
    /// <summary>Builds them all.</summary>
    public static ChartSet Of(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var cells = CellTable.Of(data);
        Chart?[] charts =
        [
            ParetoChart.Of(data, cells), HeatMapChart.Of(data) ?? ResponseChart.Of(data, cells),
            .. FanChart.Of(data), .. EffectCharts.Of(data), ParallelChart.Of(data, cells),
        ];
        var others = data.Recommendation is null ? "measured" : "dominated";
        return new ChartSet(cells, [others, "frontier", data.ChoiceName], [.. charts.OfType<Chart>()]);
    }

    /// <summary>A chart by its id, or null.</summary>
    public Chart? Find(string id) => Charts.FirstOrDefault(c => c.Id == id);
}
