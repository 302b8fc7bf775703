using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class ExpectedShortfallTests
{
    [Fact]
    public void Mean_of_the_highest_tail_with_a_share_of_the_boundary_path()
    {
        double[] hundred = [.. Enumerable.Range(1, 100).Select(i => (double)i)];
        Assert.Equal(98, Statistics.Find("es95")!.Of(new Sample(hundred)).Value, 1e-12);
        // 2.5 paths of 50: (50 + 49 + 48 / 2) / 2.5.
        Assert.Equal((50 + 49 + 24) / 2.5, Statistics.Find("es95")!.Of(new Sample(hundred[..50])).Value, 1e-12);
        // Half a path: the highest.
        Assert.Equal(10, Statistics.Find("es95")!.Of(new Sample(hundred[..10])).Value, 1e-12);
    }

    [Fact]
    public void It_lies_between_the_quantile_and_the_maximum() =>
        Gen.Double[-100, 100].Array[1, 300].Sample(values =>
        {
            var sample = new Sample(values);
            var value = Statistics.Find("es90")!.Of(sample).Value;
            Assert.InRange(value, Statistics.Find("p90")!.Of(sample).Value - 1e-9, sample.Greatest + 1e-9);
        });

    [Fact]
    public void It_is_subadditive() =>
        Gen.Double[-100, 100].Array[50].Select(Gen.Double[-100, 100].Array[50]).Sample((a, b) =>
        {
            double Shortfall(double[] v) => Statistics.Find("es90")!.Of(new Sample(v)).Value;
            Assert.True(Shortfall([.. a.Zip(b, (x, y) => x + y)]) <= Shortfall(a) + Shortfall(b) + 1e-9);
        });

    [Theory]
    [InlineData("es95", 0.05, 2000)]
    [InlineData("es99", 0.01, 8000)]
    public void The_interval_covers_the_truth_of_exponential_paths(string name, double tail, int paths) =>
        // The quantile is -ln(tail), and the mean excess of an exponential is 1 everywhere.
        Assert.InRange(Coverage.Of(name, paths, 300, u => -Math.Log(u), 1 - Math.Log(tail)), 0.90, 0.99);
}
