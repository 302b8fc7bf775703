using System.Numerics;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

/// <summary>Counts by inversion against adding up exact probabilities in 400-bit fixed point.</summary>
public class LaneMathCountTests
{
    private const int Bits = 400;

    private static readonly Gen<double> Uniforms = Gen.Double[1e-12, 1 - 1e-12];

    [Fact]
    public void Poisson_finds_the_quantile() => Gen.Select(Gen.Double[0, 128], Uniforms).Sample((mean, u) =>
        Assert.Equal(Quantile(PoissonWeights(mean), u), LaneMath.Poisson(mean, u)), iter: 1_000);

    [Fact]
    public void Binomial_finds_the_quantile() =>
        Gen.Select(Gen.Int[0, 256], Gen.Double[1e-6, 1 - 1e-6], Uniforms).Sample((n, p, u) =>
            Assert.Equal(Quantile(BinomialWeights(n, p), u), LaneMath.Binomial(n, p, u)), iter: 1_000);

    [Fact]
    public void Rare_successes_in_a_million_trials_find_the_quantile() =>
        Gen.Select(Gen.Double[1e-6, 1e-4], Uniforms).Sample((p, u) => Assert.Equal(
            Quantile(BinomialWeights(1_000_000, p), u), LaneMath.Binomial(1_000_000, p, u)), iter: 30);

    [Theory]
    [InlineData(129)]
    [InlineData(200)]
    [InlineData(700.5)]
    public void Large_Poisson_counts_miss_the_quantile_by_one_at_most_once_in_2_000(double mean) =>
        AssertRarelyOff(PoissonWeights(mean), u => LaneMath.Poisson(mean, u));

    [Theory]
    [InlineData(1_000, 0.2)]
    [InlineData(400, 0.5)]
    [InlineData(900, 0.83)]
    public void Large_binomial_counts_miss_the_quantile_by_one_at_most_once_in_2_000(int n, double p) =>
        AssertRarelyOff(BinomialWeights(n, p), u => LaneMath.Binomial(n, p, u));

    [Fact]
    public void Counts_follow_the_Poisson_distribution()
    {
        // Chi-square of 40,000 draws of mean 3.5 over the counts 0..9 and more: 10 degrees of freedom, 99.9 % below
        // 29.6.
        const int Draws = 40_000;
        var tick = new Tick(0, 1, 600, 0, Draws, PhiloxKey.Of(1, "a"), PhiloxKey.Of(1, ""));
        var observed = new double[11];
        for (var i = 0; i < tick.Vectors; i++)
        {
            var k = LaneMath.Poisson(3.5, tick.Uniform(0, i));
            for (var path = 0; path < Vec.Width; path++)
            {
                observed[Math.Min((int)k[path], 10)]++;
            }
        }

        var (probability, rest, chiSquare) = (Math.Exp(-3.5), 1.0, 0.0);
        for (var k = 0; k <= 10; k++)
        {
            var expected = Draws * (k < 10 ? probability : rest);
            chiSquare += (observed[k] - expected) * (observed[k] - expected) / expected;
            rest -= probability;
            probability *= 3.5 / (k + 1);
        }

        Assert.InRange(chiSquare, 1, 29.6);
    }

    [Theory]
    [InlineData(0, 0.3, 0)]
    [InlineData(-1, 0.3, double.NaN)]
    [InlineData(double.NaN, 0.3, double.NaN)]
    [InlineData(double.PositiveInfinity, 0.3, double.NaN)]
    [InlineData(3, 0, double.NaN)]
    [InlineData(3, 1, double.NaN)]
    public void Poisson_has_documented_edges(double mean, double uniform, double expected) =>
        Assert.Equal(expected, LaneMath.Poisson(mean, uniform));

    [Theory]
    [InlineData(10, 0, 0.999, 0)]
    [InlineData(10, 1, 0.001, 10)]
    [InlineData(0, 0.5, 0.5, 0)]
    [InlineData(1e15, 0, 0.5, 0)]
    [InlineData(1e15, 1, 0.5, 1e15)]
    [InlineData(2.5, 0.5, 0.5, double.NaN)]
    [InlineData(10, 1.5, 0.5, double.NaN)]
    [InlineData(10, 0.5, 1, double.NaN)]
    public void Binomial_has_documented_edges(double n, double p, double uniform, double expected) =>
        Assert.Equal(expected, LaneMath.Binomial(n, p, uniform));

    private static void AssertRarelyOff(List<BigInteger> weights, Func<double, double> count)
    {
        const int Points = 20_000;
        var off = 0;
        var total = weights.Aggregate(BigInteger.Add);
        var (k, sum) = (0, weights[0]);
        for (var i = 0; i < Points; i++)
        {
            var u = (i + 0.5) / Points;
            while (sum < Scaled(u) * total >> Bits)
            {
                sum += weights[++k];
            }

            var error = Math.Abs(count(u) - k);
            Assert.True(error <= 1, $"u = {u:R}: expected {k}, actual {count(u)}");
            off += (int)error;
        }

        Assert.True(off <= Points / 2_000, $"{off} of {Points} quantiles off by one");
    }

    private static double Quantile(List<BigInteger> weights, double u)
    {
        var target = Scaled(u) * weights.Aggregate(BigInteger.Add) >> Bits;
        var (k, sum) = (0, weights[0]);
        while (sum < target)
        {
            sum += weights[++k];
        }

        return k;
    }

    private static List<BigInteger> PoissonWeights(double mean) =>
        Weights(int.MaxValue, k => (Scaled(mean), (BigInteger)(k + 1) << Bits));

    private static List<BigInteger> BinomialWeights(int n, double p) =>
        Weights(n, k => (Scaled(p) * (n - k), ((BigInteger.One << Bits) - Scaled(p)) * (k + 1)));

    /// <summary>Probabilities up to a common factor, from the ratio of each to the one before, until they
    /// vanish.</summary>
    private static List<BigInteger> Weights(int last, Func<int, (BigInteger Top, BigInteger Bottom)> ratio)
    {
        List<BigInteger> weights = [BigInteger.One << (2 * Bits)];
        for (var k = 0; k < last && weights[^1] > 0; k++)
        {
            var (top, bottom) = ratio(k);
            weights.Add(weights[^1] * top / bottom);
        }

        return weights;
    }

    /// <summary>x 2^400: exact for x of at least 2^-300.</summary>
    private static BigInteger Scaled(double x) => (BigInteger)Math.ScaleB(x, 100) << (Bits - 100);
}
