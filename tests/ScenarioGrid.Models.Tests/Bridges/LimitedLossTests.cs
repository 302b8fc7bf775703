using ScenarioGrid.Models.Bridges;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Probability;

namespace ScenarioGrid.Models.Tests.Bridges;

public class LimitedLossTests
{
    /// <summary>XC-9: closed form, independent evaluation.</summary>
    [Theory]
    [InlineData(5e6, 1e7 / 86_400, 1_800, 600, 5_277_777.77778)]
    [InlineData(1e6, 50, 3_600, 300, 1_195_000.0)]
    public void Mean_losses_XC_9(double burst, double rate, double detection, double response, double expected) =>
        Reference.AssertClose(expected, LimitedLoss.Mean(1e8, burst, rate, detection, response), 1e-12);

    [Fact]
    public void The_mean_is_the_average_of_the_loss_over_exponential_detection_times() =>
        Gen.Select(Gen.Double[1e5, 1e6], Gen.Double[0, 1e5], Gen.Double[1, 500], Gen.Double[0, 500]).Sample(
            (value, burst, rate, response) =>
            {
                // Midpoint rule over the quantiles of the detection time.
                const int Points = 20_000;
                var sum = 0.0;
                for (var i = 0; i < Points; i++)
                {
                    var detection = -1_800 * LaneMath.Log((i + 0.5) / Points);
                    sum += LimitedLoss.Loss(value, burst, rate, detection, response);
                }

                Reference.AssertClose(
                    sum / Points, LimitedLoss.Mean(value, burst, rate, 1_800, response), 1e-4);
            }, iter: 50);

    [Fact]
    public void It_lies_between_the_certain_loss_and_the_value() =>
        Gen.Select(Gen.Double[0, 1e6], Gen.Double[0, 1e6], Gen.Double[0, 500], Gen.Double[0, 5_000]).Sample(
            (value, burst, rate, detection) =>
            {
                var mean = LimitedLoss.Mean(value, burst, rate, detection, 60);
                Assert.InRange(mean, Math.Min(value, burst + 60 * rate) * (1 - 1e-15), value * (1 + 1e-15));
            });
}
