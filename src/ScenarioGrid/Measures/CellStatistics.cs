namespace ScenarioGrid.Measures;

/// <summary>From the values of all measures on all paths of a cell to its result.</summary>
public static class CellStatistics
{
    /// <summary>The statistics with these names.</summary>
    /// <exception cref="ArgumentException">There is no statistic of that name.</exception>
    public static Statistic[] Named(IReadOnlyList<string> names) =>
        [.. names.Select(n => Statistics.Find(n)
            ?? throw new ArgumentException($"there is no statistic '{n}'", nameof(names)))];

    /// <summary>The result of a cell.</summary>
    /// <param name="cell">Number of the cell.</param>
    /// <param name="values">For each measure one value per path.</param>
    /// <param name="statistics">What to compute of each.</param>
    public static CellResult Of(long cell, double[][] values, Statistic[] statistics)
    {
        var estimates = new Estimate[values.Length * statistics.Length];
        for (var measure = 0; measure < values.Length; measure++)
        {
            var sample = new Sample(values[measure]);
            for (var s = 0; s < statistics.Length; s++)
            {
                estimates[measure * statistics.Length + s] = statistics[s].Of(sample);
            }
        }

        return new CellResult(cell, estimates, null);
    }
}
