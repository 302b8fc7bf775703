namespace ScenarioGrid.Frontiers;

/// <summary>The bend of a frontier: the point after which gaining on one objective costs much on another.</summary>
/// <remarks>
/// The frontier is normalised to [0, 1] per objective, best 0. Its extremes are then the unit corners, and the plane
/// through them is sum x_i = 1 (the line through both ends for two objectives). The knee lies furthest below that
/// plane: distance (1 - sum x_i) / sqrt(k) (Das, "On characterizing the knee of the Pareto curve", 1999).
/// </remarks>
public static class Knee
{
    /// <summary>Below this distance a frontier counts as straight or bulging outwards: it has no knee.</summary>
    public const double DistanceMin = 0.01;

    /// <summary>Signed distance of each point below the plane through the extremes; negative above it.</summary>
    /// <param name="points">The points of a frontier, one row each.</param>
    /// <param name="directions">Direction of each objective.</param>
    public static double[] Distances(IReadOnlyList<double[]> points, IReadOnlyList<Direction> directions) =>
        [.. Rows.Normalised(Rows.Minimised(points, directions)).Select(BelowPlane)];

    /// <summary>Euclidean distance of each normalised point to the ideal, which is best on every objective at
    /// once.</summary>
    public static double[] IdealDistances(IReadOnlyList<double[]> points, IReadOnlyList<Direction> directions) =>
        [.. Rows.Normalised(Rows.Minimised(points, directions)).Select(Length)];

    /// <summary>Number of the knee point: furthest below the plane, or nearest to the ideal if the frontier has no
    /// bend.</summary>
    /// <returns>The point (ties go to the lower number), and whether it is a bend.</returns>
    public static (int Point, bool IsBend) Find(IReadOnlyList<double[]> points, IReadOnlyList<Direction> directions)
    {
        var distances = Distances(points, directions);
        var isBend = distances.Any(d => d > DistanceMin);
        var scores = isBend ? [.. distances.Select(d => -d)] : IdealDistances(points, directions);
        return (Array.IndexOf(scores, scores.Min()), isBend);
    }

    /// <summary>What one unit of an objective costs in another, between neighbours along the frontier.</summary>
    /// <param name="points">The points of a frontier.</param>
    /// <param name="gain">Column that the frontier is walked along, ascending.</param>
    /// <param name="cost">Column whose change is divided.</param>
    /// <returns>Neighbours and change of cost per unit of gain; points with equal gain are skipped.</returns>
    public static IReadOnlyList<(int From, int To, double Rate)> MarginalRates(
        IReadOnlyList<double[]> points, int gain, int cost)
    {
        var order = Enumerable.Range(0, points.Count).OrderBy(i => points[i][gain]).ThenBy(i => i).ToArray();
        var rates = new List<(int, int, double)>();
        for (var i = 1; i < order.Length; i++)
        {
            var (from, to) = (points[order[i - 1]], points[order[i]]);
            if (to[gain] > from[gain])
            {
                rates.Add((order[i - 1], order[i], (to[cost] - from[cost]) / (to[gain] - from[gain])));
            }
        }

        return rates;
    }

    private static double BelowPlane(double[] row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
        }

        return (1 - sum) / Math.Sqrt(row.Length);
    }

    private static double Length(double[] row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
