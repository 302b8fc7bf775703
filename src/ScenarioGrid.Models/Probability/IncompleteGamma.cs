using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).</summary>
/// <remarks>
/// For whole a, P(a, x) is the chance that a Poisson count of mean x is at least a. Relative error below 1e-13 for a
/// from
/// 0.5 to 1e5 where the value is above 1e-60. Series and continued fraction: Abramowitz and Stegun 6.5.29 and 6.5.31,
/// the fraction by Lentz's method (Press and others, "Numerical Recipes", section 6.2).
/// </remarks>
public static class IncompleteGamma
{
    /// <summary>P(a, x) for a &gt; 0, x &gt;= 0.</summary>
    public static double Lower(double a, double x) =>
        UseSeries(a, x) ? Series(a, x) : 1 - LaneMath.Exp(LogFraction(a, x));

    /// <summary>Q(a, x) for a &gt; 0, x &gt;= 0.</summary>
    public static double Upper(double a, double x) =>
        UseSeries(a, x) ? 1 - Series(a, x) : LaneMath.Exp(LogFraction(a, x));

    /// <summary>ln Q(a, x): also where Q itself underflows.</summary>
    public static double LogUpper(double a, double x) =>
        UseSeries(a, x) ? LaneMath.Log1p(-Series(a, x)) : LogFraction(a, x);

    private static bool UseSeries(double a, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        return x < Math.Max(a, 1);
    }

    private static double Series(double a, double x)
    {
        if (x == 0)
        {
            return 0;
        }

        var (sum, term) = (1.0, 1.0);
        for (var i = 1; term > 1e-17 * sum; i++)
        {
            term *= x / (a + i);
            sum += term;
        }

        return LaneMath.Exp(Stirling.LogPoissonTerm(a, x)) * sum;
    }

    private static double LogFraction(double a, double x)
    {
        const double Tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; ; i++)
        {
            var top = -i * (i - a);
            b += 2;
            d = NotZero(top * d + b, Tiny);
            c = NotZero(b + top / c, Tiny);
            d = 1 / d;
            var change = d * c;
            h *= change;
            if (Math.Abs(change - 1) < 2e-16)
            {
                return Stirling.LogPoissonTerm(a, x) + LaneMath.Log(a * h);
            }
        }
    }

    private static double NotZero(double x, double tiny) => Math.Abs(x) < tiny ? tiny : x;
}
