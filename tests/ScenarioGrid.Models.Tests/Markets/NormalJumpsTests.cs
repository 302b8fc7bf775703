using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;

namespace ScenarioGrid.Models.Tests.Markets;

public class NormalJumpsTests
{
    private static readonly NormalJumps Jumps = new(-0.05, 0.08);

    [Fact]
    public void The_sum_has_the_mean_and_variance_of_a_compound_Poisson_sum()
    {
        const double count = 0.7;
        double[] sums = [.. Enumerable.Range(0, 5000).SelectMany(t => Values(Jumps.Sum(At(t).Words(0, 0), count)))];

        MarketRig.AssertMean(count * Jumps.Mean, sums);
        MarketRig.AssertMean(count * Jumps.Variance, [.. sums.Select(s => Math.Pow(s - count * Jumps.Mean, 2))]);
    }

    [Fact]
    public void None_is_said_only_where_every_count_is_0() =>
        Gen.Select(Gen.Double[0, 2], Gen.Double[0.0001, 0.9999]).Sample((mean, uniform) => Assert.True(
            !NormalJumps.AreNone(mean, uniform) || LaneMath.Poisson(mean, uniform) == 0));

    [Fact]
    public void Growth_is_the_expected_relative_jump() =>
        Assert.Equal(Math.Exp(-0.05 + 0.0032) - 1, Jumps.Growth, 1e-15);

    private static Tick At(int tick) => new(tick, 5000, 1, 0, Vec.Width, PhiloxKey.Of(1, "jumps"), default);

    private static IEnumerable<double> Values(Vec sum) => Enumerable.Range(0, Vec.Width).Select(i => sum[i]);
}
