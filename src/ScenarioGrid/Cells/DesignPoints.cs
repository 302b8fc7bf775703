using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Cells;

/// <summary>Coordinates of sampled designs.</summary>
public static class DesignPoints
{
    /// <summary>Coordinate in [0, 1) of one point along one axis.</summary>
    public static double Coordinate(Design design, ulong seed, long point, long points, int axis) =>
        throw new NotSupportedException($"{design} {seed} {point} {points} {axis}");
}
