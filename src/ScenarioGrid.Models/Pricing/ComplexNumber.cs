using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>A complex number with the same bits on every machine, for characteristic functions.</summary>
/// <param name="Real">Real part.</param>
/// <param name="Imaginary">Imaginary part.</param>
public readonly record struct ComplexNumber(double Real, double Imaginary)
{
    /// <summary>The square root of -1.</summary>
    public static ComplexNumber I { get; } = new(0, 1);

    /// <summary>Square of the distance from 0.</summary>
    public double Norm => Real * Real + Imaginary * Imaginary;

    public static implicit operator ComplexNumber(double real) => new(real, 0);

    public static ComplexNumber operator +(ComplexNumber a, ComplexNumber b) =>
        new(a.Real + b.Real, a.Imaginary + b.Imaginary);

    public static ComplexNumber operator -(ComplexNumber a, ComplexNumber b) =>
        new(a.Real - b.Real, a.Imaginary - b.Imaginary);

    public static ComplexNumber operator -(ComplexNumber a) => new(-a.Real, -a.Imaginary);

    public static ComplexNumber operator *(ComplexNumber a, ComplexNumber b) =>
        new(a.Real * b.Real - a.Imaginary * b.Imaginary, a.Real * b.Imaginary + a.Imaginary * b.Real);

    public static ComplexNumber operator /(ComplexNumber a, ComplexNumber b)
    {
        var norm = b.Norm;
        return new ComplexNumber(
            (a.Real * b.Real + a.Imaginary * b.Imaginary) / norm,
            (a.Imaginary * b.Real - a.Real * b.Imaginary) / norm);
    }

    /// <summary>e to the power z.</summary>
    public static ComplexNumber Exp(ComplexNumber z)
    {
        var size = LaneMath.Exp(z.Real);
        return new ComplexNumber(size * LaneMath.Cos(z.Imaginary), size * LaneMath.Sin(z.Imaginary));
    }

    /// <summary>Natural logarithm, its imaginary part in [-pi, pi].</summary>
    public static ComplexNumber Log(ComplexNumber z) => new(0.5 * LaneMath.Log(z.Norm), Angle(z));

    /// <summary>Square root with a real part of at least 0.</summary>
    public static ComplexNumber Sqrt(ComplexNumber z)
    {
        var size = Math.Sqrt(z.Norm);
        var large = Math.Sqrt((size + Math.Abs(z.Real)) / 2);
        if (large == 0)
        {
            return 0;
        }

        var small = Math.Abs(z.Imaginary) / (2 * large);
        var (real, imaginary) = z.Real >= 0 ? (large, small) : (small, large);
        return new ComplexNumber(real, z.Imaginary < 0 ? -imaginary : imaginary);
    }

    /// <summary>Angle to the positive real axis.</summary>
    private static double Angle(ComplexNumber z)
    {
        var size = Math.Sqrt(z.Norm);
        if (size == 0)
        {
            return 0;
        }

        // A guess within 0.004, then the sine of what it misses, of which the arc sine is a short series.
        double x = Math.Abs(z.Real) / size, y = Math.Abs(z.Imaginary) / size;
        var guess = y <= x ? Guess(y / x) : Math.PI / 2 - Guess(x / y);
        var missed = y * LaneMath.Cos(guess) - x * LaneMath.Sin(guess);
        var square = missed * missed;
        var angle = guess + missed * (1 + square * (1.0 / 6 + square * (3.0 / 40 + square * (15.0 / 336))));
        angle = z.Real < 0 ? Math.PI - angle : angle;
        return z.Imaginary < 0 ? -angle : angle;
    }

    /// <summary>Arc tangent of t in [0, 1], within 0.004.</summary>
    private static double Guess(double t) => t * (Math.PI / 4 + 0.273 * (1 - t));
}
