using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class TwapLagTests
{
    [Fact]
    public void Deviations_equal_the_closed_forms()
    {
        double[] deviations = [TwapLag.Deviation(0.8, 600), TwapLag.Deviation(0.8, 1800)];
        ReferenceCases.Check("T11", [.. deviations, .. deviations.Select(TwapLag.MeanAbsolute)]);
        ReferenceCases.Check("T12", TwapLag.DeviationOfBlocks(0.8, 12, 150));
        ReferenceCases.Check("T13", TwapLag.DeviationOfExponential(0.8, 600));
    }

    // T13 by simulation: 2000 paths over 5 time constants in steps of 6 s (which take 0.5 % off the deviation).
    [Fact]
    public void Simulated_exponential_mean_has_the_deviation_of_the_closed_form()
    {
        const int Paths = 2000;
        var errors = new double[Paths];
        var decay = LaneMath.Exp(-6.0 / 600);
        var scale = 0.8 * Math.Sqrt(6 / Tick.YearSeconds);
        for (var step = 0; step < 500; step++)
        {
            var tick = new Tick(step, 500, 6, 0, Paths, PhiloxKey.Of(1, "lag"), PhiloxKey.Of(1, ""));
            for (var i = 0; i < Paths / Vec.Width; i++)
            {
                (decay * (Vec.Load(errors, i) - scale * tick.Normal(0, i))).Store(errors, i);
            }
        }

        var ratio = Math.Sqrt(errors.Average(e => e * e)) / TwapLag.DeviationOfExponential(0.8, 600);
        Assert.Equal(0.995, ratio, 4 / Math.Sqrt(2 * Paths));
    }

    [Fact]
    public void Push_times_equal_the_closed_forms()
    {
        ReferenceCases.Check("T14", TwapLag.ExitSeconds(0.8, 0.005), TwapLag.PushSeconds(0.8, 0.005, 3600));
        Assert.Equal(1231.875, TwapLag.PushSeconds(0.8, 0.005, 1e9), 1e-3);
    }

    [Fact]
    public void Blocks_grow_dense_into_the_window() =>
        Assert.Equal(TwapLag.Deviation(0.8, 1800), TwapLag.DeviationOfBlocks(0.8, 0.018, 100_000), 1e-7);

    [Fact]
    public void A_jump_is_forgotten_after_the_window()
    {
        Assert.Equal(0.3, TwapLag.ErrorOfJump(-0.3, 0, 1800));
        Assert.Equal(0.15, TwapLag.ErrorOfJump(-0.3, 900, 1800), 1e-15);
        Assert.Equal(0, TwapLag.ErrorOfJump(-0.3, 1800, 1800));
        Assert.Equal(0, TwapLag.ErrorOfJump(-0.3, 2000, 1800));
    }

    // C23 holds this factor within its product: volatility 150 %, 1 h in all gives exp(-3.09 * 1.5 sqrt(3600/yr)).
    [Fact]
    public void Buffer_is_the_normal_quantile_of_the_lag() =>
        Assert.Equal(
            Math.Exp(-3.09 * 1.5 * Math.Sqrt(600.0 / 31_536_000)), TwapLag.ThresholdBuffer(1.5, 1800, 3.09), 1e-15);
}
