using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

public class PriceSeriesTests
{
    [Fact]
    public void A_bar_outside_of_its_range_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PriceSeries(60, [0.1], [0.05], [0]));
        Assert.Throws<ArgumentException>(() => new PriceSeries(60, [-0.1], [0], [-0.05]));
        Assert.Throws<ArgumentException>(() => new PriceSeries(60, [], null, null));
        Assert.Throws<ArgumentException>(() => new PriceSeries(60, [0.1], [0.2], null));
    }

    [Fact]
    public void Growth_is_the_log_of_the_mean_ratio()
    {
        var series = new PriceSeries(60, [Math.Log(1.2), Math.Log(0.8)], null, null);
        Assert.Equal(0, series.LogGrowth(1), 1e-15);
        Assert.Equal(Math.Log((1.44 + 0.64) / 2), series.LogGrowth(2), 1e-15);
        Assert.Equal(0, series.LogGrowth(0));
    }
}
