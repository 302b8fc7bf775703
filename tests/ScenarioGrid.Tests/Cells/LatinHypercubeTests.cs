using ScenarioGrid.Cells;

namespace ScenarioGrid.Tests.Cells;

public class LatinHypercubeTests
{
    [Fact]
    public void Every_slice_of_every_dimension_holds_one_point() =>
        Gen.Int[1, 600].Select(Gen.ULong).Sample((points, seed) =>
        {
            var design = new LatinHypercube(points, 3, seed);
            for (var dimension = 0; dimension < 3; dimension++)
            {
                var slices = Enumerable.Range(0, points).Select(i => design.Slice(i, dimension)).Order();
                Assert.Equal(Enumerable.Range(0, points).Select(i => (long)i), slices);
            }
        }, iter: 50);

    [Fact]
    public void A_coordinate_lies_inside_its_slice() =>
        Gen.Long[1, 1L << 40].SelectMany(n => Gen.Long[0, n - 1].Select(i => (n, i))).Sample(c =>
        {
            var design = new LatinHypercube(c.n, 2, seed: 9);
            var x = design.Coordinate(c.i, 1);
            Assert.InRange(x, double.Epsilon, 1 - 1e-16);
            Assert.Equal(design.Slice(c.i, 1) + 0.5, x * c.n, 0.5 + 1e-3);
        });

    [Fact]
    public void Dimensions_and_seeds_permute_differently()
    {
        long[] Order(ulong seed, int d)
        {
            var design = new LatinHypercube(100, 2, seed);
            return [.. Enumerable.Range(0, 100).Select(i => design.Slice(i, d))];
        }

        Assert.NotEqual(Order(1, 0), Order(1, 1));
        Assert.NotEqual(Order(1, 0), Order(2, 0));
        Assert.Equal(Order(1, 0), Order(1, 0));
    }

    [Fact]
    public void Two_dimensions_are_uncorrelated()
    {
        var design = new LatinHypercube(4096, 2, seed: 4);
        var correlation = Enumerable.Range(0, 4096)
            .Average(i => (design.Coordinate(i, 0) - 0.5) * (design.Coordinate(i, 1) - 0.5)) * 12;
        // The standard error is 1/64.
        Assert.InRange(correlation, -0.05, 0.05);
    }

    [Fact]
    public void Points_outside_the_design_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatinHypercube(0, 1, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatinHypercube(5, 1, seed: 1).Slice(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatinHypercube(5, 1, seed: 1).Slice(0, 1));
    }
}
