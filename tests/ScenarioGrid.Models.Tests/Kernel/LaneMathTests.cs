using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

public class LaneMathTests
{
    private const int Iterations = 10_000;

    private static readonly Gen<double> Anything = Gen.OneOf(
        Gen.Double,
        Gen.Double[-800, 800],
        Gen.Double[0, 1],
        Gen.OneOf<double>(0.0, -0.0, 1, -1, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
            double.Epsilon, 2.2250738585072014e-308, double.MaxValue, 1e-300, 709.8, -745.2, 1e9, 128, 200));

    private static readonly Gen<Vec> Vectors = Anything.Array[Vec.Width].Select(VectorOf);

    [Fact]
    public void A_path_has_the_bits_of_the_scalar_function_whatever_its_neighbours_are()
    {
        (string Name, Func<Vec, Vec> Vector, Func<double, double> Scalar)[] functions =
        [
            ("Exp", LaneMath.Exp, LaneMath.Exp), ("Expm1", LaneMath.Expm1, LaneMath.Expm1),
            ("Log", LaneMath.Log, LaneMath.Log), ("Log1p", LaneMath.Log1p, LaneMath.Log1p),
            ("Sin", LaneMath.Sin, LaneMath.Sin), ("Cos", LaneMath.Cos, LaneMath.Cos),
            ("NormalCdf", LaneMath.NormalCdf, LaneMath.NormalCdf),
            ("NormalInverse", LaneMath.NormalInverse, LaneMath.NormalInverse),
        ];
        Vectors.Sample(x =>
        {
            foreach (var (name, vector, scalar) in functions)
            {
                var y = vector(x);
                for (var path = 0; path < Vec.Width; path++)
                {
                    AssertSameBits(scalar(x[path]), y[path], $"{name}({x[path]:R}) beside {x}");
                }
            }
        }, iter: Iterations);
    }

    [Fact]
    public void A_path_of_a_power_or_count_has_the_bits_of_the_scalar_function_whatever_its_neighbours_are() =>
        Gen.Select(Vectors, Vectors, Vectors).Sample((x, y, u) =>
        {
            var pow = LaneMath.Pow(x, y);
            var poisson = LaneMath.Poisson(x, u);
            var n = Vec.Floor(x);
            var binomial = LaneMath.Binomial(n, y, u);
            for (var path = 0; path < Vec.Width; path++)
            {
                AssertSameBits(LaneMath.Pow(x[path], y[path]), pow[path], $"Pow({x[path]:R}, {y[path]:R})");
                AssertSameBits(LaneMath.Poisson(x[path], u[path]), poisson[path], $"Poisson({x[path]:R}, {u[path]:R})");
                AssertSameBits(
                    LaneMath.Binomial(n[path], y[path], u[path]), binomial[path],
                    $"Binomial({n[path]:R}, {y[path]:R}, {u[path]:R})");
            }
        }, iter: Iterations);

    [Fact]
    public void Exp_undoes_Log() => Gen.Double[1e-300, 1e300].Sample(x =>
        AssertClose(x, LaneMath.Exp(LaneMath.Log(x)), 4e-16 * (1 + Math.Abs(LaneMath.Log(x)))), iter: Iterations);

    [Fact]
    public void Log1p_undoes_Expm1() => Gen.Double[-30, 700].Where(x => x != 0).Sample(x =>
        AssertClose(x, LaneMath.Log1p(LaneMath.Expm1(x)), 1e-15 * Math.Max(1, Math.Abs((Math.Exp(-x) - 1) / x))),
        iter: Iterations);

    [Fact]
    public void Pow_of_a_half_is_the_square_root() => Gen.Double[1e-300, 1e300].Sample(x =>
        AssertClose(Math.Sqrt(x), LaneMath.Pow(x, 0.5), 2.3e-16), iter: Iterations);

    [Fact]
    public void Pow_of_two_is_the_square() => Gen.Double[1e-150, 1e150].Sample(x =>
        AssertClose(x * x, LaneMath.Pow(x, 2), 3e-16), iter: Iterations);

    [Fact]
    public void Sine_and_cosine_lie_on_the_unit_circle() => Gen.Double[-1e9, 1e9].Sample(x =>
    {
        var (s, c) = (LaneMath.Sin(x), LaneMath.Cos(x));
        AssertClose(1, s * s + c * c, 5e-16);
    }, iter: Iterations);

