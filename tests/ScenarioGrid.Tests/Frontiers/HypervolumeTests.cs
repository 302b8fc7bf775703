using ScenarioGrid.Frontiers;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class HypervolumeTests
{
    private static readonly Direction[] Two = [Minimise, Minimise];

    // security.md section 11, row TO-1; source S32 (pygmo).
    [Fact]
    public void TO_1_two_objectives()
    {
        double[][] points = [[1, 0], [0.5, 0.5], [0, 1], [1.5, 0.75]];
        Assert.Equal(3.25, Hypervolume.Of(points, [2, 2], Two), 1e-15);
        Close([0.5, 0.25, 0.5, 0], Hypervolume.Contributions(points, [2, 2], Two));
    }

    // Row TO-2; source S32 (pygmo).
    [Fact]
    public void TO_2_three_objectives() =>
        Assert.Equal(114,
            Hypervolume.Of([[1, 0, 1], [1, 1, 0], [-1, 2, 2]], [5, 5, 5], [Minimise, Minimise, Minimise]), 1e-12);

    // Row TO-3; source S33 (moocore).
    [Fact]
    public void TO_3_contributions_with_and_without_dominated_points()
    {
        double[][] four = [[5, 5], [4, 6], [2, 7], [7, 4]], five = [[5, 1], [1, 5], [4, 2], [4, 4], [5, 1]];
        Assert.Equal(38, Hypervolume.Of(four, [10, 10], Two), 1e-12);
        Close([2, 1, 6, 3], Hypervolume.Contributions(four, [10, 10], Two));
        Close([0, 3, 3, 0, 0], Hypervolume.Contributions(five, [6, 6], Two, ignoreDominated: true));
        Close([0, 3, 2, 0, 0], Hypervolume.Contributions(five, [6, 6], Two));
    }

    // Row TO-7; computed independently.
    [Fact]
    public void TO_7_four_objectives()
    {
        double[][] points = [[.1, .6, .8, .3], [.4, .2, .5, .7], [.8, .3, .1, .5], [.5, .5, .4, .2]];
        Direction[] four = [Minimise, Minimise, Minimise, Minimise];
        Assert.Equal(0.2015, Hypervolume.Of(points, [1, 1, 1, 1], four), 1e-12);
    }

    // Row TO-10; source S33 (moocore).
    [Fact]
    public void TO_10_maximised_objectives() =>
        Assert.Equal(39,
            Hypervolume.Of([[5, 5], [4, 6], [2, 7], [7, 4]], [0, 0], [Maximise, Maximise]), 1e-12);

    [Fact]
    public void It_agrees_with_counting_unit_cells() =>
        Gen.Int[1, 6].SelectMany(k => Gen.Int[0, 5].Array[k].Array[0, 12]).Sample(ints =>
        {
            var width = ints.Length == 0 ? 2 : ints[0].Length;
            double[][] points = [.. ints.Select(p => p.Select(v => (double)v).ToArray())];
            var (count, cells) = (0, (int)Math.Pow(4, width));
            for (var cell = 0; cell < cells; cell++)
            {
                var corner = Enumerable.Range(0, width).Select(j => cell >> (2 * j) & 3).ToArray();
                count += ints.Any(p => p.Zip(corner, (a, b) => a <= b).All(x => x)) ? 1 : 0;
            }

            var reference = Enumerable.Repeat(4.0, width).ToArray();
            Direction[] directions = [.. Enumerable.Repeat(Minimise, width)];
            Assert.Equal(count, Hypervolume.Of(points, reference, directions), 1e-9);
        }, iter: 300);

    [Fact]
    public void More_objectives_than_six_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
            Hypervolume.Of([], new double[7], [.. Enumerable.Repeat(Minimise, 7)]));

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-12));
    }
}
