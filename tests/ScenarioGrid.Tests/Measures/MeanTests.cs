using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class MeanTests
{
    // t quantiles at 0.975: closed forms for one and two degrees of freedom, standard tables for the others.
    [Theory]
    [InlineData(2, 12.706204736174705)]
    [InlineData(3, 4.302652729696142)]
    [InlineData(11, 2.2281388519649385)]
    [InlineData(31, 2.0422724563012373)]
    [InlineData(1001, 1.9623390808264078)]
    public void The_interval_is_Students(int paths, double quantile)
    {
        double[] values = [.. Enumerable.Range(0, paths).Select(i => i % 7 + 0.25 * i)];
        var estimate = new Mean().Of(new Sample(values));
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (paths - 1) / paths);
        Assert.Equal(mean, estimate.Value, 1e-9);
        Assert.Equal(error, estimate.StandardError, 1e-9);
        Assert.Equal(quantile, (estimate.High - estimate.Value) / error, 1e-8 * quantile);
        Assert.Equal(quantile, (estimate.Value - estimate.Low) / error, 1e-8 * quantile);
    }

    [Fact]
    public void The_quantile_of_Student_is_continuous_where_the_series_takes_over()
    {
        double Quantile(int paths)
        {
            var e = new Mean().Of(new Sample([.. Enumerable.Range(0, paths).Select(i => (double)(i & 1))]));
            return (e.High - e.Value) / e.StandardError;
        }

        // dt/dn is -2.4e-6 here.
        Assert.Equal(2.4e-6, Quantile(1001) - Quantile(1002), 1e-7);
        Assert.Equal(1.959963984540054, Quantile(60_000), 1e-4);
    }
}