    [Fact]
    public void NormalCdf_undoes_NormalInverse() => Gen.Double[1e-300, 1].Where(p => p < 1).Sample(p =>
    {
        // The relative change of P for a relative change of x is about x^2 + 1.
        var x = LaneMath.NormalInverse(p);
        AssertClose(p, LaneMath.NormalCdf(x), 1e-15 * (x * x + 1));
    }, iter: Iterations);

    [Fact]
    public void The_normal_tails_mirror_each_other() => Gen.Double[0, 8].Sample(x =>
        AssertClose(1, LaneMath.NormalCdf(x) + LaneMath.NormalCdf(-x), 2.3e-16), iter: Iterations);

    [Fact]
    public void The_normal_quantiles_mirror_each_other() => Gen.Int[1, (1 << 30) - 1].Sample(k =>
    {
        var p = k * (1.0 / (1 << 30));
        Assert.Equal(-LaneMath.NormalInverse(p), LaneMath.NormalInverse(1 - p));
    }, iter: Iterations);

    [Fact]
    public void NormalCdf_never_falls() => Gen.Select(Gen.Double[-39, 9], Gen.Double[0, 1e-3]).Sample((x, step) =>
    {
        var (low, high) = (LaneMath.NormalCdf(x), LaneMath.NormalCdf(x + step));
        Assert.True(high >= low * (1 - 5e-16), $"x = {x:R}, step {step:R}: {low:R} then {high:R}");
    }, iter: Iterations);

    [Fact]
    public void Edges_are_those_of_IEEE_754()
    {
        const double Inf = double.PositiveInfinity;
        Assert.Equal([Inf, 0, 1, Inf, 0],
            new[] { Inf, -Inf, -0.0, 710, -746 }.Select(LaneMath.Exp));
        Assert.Equal([-Inf, -Inf, Inf, double.NaN, double.NaN],
            new[] { 0, -0.0, Inf, -1, -double.Epsilon }.Select(LaneMath.Log));
        Assert.Equal([-Inf, Inf, double.NaN, 1e-310],
            new[] { -1, Inf, -1.0000000000000002, 1e-310 }.Select(LaneMath.Log1p));
        Assert.Equal([-1, Inf, 1e-310], new[] { -Inf, Inf, 1e-310 }.Select(LaneMath.Expm1));
        Assert.Equal([double.NaN, double.NaN, double.NaN], new[] { Inf, -Inf, 2e9 }.Select(LaneMath.Sin));
        Assert.Equal([double.NaN, double.NaN, double.NaN], new[] { Inf, -Inf, 2e9 }.Select(LaneMath.Cos));
        Assert.Equal([0, 1, 0], new[] { -Inf, Inf, -39 }.Select(LaneMath.NormalCdf));
        Assert.Equal([-Inf, Inf, 0, double.NaN, double.NaN],
            new[] { 0, 1, 0.5, -0.1, 1.1 }.Select(LaneMath.NormalInverse));
        Assert.All([LaneMath.Exp, LaneMath.Log, LaneMath.Log1p, LaneMath.Expm1, LaneMath.Sin,
            LaneMath.Cos, LaneMath.NormalCdf, (Func<double, double>)LaneMath.NormalInverse],
            f => Assert.Equal(double.NaN, f(double.NaN)));
    }

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(0, -2, double.PositiveInfinity)]
    [InlineData(0, 0, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(double.NaN, 1, double.NaN)]
    [InlineData(2, double.NaN, double.NaN)]
    [InlineData(-2, 2, double.NaN)]
    [InlineData(2, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(2, double.NegativeInfinity, 0)]
    [InlineData(0.5, double.PositiveInfinity, 0)]
    [InlineData(0.5, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, 0.5, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, -0.5, 0)]
    [InlineData(2, 1024, double.PositiveInfinity)]
    [InlineData(2, -1074, double.Epsilon)]
    [InlineData(2, -1080, 0)]
    [InlineData(2, 1e300, double.PositiveInfinity)]
    [InlineData(2, -1e300, 0)]
    public void Pow_has_the_edges_of_IEEE_754(double x, double y, double expected) =>
        Assert.Equal(expected, LaneMath.Pow(x, y));

    internal static Vec VectorOf(double[] x) => Vec.Load(x, 0);

    private static void AssertSameBits(double expected, double actual, string what)
    {
        var same = BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual)
            || (double.IsNaN(expected) && double.IsNaN(actual));
        Assert.True(same, $"{what}: scalar {expected:R}, vector {actual:R}");
    }

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected),
            $"expected {expected:R}, actual {actual:R}, relative error {(actual - expected) / expected:E2}, "
            + $"allowed {relative:E2}");
}
