using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class DecayTests
{
    [Fact]
    public void A_half_life_leaves_a_half()
    {
        Assert.Equal(1, Decay.Left(-1, 100));
        Assert.Equal(1, Decay.Left(0, 100));
        Assert.Equal(0.5, Decay.Left(100, 100), 1e-15);
        Assert.Equal(0.125, Decay.Left(300, 100), 1e-15);
    }

    [Fact]
    public void Without_a_half_life_all_goes_at_once_or_is_held_for_good()
    {
        Assert.Equal((1.0, 0.0), (Decay.Left(-1, 0), Decay.Left(0, 0)));
        Assert.Equal((1.0, 1.0), (Decay.Held(-1, 0), Decay.Held(1e9, 0)));
        Assert.Equal(Decay.Left(70, 100), Decay.Held(70, 100));
    }

    [Fact]
    public void Time_after_time_leaves_the_product() =>
        Gen.Select(Gen.Double[0, 1e5], Gen.Double[0, 1e5], Gen.Double[1e4, 1e6]).Sample((first, then, halfLife) =>
            Assert.Equal(Decay.Left(first + then, halfLife), Decay.Left(first, halfLife) * Decay.Left(then, halfLife),
                1e-14));

    [Fact]
    public void A_ramp_is_straight_and_may_take_no_time()
    {
        Assert.Equal((0.0, 0.25, 1.0, 1.0),
            (Decay.Ramp(0, 100), Decay.Ramp(25, 100), Decay.Ramp(100, 100), Decay.Ramp(1000, 100)));
        Assert.Equal(1, Decay.Ramp(0, 0));
    }

    [Fact]
    public void A_rush_is_straight_in_the_log_and_ends_at_its_time()
    {
        var log = Math.Log(9);

        Assert.Equal(1, Decay.Rush(0, 1, log, 100, 1000));
        Assert.Equal(3, Decay.Rush(50, 1, log, 100, 1000), 1e-14);
        Assert.Equal(81, Decay.Rush(999, 2, log, 100, 1000), 1e-12);
        Assert.Equal(1, Decay.Rush(1000, 2, log, 100, 1000));
        Assert.Equal(1, Decay.Rush(999, 0, log, 100, 1000));
    }

    [Fact]
    public void A_share_is_never_more_than_all_and_ends_at_its_time() =>
        Gen.Select(Gen.Double[0, 2000], Gen.Double[0, 100], Gen.Double[0, 1]).Sample((seconds, severity, share) =>
            Assert.Equal(seconds < 1000 ? Math.Min(1, severity * share) : 0,
                Decay.Share(seconds, severity, share, 1000)));
}
