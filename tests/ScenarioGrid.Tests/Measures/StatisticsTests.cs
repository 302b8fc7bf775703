using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class StatisticsTests
{
    [Fact]
    public void Every_listed_name_finds_a_statistic_of_that_name_with_a_definition()
    {
        Assert.Superset(new HashSet<string> { "mean", "sd", "min", "max", "prob", "p50", "p99.9", "es95" },
            Statistics.Names.ToHashSet());
        Assert.All(Statistics.Names, name =>
        {
            var statistic = Statistics.Find(name);
            Assert.NotNull(statistic);
            Assert.Equal(name, statistic.Name);
            Assert.EndsWith(".", statistic.Definition, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("p42")]
    [InlineData("p0.1")]
    [InlineData("es97.5")]
    public void A_family_has_members_beyond_the_listed_ones(string name) =>
        Assert.Equal(name, Statistics.Find(name)?.Name);

    [Theory]
    [InlineData("p0")]
    [InlineData("p100")]
    [InlineData("p05")]
    [InlineData("p99.90")]
    [InlineData("p-5")]
    [InlineData("p1e1")]
    [InlineData("p 5")]
    [InlineData("p")]
    [InlineData("p{percent}")]
    [InlineData("Mean")]
    [InlineData("average")]
    [InlineData("")]
    public void An_unknown_or_oddly_spelled_name_finds_nothing(string name) => Assert.Null(Statistics.Find(name));

    [Fact]
    public void Every_statistic_lies_in_its_interval_and_does_not_depend_on_the_order_of_the_paths() =>
        Gen.Double[-1e6, 1e6].Array[1, 200].Sample(values =>
        {
            var (sample, reversed) = (new Sample(values), new Sample(values.Reverse().ToArray()));
            foreach (var name in Statistics.Names)
            {
                var (a, b) = (Statistics.Find(name)!.Of(sample), Statistics.Find(name)!.Of(reversed));
                Assert.True(a.Low <= a.Value && a.Value <= a.High, $"{name}: {a}");
                Assert.True(a.StandardError >= 0, $"{name}: {a}");
                Assert.Equal(values.Length, a.Paths);
                Assert.Equal(a.Value, b.Value, 1e-9 * (1 + Math.Abs(a.Value)));
            }
        });

    [Fact]
    public void Shifting_and_scaling_the_paths_shifts_and_scales_every_location() =>
        Gen.Int[-1000, 1000].Array[40, 100].Sample(values =>
        {
            var sample = new Sample([.. values.Select(v => (double)v)]);
            var moved = new Sample([.. values.Select(v => 4.0 * v + 16)]);
            foreach (var name in new[] { "mean", "min", "max", "p5", "p50", "p95", "es90" })
            {
                var (a, b) = (Statistics.Find(name)!.Of(sample), Statistics.Find(name)!.Of(moved));
                Assert.Equal(4 * a.Value + 16, b.Value, 1e-9);
                Assert.Equal(4 * a.High + 16, b.High, 1e-7);
            }
        });

    [Fact]
    public void Equal_paths_give_intervals_without_width()
    {
        var sample = new Sample(Enumerable.Repeat(7.25, 4000).ToArray());
        foreach (var name in new[] { "mean", "min", "max", "p5", "p50", "p99", "es95", "es99" })
        {
            Assert.Equal(new Estimate(7.25, 7.25, 7.25, 0, 4000), Statistics.Find(name)!.Of(sample));
        }

        Assert.Equal(Estimate.Exact(0, 4000), Statistics.Find("sd")!.Of(sample));
    }

    [Fact]
    public void One_path_bounds_nothing_but_its_own_extremes()
    {
        var sample = new Sample([3.0]);
        foreach (var name in new[] { "mean", "p50", "es95", "es99" })
        {
            Assert.Equal(Estimate.Unbounded(3, 1), Statistics.Find(name)!.Of(sample));
        }

        Assert.Equal(Estimate.Exact(3, 1), Statistics.Find("max")!.Of(sample));
        var probability = Statistics.Find("prob")!.Of(sample);
        Assert.Equal((1, 0.025, 1), (probability.Value, Math.Round(probability.Low, 12), probability.High));
    }

    [Fact]
    public void Infinite_values_are_quantiles_like_others_and_unbound_the_averages()
    {
        double[] values = [.. Enumerable.Range(0, 990).Select(i => (double)i),
            .. Enumerable.Repeat(double.PositiveInfinity, 10)];
        var sample = new Sample(values);
        Assert.Equal(499, Statistics.Find("p50")!.Of(sample).Value);
        Assert.Equal(double.PositiveInfinity, Statistics.Find("p99.5")!.Of(sample).Value);
        Assert.Equal(Estimate.Unbounded(double.PositiveInfinity, 1000), Statistics.Find("mean")!.Of(sample));
        Assert.Equal(Estimate.Unbounded(double.PositiveInfinity, 1000), Statistics.Find("es95")!.Of(sample));
        Assert.Equal(double.PositiveInfinity, Statistics.Find("sd")!.Of(sample).Value);
        Assert.Equal(0.999, Statistics.Find("prob")!.Of(sample).Value);
    }
}
