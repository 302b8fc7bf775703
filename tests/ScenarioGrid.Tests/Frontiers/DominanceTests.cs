using ScenarioGrid.Frontiers;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class DominanceTests
{
    private static readonly double[][] Four = [[1, 1], [0, 1], [1, 0], [1, 0]];

    // security.md section 11, row TO-9; source S33 (moocore, is_nondominated).
    [Fact]
    public void TO_9_weakly_dominated_copies_are_dropped_or_kept()
    {
        Assert.Equal([false, true, true, false],
            Dominance.NonDominated(Four, [Minimise, Minimise], keepDuplicates: false));
        Assert.Equal([false, true, true, true], Dominance.NonDominated(Four, [Minimise, Minimise]));
    }

    [Fact]
    public void The_sweep_agrees_with_comparing_all_pairs() =>
        Gen.Int[1, 5].SelectMany(k => Gen.Int[0, 5].Array[k].Array[0, 40])
            .Select(Gen.Bool.Array[5], Gen.Bool).Sample((ints, maximise, keep) =>
            {
                double[][] points = [.. ints.Select(p => p.Select(v => (double)v).ToArray())];
                var width = points.Length == 0 ? 1 : points[0].Length;
                Direction[] directions = [.. maximise.Take(width).Select(m => m ? Maximise : Minimise)];
                var expected = points.Select((p, i) =>
                    !points.Any(q => Dominance.Dominates(q, p, directions))
                    && (keep || !points.Take(i).Any(q => q.SequenceEqual(p))));
                Assert.Equal(expected, Dominance.NonDominated(points, directions, keep));
            });

    [Fact]
    public void A_hundred_thousand_points_of_a_plane_are_all_kept_and_the_shifted_ones_are_not()
    {
        double[][] plane =
            [.. Enumerable.Range(0, 50_000).Select(i => new[] { i % 250, i / 250.0, -i % 250 - i / 250.0 })];
        double[][] points = [.. plane, .. plane.Select(p => new[] { p[0] + 1, p[1] + 1, p[2] + 1 })];
        var kept = Dominance.NonDominated(points, [Minimise, Minimise, Minimise]);
        Assert.Equal(50_000, kept.Take(50_000).Count(k => k));
        Assert.DoesNotContain(true, kept.Skip(50_000));
    }

    [Fact]
    public void Infinite_values_compare_and_what_is_not_a_number_is_refused()
    {
        double[][] points = [[1, 2], [1, double.PositiveInfinity], [double.NegativeInfinity, 3]];
        Assert.Equal([true, false, true], Dominance.NonDominated(points, [Minimise, Minimise]));
        Assert.Throws<ArgumentException>(() => Dominance.NonDominated([[1, double.NaN]], [Minimise, Minimise]));
        Assert.Throws<ArgumentException>(() => Dominance.NonDominated([[1]], [Minimise, Minimise]));
    }
}
