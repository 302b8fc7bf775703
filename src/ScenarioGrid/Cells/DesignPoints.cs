using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Cells;

/// <summary>Coordinates of the points of a sampled design, each by its number alone.</summary>
public sealed class DesignPoints
{
    private readonly SobolSequence? _sobol;
    private readonly LatinHypercube? _hypercube;

    public DesignPoints(Design design, ulong seed, long points, int axes)
    {
        if (design == Design.Sobol)
        {
            _sobol = new SobolSequence(axes, seed);
        }
        else
        {
            _hypercube = new LatinHypercube(points, axes, seed);
        }
    }

    /// <summary>Coordinate in [0, 1) of one point along one axis.</summary>
    public double Coordinate(long point, int axis) =>
        _sobol is not null ? _sobol.Coordinate(point, axis) : _hypercube!.Coordinate(point, axis);
}
