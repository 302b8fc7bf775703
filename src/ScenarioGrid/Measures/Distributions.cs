using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Measures;

/// <summary>The few distribution functions that confidence intervals need.</summary>
internal static class Distributions
{
    private const double Tail = (1 - Estimate.Confidence) / 2;

    /// <summary>The p-quantile of the beta distribution with shapes a, b &gt; 0.</summary>
    public static double BetaInverse(double p, double a, double b)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 200; i++)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
            {
                break;
            }

            if (Beta(a, b, middle) < p)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    /// <summary>P(X &lt;= k) for X binomial with n trials of probability q in (0, 1).</summary>
    public static double BinomialCdf(long k, long n, double q) =>
        k < 0 ? 0 : k >= n ? 1 : 1 - Beta(k + 1, n - k, q);

    /// <summary>Student's t that leaves 2.5 % in each tail.</summary>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    public static double StudentTwoSided(double freedom)
    {
        if (freedom > 1000)
        {
            // Cornish-Fisher series, Abramowitz and Stegun 26.7.5; the next term is below 1e-12 here.
            var z = Estimate.Z;
            var z2 = z * z;
            var g1 = z * (z2 + 1) / 4;
            var g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
            var g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
            return z + (g1 + (g2 + g3 / freedom) / freedom) / freedom;
        }

        // t^2 / (t^2 + freedom) is beta(1/2, freedom/2).
        var y = BetaInverse(1 - 2 * Tail, 0.5, freedom / 2);
        return Math.Sqrt(freedom * y / (1 - y));
    }

    /// <summary>Regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes 6.4).</summary>
    private static double Beta(double a, double b, double x)
    {
        if (x <= 0 || x >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = LaneMath.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b)
            + a * LaneMath.Log(x) + b * LaneMath.Log(1 - x));
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(a, b, x) / a
            : 1 - front * Fraction(b, a, 1 - x) / b;
    }

    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        var (c, d) = (1.0, Guard(1 - (a + b) * x / (a + 1)));
        d = 1 / d;
        var h = d;
        for (var m = 1; m <= 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Guard(1 + even * d);
            c = Guard(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Guard(1 + odd * d);
            c = Guard(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
            {
                break;
            }
        }

        return h;

        static double Guard(double v) => Math.Abs(v) < tiny ? tiny : v;
    }

    /// <summary>Stirling's series after shifting the argument above 10.</summary>
    private static double LogGamma(double x)
    {
        var shift = 1.0;
        while (x < 10)
        {
            shift *= x;
            x++;
        }

        var r = 1 / (x * x);
        var series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188
            - r * (691.0 / 360360 - r / 156)))))) / x;
        return (x - 0.5) * LaneMath.Log(x) - x + 0.9189385332046727 + series - LaneMath.Log(shift);
    }
}
