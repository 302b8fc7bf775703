namespace ScenarioGrid.Measures;

/// <summary>Mean difference of one measure between two cells that met the same shocks path by path.</summary>
/// <remarks>
/// The paths of two cells share their random numbers, so the spread of the difference is far below that of either cell;
/// the interval is Student's t over the n differences (Law, "Simulation Modeling and Analysis", 10.2.1).
/// </remarks>
public static class PairedDifference
{
    /// <summary>Mean of <paramref name="cell"/> - <paramref name="reference"/>, in the unit of the measure.</summary>
    /// <param name="cell">Values of one cell in path order.</param>
    /// <param name="reference">Values of the other cell, same paths in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, are 0, or a difference is not a number.</exception>
    public static Estimate Of(ReadOnlySpan<double> cell, ReadOnlySpan<double> reference)
    {
        if (cell.Length != reference.Length)
        {
            throw new ArgumentException(
                $"paired cells need the same paths: {cell.Length} against {reference.Length}", nameof(cell));
        }

        var differences = new double[cell.Length];
        for (var path = 0; path < differences.Length; path++)
        {
            // Two equal infinities do not differ; their subtraction would say not-a-number.
            differences[path] = cell[path] == reference[path] ? 0 : cell[path] - reference[path];
        }

        return new Mean().Of(new Sample(differences));
    }
}
