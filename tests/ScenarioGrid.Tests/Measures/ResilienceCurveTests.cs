using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class ResilienceCurveTests
{
    // security.md section 10, row RE-5.
    [Fact]
    public void RE_5_jump_and_linear_recovery()
    {
        double[] times = [0, 2, 2, 5, 11, 20], levels = [1, 1, 0.4, 0.4, 1, 1];
        Assert.Equal(3.6, ResilienceCurve.LossArea(times, levels), 1e-12);
        Assert.Equal(0.82, ResilienceCurve.Resilience(times, levels), 1e-12);
        Assert.Equal(8, ResilienceCurve.RecoveryTime(times, levels, level: 0.7, hold: 1), 1e-12);
    }

    // Row RE-6.
    [Fact]
    public void RE_6_exponential_recovery()
    {
        Assert.Equal(8.24614863333, ResilienceCurve.ExponentialLossArea(0.7, 12, 48), 1e-11);
        Assert.Equal(31.6686879554, ResilienceCurve.ExponentialRecoveryTime(0.7, 12, 0.95), 1e-10);
    }

    // Row RE-9.
    [Fact]
    public void RE_9_linear_drop_hold_and_linear_recovery() =>
        Assert.Equal(5.7, ResilienceCurve.LossArea([0, 3, 7, 15], [1, 0.4, 0.4, 1]), 1e-12);

    [Fact]
    public void A_return_that_does_not_last_is_no_recovery()
    {
        double[] times = [0, 1, 2, 3, 4, 8], levels = [1, 0, 1, 0.2, 1, 1];
        Assert.Equal(2.9, ResilienceCurve.RecoveryTime(times, levels, level: 0.9, hold: 0.2) + 1, 1e-12);
        Assert.Equal(3.875, ResilienceCurve.RecoveryTime(times, levels, level: 0.9, hold: 1), 1e-12);
        Assert.Equal(double.PositiveInfinity, ResilienceCurve.RecoveryTime([0, 1, 2], [1, 0, 0.5], 0.9, 0));
    }
}
