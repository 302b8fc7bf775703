using ScenarioGrid.Cells;
using ScenarioGrid.Tests.Frontiers;

namespace ScenarioGrid.Tests.Cells;

public class SobolSequenceTests
{
    // First ten points in three dimensions as printed on the page of Joe and Kuo with their generator.
    [Fact]
    public void The_first_points_are_those_of_Joe_and_Kuo()
    {
        double[][] expected =
        [
            [0, 0, 0], [.5, .5, .5], [.75, .25, .25], [.25, .75, .75], [.375, .375, .625], [.875, .875, .125],
            [.625, .125, .875], [.125, .625, .375], [.1875, .3125, .9375], [.6875, .8125, .4375],
        ];
        var sobol = new SobolSequence(3, seed: null);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], Enumerable.Range(0, 3).Select(d => sobol.Word(i, d) / 4294967296.0));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1ul)]
    [InlineData(20200312ul)]
    public void Every_block_of_a_power_of_two_meets_every_interval_once_in_every_dimension(ulong? seed)
    {
        var sobol = new SobolSequence(SobolSequence.DimensionsMax, seed);
        for (var dimension = 0; dimension < sobol.Dimensions; dimension++)
        {
            foreach (var (bits, start) in new[] { (1, 0), (3, 8), (6, 128), (10, 3 << 10) })
            {
                var met = Enumerable.Range(start, 1 << bits)
                    .Select(i => (int)(sobol.Coordinate(i, dimension) * (1 << bits))).Distinct().Count();
                Assert.Equal(1 << bits, met);
            }
        }
    }

    [Fact]
    public void No_two_dimensions_are_alike()
    {
        var sobol = new SobolSequence(SobolSequence.DimensionsMax, seed: null);
        var columns = Enumerable.Range(0, sobol.Dimensions)
            .Select(d => string.Join(',', Enumerable.Range(0, 1024).Select(i => sobol.Word(i, d)))).Distinct();
        Assert.Equal(sobol.Dimensions, columns.Count());
    }

    [Fact]
    public void Scrambled_points_are_pinned()
    {
        var sobol = new SobolSequence(2, seed: 42);
        Assert.Equal(PinnedWords, Enumerable.Range(0, 4).Select(i => sobol.Word(i, i % 2)));
    }

    [Fact]
    public void Saltelli_and_Jansen_on_Ishigami_come_close_to_the_exact_indices()
    {
        const int n = 4096;
        var sobol = new SobolSequence(6, seed: 11);
        double At(int i, Func<int, int> column) =>
            Ishigami.Value(Ishigami.Point(d => sobol.Coordinate(i, column(d))));
        double[] a = [.. Enumerable.Range(0, n).Select(i => At(i, d => d))];
        double[] b = [.. Enumerable.Range(0, n).Select(i => At(i, d => d + 3))];
        var mean = a.Concat(b).Average();
        var variance = a.Concat(b).Select(v => (v - mean) * (v - mean)).Average();
        for (var axis = 0; axis < 3; axis++)
        {
            double[] mixed = [.. Enumerable.Range(0, n).Select(i => At(i, d => d == axis ? d + 3 : d))];
            var first = Enumerable.Range(0, n).Select(i => b[i] * (mixed[i] - a[i])).Average() / variance;
            var total = Enumerable.Range(0, n).Select(i => Math.Pow(a[i] - mixed[i], 2)).Average() / 2 / variance;
            Assert.Equal(Ishigami.First[axis], first, 0.02);
            Assert.Equal(Ishigami.Total[axis], total, 0.02);
        }
    }

    [Fact]
    public void Points_and_dimensions_beyond_the_table_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolSequence(49, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SobolSequence(1, seed: 1).Word(1L << 32, 0));
    }

    private static readonly uint[] PinnedWords = [1869144631, 865507180, 2802809419, 1808215103];
}
