using System.Numerics;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class ComplexNumberTests
{
    private static readonly Gen<ComplexNumber> Numbers =
        Gen.Select(Gen.Double[-20, 20], Gen.Double[-20, 20], (x, y) => new ComplexNumber(x, y));

    [Fact]
    public void Arithmetic_is_that_of_complex_numbers() => Gen.Select(Numbers, Numbers).Sample((a, b) =>
    {
        Near(Plain(a) + Plain(b), a + b);
        Near(Plain(a) - Plain(b), a - b);
        Near(Plain(a) * Plain(b), a * b);
        Near(-Plain(a), -a);
        if (b.Norm > 1e-6)
        {
            Near(Plain(a) / Plain(b), a / b);
        }
    });

    [Fact]
    public void Exponential_logarithm_and_root_are_those_of_the_library() => Numbers.Sample(a =>
    {
        Near(Complex.Exp(Plain(a)), ComplexNumber.Exp(a));
        Near(Complex.Sqrt(Plain(a)), ComplexNumber.Sqrt(a));
        if (a.Norm > 1e-12)
        {
            Near(Complex.Log(Plain(a)), ComplexNumber.Log(a));
        }
    });

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, Math.PI / 2)]
    [InlineData(-1, 0, Math.PI)]
    [InlineData(0, -1, -Math.PI / 2)]
    [InlineData(-1, -1, -3 * Math.PI / 4)]
    public void Angles_of_the_axes_are_exact(double real, double imaginary, double expected) =>
        Assert.Equal(expected, ComplexNumber.Log(new ComplexNumber(real, imaginary)).Imaginary, 1e-15);

    private static Complex Plain(ComplexNumber a) => new(a.Real, a.Imaginary);

    private static void Near(Complex expected, ComplexNumber actual) =>
        Assert.True((expected - Plain(actual)).Magnitude <= 1e-14 * (1 + expected.Magnitude), $"{expected} {actual}");
}
