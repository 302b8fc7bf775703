using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Regularised incomplete beta function I_x(a, b) and its inverse.</summary>
/// <remarks>
/// For whole a, I_x(a, b) is the chance of at least a successes in a + b - 1 trials of probability x. Relative error
/// below
/// 1e-13 for a, b from 0.5 to 1e5 where the value is above 1e-60. Continued fraction: DiDonato and Morris, "Algorithm
/// 708",
/// ACM TOMS 18 (1992), equation 9, by Lentz's method.
/// </remarks>
public static class IncompleteBeta
{
    /// <summary>I_x(a, b) for a, b &gt; 0 and x in [0, 1].</summary>
    public static double Lower(double a, double b, double x) => Lower(a, b, x, 1 - x);

    /// <summary>I_x(a, b) with 1 - x given apart, for x so near 1 that the difference would lose digits.</summary>
    public static double Lower(double a, double b, double x, double complement)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(complement);
        if (x == 0 || complement == 0)
        {
            return x == 0 ? 0 : 1;
        }

        return x < (a + 1) / (a + b + 2) ? Fraction(a, b, x, complement) : 1 - Fraction(b, a, complement, x);
    }

    /// <summary>The x with I_x(a, b) = p, for p in [0, 1]; relative error below 1e-13 of x or of 1 - x.</summary>
    public static double Inverse(double a, double b, double p)
    {
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "must be between 0 and 1");
        }

        if (p is 0 or 1)
        {
            return p;
        }

        // Newton's step where it stays inside the bracket, else halving; the derivative is the beta density.
        var (low, high) = (0.0, 1.0);
        var x = a / (a + b);
        while (true)
        {
            var error = Lower(a, b, x) - p;
            (low, high) = error < 0 ? (x, high) : (low, x);
            var logDensity = Stirling.LogBinomialTerm(a, b, x, 1 - x) - LaneMath.Log(x) - LaneMath.Log1p(-x);
            var next = x - error / (LaneMath.Exp(logDensity) * a * b / (a + b));
            if (!(next > low && next < high))
            {
                next = 0.5 * (low + high);
            }

            if (Math.Abs(next - x) <= 2e-16 * x || next == low || next == high)
            {
                return next;
            }

            x = next;
        }
    }

    /// <summary>I_x(a, b) for x up to about the mean: then every part of the fraction is positive while n &lt;
    /// b.</summary>
    private static double Fraction(double a, double b, double x, double y)
    {
        const double Tiny = 1e-300;
        var slack = a * y - b * x + 1;
        var h = a / (a + 1) * slack;
        var c = h;
        var d = 0.0;
        for (var n = 1; ; n++)
        {
            var even = a + 2 * n - 1;
            var top = (a + n - 1) * (a + b + n - 1) * n * (b - n) * (x / even) * (x / even);
            var bottom = n + n * (b - n) * x / even + (a + n) / (even + 2) * (slack + n * (1 + y));
            d = 1 / NotZero(bottom + top * d, Tiny);
            c = NotZero(bottom + top / c, Tiny);
            var change = c * d;
            h *= change;
            if (Math.Abs(change - 1) < 4e-16)
            {
                return LaneMath.Exp(Stirling.LogBinomialTerm(a, b, x, y)) * (a * b / (a + b)) / h;
            }
        }
    }

    private static double NotZero(double x, double tiny) => Math.Abs(x) < tiny ? tiny : x;
}
