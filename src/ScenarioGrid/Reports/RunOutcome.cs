using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Reports;

/// <summary>Everything a report is made of.</summary>
/// <param name="Campaign">The campaign as resolved.</param>
/// <param name="Grid">Its cells.</param>
/// <param name="Results">Results by cell number.</param>
/// <param name="Frontier">Frontier, recommendation and effects.</param>
/// <param name="Series">Paths over time of a few cells, the recommended one first; may be empty.</param>
/// <param name="Provenance">Where the numbers come from.</param>
public sealed record RunOutcome(
    Campaign Campaign, CellGrid Grid, IReadOnlyList<CellResult> Results, Frontier Frontier,
    IReadOnlyList<CellSeries> Series, Provenance Provenance);

/// <summary>Quantiles over the paths of one port at some ticks of one cell.</summary>
/// <param name="Cell">Number of the cell.</param>
/// <param name="Measure">Name of the measure: "instance.port"; its value at each tick, not over time.</param>
/// <param name="Seconds">Time of each point, seconds from the start.</param>
/// <param name="Quantiles">For each of <see cref="Levels"/> one value per point.</param>
public sealed record CellSeries(long Cell, string Measure, double[] Seconds, double[][] Quantiles)
{
    /// <summary>The quantiles of a fan.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
}

/// <summary>Where numbers come from: what must be equal for equal bits, and what was there besides.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Engine">Version of ScenarioGrid.</param>
/// <param name="InputHash">SHA-256 of the campaign text.</param>
/// <param name="ResultHash">SHA-256 of the canonical results in cell order.</param>
/// <param name="Machine">Operating system, processor features and cores.</param>
public sealed record Provenance(string Run, string Engine, string InputHash, string ResultHash, string Machine);
