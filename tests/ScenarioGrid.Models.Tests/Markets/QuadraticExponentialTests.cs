using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Markets;

public class QuadraticExponentialTests
{
    private const int Count = 20_000;

    /// <summary>The first is the squared normal, the second the exponential with an atom at 0.</summary>
    [Theory]
    [InlineData(0.25, 0.64, 3, 0.7, 1.5, -0.3)]
    [InlineData(0.25, 0.01, 3, 0.05, 1.5, -0.3)]
    [InlineData(1e-4, 0.64, 3, 0.7, 1.5, 0.8)]
    [InlineData(0.01, 0, 300, 0.7, 8, -0.9)]
    public void One_step_has_the_exact_moments_and_the_price_is_a_martingale(
        double years, double variance, double reversion, double mean, double volatility, double correlation)
    {
        var scheme = new QuadraticExponential(years, reversion, mean, volatility, correlation);
        foreach (var multiple in new[] { 1.0, 2.5 })
        {
            var (variances, growths) = Sample(scheme, variance, multiple);
            var expected = HestonVariance.Mean(years, variance, reversion, mean);
            MarketRig.AssertMean(expected, variances);
            MarketRig.AssertMean(HestonVariance.Spread(years, variance, reversion, mean, volatility),
                [.. variances.Select(v => (v - expected) * (v - expected))]);
            MarketRig.AssertMean(1, growths);
        }
    }

    [Fact]
    public void The_variance_is_never_below_0() =>
        Gen.Select(Gen.Double[1e-5, 0.5], Gen.Double[0, 5], Gen.Double[1e-9, 1 - 1e-9], Gen.Double[0.1, 10])
            .Sample((years, variance, uniform, volatility) =>
            {
                var scheme = new QuadraticExponential(years, 3, 0.7, volatility, -0.5);
                Vec next = variance;
                Assert.True(double.IsFinite(scheme.Move(ref next, uniform, 1, 0)[0]));
                Assert.InRange(next[0], 0, double.MaxValue);
            });

    [Fact]
    public void A_vector_of_mixed_paths_gives_each_path_its_own_value()
    {
        // Half of the paths are near 0 and so exponential, the others are squared normals.
        var scheme = new QuadraticExponential(0.02, 3, 0.7, 4, -0.5);
        double[] starts = [0, 3, 0.001, 2, 0, 5, 0.01, 1];
        var variance = Vec.Load(starts, 0);
        var mixed = scheme.Move(ref variance, 0.7, 1.3, 0.4);
        for (var path = 0; path < Vec.Width; path++)
        {
            Vec alone = starts[path];
            var move = scheme.Move(ref alone, 0.7, 1.3, 0.4);
            Assert.Equal((alone[path], move[path]), (variance[path], mixed[path]));
        }
    }

    [Fact]
    public void Without_a_finite_expected_price_there_is_no_number()
    {
        var scheme = new QuadraticExponential(0.05, 1000, 1, 10, 0.99);
        Vec variance = 1;
        Assert.True(double.IsNaN(scheme.Move(ref variance, 0.5, 105, 0)[0]));
    }

    private static (double[] Variances, double[] Growths) Sample(
        QuadraticExponential scheme, double start, double multiple)
    {
        var (variances, growths) = (new double[Count * Vec.Width], new double[Count * Vec.Width]);
        for (var n = 0; n < Count; n++)
        {
            var tick = new Tick(n, Count, 1, 0, Vec.Width, PhiloxKey.Of(3, "step"), default);
            Vec variance = start;
            var growth = LaneMath.Exp(scheme.Move(ref variance, tick.Uniform(0, 0), multiple, tick.Normal(1, 0)));
            variance.Store(variances, n);
            growth.Store(growths, n);
        }

        return (variances, growths);
    }
}
