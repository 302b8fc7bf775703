using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class QuantileTests
{
    [Fact]
    public void Ranks_of_the_interval_agree_with_summing_the_binomial_distribution()
    {
        var cases = new[] { (20, "p50", 0.5), (100, "p95", 0.95), (73, "p5", 0.05), (120, "p99", 0.99) };
        foreach (var (paths, name, q) in cases)
        {
            var below = new double[paths + 2];
            var term = Math.Pow(1 - q, paths);
            for (var k = 0; k <= paths; k++)
            {
                below[k + 1] = below[k] + term;
                term *= (paths - k) / (k + 1.0) * q / (1 - q);
            }

            // below[r] is P(B < r): the largest rank at or under 2.5 %, and the smallest at or over 97.5 %.
            var low = Enumerable.Range(0, paths + 1).Last(r => below[r] <= 0.025);
            var high = Enumerable.Range(1, paths + 1).First(r => r > paths || below[r] >= 0.975);
            var sample = new Sample([.. Enumerable.Range(1, paths).Select(i => (double)i)]);
            var estimate = Statistics.Find(name)!.Of(sample);
            Assert.Equal(low == 0 ? double.NegativeInfinity : low, estimate.Low);
            Assert.Equal(high > paths ? double.PositiveInfinity : high, estimate.High);
        }
    }

    [Fact]
    public void A_median_of_twenty_paths_lies_between_the_sixth_and_the_fifteenth()
    {
        // P(B <= 5) = 0.0207 for B binomial(20, 1/2): the textbook interval (David and Nagaraja, section 7.1).
        var estimate = Statistics.Find("p50")!.Of(new Sample([.. Enumerable.Range(1, 20).Select(i => (double)i)]));
        Assert.Equal((10, 6, 15), (estimate.Value, estimate.Low, estimate.High));
    }

    [Fact]
    public void Too_few_paths_leave_an_extreme_quantile_without_an_upper_bound()
    {
        var estimate = Statistics.Find("p99.9")!.Of(new Sample([.. Enumerable.Range(1, 1000).Select(i => (double)i)]));
        Assert.Equal(999, estimate.Value);
        Assert.Equal(double.PositiveInfinity, estimate.High);
        Assert.Equal(double.PositiveInfinity, estimate.StandardError);
    }

    [Theory]
    [InlineData("p50", 200)]
    [InlineData("p95", 500)]
    [InlineData("p99", 2000)]
    public void The_interval_covers_the_truth_at_least_as_often_as_it_says(string name, int paths)
    {
        var q = double.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture) / 100;
        Assert.InRange(Coverage.Of(name, paths, 500, u => u, truth: q), 0.93, 1);
    }
}
