namespace ScenarioGrid.Frontiers;

/// <summary>How close a found frontier comes to a reference frontier; 0 (or 1 for the ratio) is perfect.</summary>
/// <remarks>
/// Sources: IGD, Coello and Reyes Sierra (2004); IGD+, Ishibuchi et al., "Modified distance calculation in generational
/// distance and inverted generational distance" (EMO 2015); epsilon, Zitzler et al. (IEEE TEC 7, 2003).
/// </remarks>
public static class Quality
{
    /// <summary>Mean Euclidean distance from each reference point to the nearest found point.</summary>
    public static double Igd(
        IReadOnlyList<double[]> found, IReadOnlyList<double[]> reference, IReadOnlyList<Direction> directions) =>
        MeanNearest(found, reference, directions, plus: false);

    /// <summary>The same, counting only the part of the distance by which the found point is worse.</summary>
    public static double IgdPlus(
        IReadOnlyList<double[]> found, IReadOnlyList<double[]> reference, IReadOnlyList<Direction> directions) =>
        MeanNearest(found, reference, directions, plus: true);

    /// <summary>The least amount by which all found points must improve to reach every reference point.</summary>
    public static double EpsilonAdditive(
        IReadOnlyList<double[]> found, IReadOnlyList<double[]> reference, IReadOnlyList<Direction> directions) =>
        Epsilon(Rows.Minimised(found, directions), Rows.Minimised(reference, directions), (a, z, _) => a - z);

    /// <summary>The least factor by which all found points must improve to reach every reference point.</summary>
    /// <exception cref="ArgumentException">A value is not positive: a ratio has no meaning there.</exception>
    public static double EpsilonMultiplicative(
        IReadOnlyList<double[]> found, IReadOnlyList<double[]> reference, IReadOnlyList<Direction> directions)
    {
        if (found.Concat(reference).Any(p => !p.All(v => v > 0)))
        {
            throw new ArgumentException("multiplicative epsilon needs positive values", nameof(found));
        }

        // Maximised columns are negated, which leaves the ratio as it is but turns it over.
        return Epsilon(Rows.Minimised(found, directions), Rows.Minimised(reference, directions),
            (a, z, j) => directions[j] == Direction.Minimise ? a / z : z / a);
    }

    private static double Epsilon(double[][] found, double[][] reference, Func<double, double, int, double> gap)
    {
        var worst = double.NegativeInfinity;
        foreach (var z in reference)
        {
            var nearest = double.PositiveInfinity;
            foreach (var a in found)
            {
                var largest = double.NegativeInfinity;
                for (var j = 0; j < z.Length; j++)
                {
                    largest = Math.Max(largest, gap(a[j], z[j], j));
                }

                nearest = Math.Min(nearest, largest);
            }

            worst = Math.Max(worst, nearest);
        }

        return worst;
    }

    private static double MeanNearest(
        IReadOnlyList<double[]> found, IReadOnlyList<double[]> reference,
        IReadOnlyList<Direction> directions, bool plus)
    {
        var (points, goals) = (Rows.Minimised(found, directions), Rows.Minimised(reference, directions));
        var sum = 0.0;
        foreach (var z in goals)
        {
            var nearest = double.PositiveInfinity;
            foreach (var a in points)
            {
                var square = 0.0;
                for (var j = 0; j < z.Length; j++)
                {
                    var gap = plus ? Math.Max(a[j] - z[j], 0) : a[j] - z[j];
                    square += gap * gap;
                }

                nearest = Math.Min(nearest, square);
            }

            sum += Math.Sqrt(nearest);
        }

        return sum / goals.Length;
    }
}
