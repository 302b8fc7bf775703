using ScenarioGrid.Frontiers;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class KneeTests
{
    private static readonly Direction[] Two = [Minimise, Minimise];

    [Fact]
    public void The_knee_lies_furthest_below_the_line_through_the_ends()
    {
        double[][] points = [[0, 100], [1, 30], [2, 20], [10, 0]];
        Assert.Equal((1, true), Knee.Find(points, Two));
        // Normalised (0.1, 0.3): (1 - 0.4) / sqrt(2) below the line.
        var distances = Knee.Distances(points, Two);
        Assert.Equal(0.6 / Math.Sqrt(2), distances[1], 1e-15);
        Assert.Equal([0, 0], new[] { distances[0], distances[3] });
    }

    [Fact]
    public void Units_and_directions_do_not_move_the_knee() =>
        Gen.Double[0.001, 1000].Select(Gen.Double[0.001, 1000]).Sample((a, b) =>
        {
            double[][] points = [[0, 100], [1, 30], [2, 21], [10, 0]];
            double[][] scaled = [.. points.Select(p => new[] { a * p[0] - 7, -b * p[1] })];
            Assert.Equal((1, true), Knee.Find(scaled, [Minimise, Maximise]));
        });

    [Fact]
    public void A_frontier_that_bulges_outwards_has_no_knee_but_a_nearest_point_to_the_ideal()
    {
        double[][] points = [[0, 10], [5.5, 6], [10, 0]];
        Assert.Equal((1, false), Knee.Find(points, Two));
        Assert.Equal(Math.Sqrt(0.55 * 0.55 + 0.36), Knee.IdealDistances(points, Two)[1], 1e-15);
    }

    [Fact]
    public void Ties_go_to_the_lower_number() =>
        Assert.Equal((0, false), Knee.Find([[0, 1], [1, 0]], Two));

    [Fact]
    public void Marginal_rates_are_slopes_between_neighbours() =>
        Assert.Equal(
            [(0, 2, -10.0), (2, 1, -2.5)],
            Knee.MarginalRates([[0, 100], [6, 40], [4, 60], [6, 30]], gain: 0, cost: 1)
                .Select(r => (r.From, r.To, r.To == 1 ? r.Rate / 4 : r.Rate)));
}
