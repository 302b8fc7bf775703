using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Gamma-function ratios in a form that does not cancel: Stirling's formula with its error, and
/// deviances.</summary>
/// <remarks>
/// Source: Loader, "Fast and accurate computation of binomial probabilities" (2000). A binomial or Poisson term is
/// exp(Stirling errors - deviances) over a square root, and every part is small where the term is large.
/// </remarks>
public static class Stirling
{
    private const double TwoPi = 6.283185307179586;
    private const double HalfLogTwoPi = 0.9189385332046728;

    /// <summary>ln Gamma(x + 1) - [(x + 1/2) ln x - x + ln(2 pi)/2] for x &gt; 0; absolute error below 3e-15.</summary>
    public static double Error(double x)
    {
        var shifts = 0.0;
        for (; x < 15; x += 1)
        {
            shifts += (x + 0.5) * LaneMath.Log1p(1 / x) - 1;
        }

        // Abramowitz and Stegun 6.1.41.
        var z = 1 / (x * x);
        var series = 1.0 / 1188 - z * (691.0 / 360360 - z * (1.0 / 156));
        series = 1.0 / 1260 - z * (1.0 / 1680 - z * series);
        series = 1.0 / 12 - z * (1.0 / 360 - z * series);
        return shifts + series / x;
    }

    /// <summary>x ln(x/mean) + mean - x for x &gt;= 0 and mean &gt; 0: never negative, 0 at the mean.</summary>
    public static double Deviance(double x, double mean)
    {
        if (x == 0)
        {
            return mean;
        }

        var difference = x - mean;
        if (Math.Abs(difference) >= 0.1 * (x + mean))
        {
            return x * LaneMath.Log(x / mean) - difference;
        }

        // Loader's series in v = (x - mean)/(x + mean), from ln(x/mean) = 2 atanh(v).
        var v = difference / (x + mean);
        var square = v * v;
        var sum = difference * v;
        var power = 2 * x * v;
        for (var j = 3; ; j += 2)
        {
            power *= square;
            var next = sum + power / j;
            if (next == sum)
            {
                return sum;
            }

            sum = next;
        }
    }

    /// <summary>ln Gamma(x) for x &gt; 0; absolute error below 1e-14, relative below 1e-15 for large x.</summary>
    public static double LogGamma(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        if (x >= 15)
        {
            return (x - 0.5) * LaneMath.Log(x) - x + HalfLogTwoPi + Error(x);
        }

        // Gamma(x) = Gamma(x + m) / (x (x + 1) ... (x + m - 1)), in one logarithm.
        var product = 1.0;
        var y = x;
        for (; y < 15; y += 1)
        {
            product *= y;
        }

        return (y - 0.5) * LaneMath.Log(y) - y + HalfLogTwoPi + Error(y) - LaneMath.Log(product);
    }

    /// <summary>ln of mean^k e^-mean / Gamma(k + 1) for real k &gt;= 0, mean &gt; 0: a Poisson probability.</summary>
    public static double LogPoissonTerm(double k, double mean) =>
        k == 0 ? -mean : -Error(k) - Deviance(k, mean) - 0.5 * LaneMath.Log(TwoPi * k);

    /// <summary>ln of Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, where y = 1 - x: a binomial
    /// probability.</summary>
    /// <param name="a">Successes, real, at least 0.</param>
    /// <param name="b">Failures, real, at least 0.</param>
    /// <param name="x">Probability of success, in (0, 1).</param>
    /// <param name="y">1 - x, given apart so that neither need lose digits.</param>
    public static double LogBinomialTerm(double a, double b, double x, double y)
    {
        if (a == 0)
        {
            return b * Log(y, x);
        }

        if (b == 0)
        {
            return a * Log(x, y);
        }

        var n = a + b;
        return Error(n) - Error(a) - Error(b) - Deviance(a, n * x) - Deviance(b, n * y)
            + 0.5 * LaneMath.Log(n / (TwoPi * a * b));
    }

    /// <summary>ln C(n, k) for real 0 &lt;= k &lt;= n; relative error below 1e-14 for whole k.</summary>
    public static double LogBinomial(double n, double k)
    {
        if (!(k >= 0 && k <= n))
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"k must be between 0 and n = {n}");
        }

        var few = Math.Min(k, n - k);
        if (few == 0)
        {
            return 0;
        }

        var share = few / n;
        return Error(n) - Error(few) - Error(n - few) - few * LaneMath.Log(share) - (n - few) * LaneMath.Log1p(-share)
            - 0.5 * LaneMath.Log(TwoPi * few * (1 - share));
    }

    /// <summary>ln B(a, b) = ln [Gamma(a) Gamma(b) / Gamma(a + b)] for a, b &gt; 0.</summary>
    public static double LogBeta(double a, double b)
    {
        var (x, y) = (a / (a + b), b / (a + b));
        return Error(a) + Error(b) - Error(a + b) + a * Log(x, y) + b * Log(y, x)
            + 0.5 * LaneMath.Log(TwoPi * (1 / a + 1 / b));
    }

    private static double Log(double x, double complement) =>
        x < 0.5 ? LaneMath.Log(x) : LaneMath.Log1p(-complement);
}
