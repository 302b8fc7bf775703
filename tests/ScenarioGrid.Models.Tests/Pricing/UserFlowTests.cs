using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class UserFlowTests
{
    [Fact]
    public void Trades_times_their_mean_are_the_value_asked_for()
    {
        var flow = new UserFlow(5e7, 1000, 1e6);
        var mean = 1e6 / flow.Trades;
        var (sum, square, n) = (0.0, 0.0, 200_000);
        var cap = 0.05 * ConstantProduct.BuyDepth(5e7, 0.01);
        for (var i = 0; i < n; i++)
        {
            var z = LaneMath.NormalInverse((i + 0.5) / n);
            var size = Math.Min(1000 * LaneMath.Exp(1.5 * z), cap);
            sum += size;
            square += size * size;
        }

        Assert.Equal(sum / n, mean, 1e-4 * mean);
        var trades = 7.0;
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var value = flow.Sum(trades, (i + 0.5) / n)[0];
            first += value / n;
            second += value * value / n;
        }

        Assert.Equal(trades * mean, first, 1e-4 * first);
        Assert.Equal(trades * (square / n - mean * mean), second - first * first, 2e-3 * second);
    }

    [Fact]
    public void No_trades_have_no_value() => Assert.Equal(0, new UserFlow(5e7, 1000, 1e6).Sum(0.0, 0.5)[0]);

    [Fact]
    public void No_value_means_no_users() => Assert.True(new UserFlow(5e7, 1000, 0).IsOff);
}
