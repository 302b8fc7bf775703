using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>European options on any price whose characteristic function is known.</summary>
/// <remarks>
/// <code>
/// C = e^(-r T) (F - sqrt(F K)/pi  integral from 0 of Re(e^(i u ln(F/K)) f(u - i/2)) / (u^2 + 1/4) du)
/// F = S e^((r - q) T),   f(z) = E exp(i z ln(S_T/F))
/// </code>
/// <para>The integrand is even and analytic for |Im u| below 1/2, so the trapezoidal rule with step h errs by
/// e^(-pi/h): 1/16 gives more than double precision. It ends where the terms no longer count.</para>
/// <para>Source: A. L. Lewis, "A simple option formula for general jump-diffusion and other exponential Levy processes"
/// (2001), equation 3.11.</para>
/// </remarks>
public static class LewisOption
{
    private const double Step = 1.0 / 16;

    /// <summary>Terms in a row below rounding after which the sum ends, and terms after which it ends anyhow.</summary>
    private const int QuietTerms = 64, TermsMax = 400_000;

    /// <summary>Price of a call.</summary>
    /// <param name="spot">Price now, above 0.</param>
    /// <param name="strike">Strike, above 0.</param>
    /// <param name="years">Time to maturity, at least 0.</param>
    /// <param name="rate">Riskless rate, continuously compounded, per year.</param>
    /// <param name="yield">What the asset itself yields, continuously compounded, per year.</param>
    /// <param name="characteristic">Characteristic function of the log of price over forward at maturity.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Call(
        double spot, double strike, double years, double rate, double yield,
        Func<ComplexNumber, ComplexNumber> characteristic)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spot);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strike);
        ArgumentOutOfRangeException.ThrowIfNegative(years);
        ArgumentNullException.ThrowIfNull(characteristic);
        var forward = spot * LaneMath.Exp((rate - yield) * years);
        var moneyness = LaneMath.Log(forward / strike);
        var sum = 0.5 * Term(0, moneyness, characteristic);
        var quiet = 0;
        for (var n = 1; n < TermsMax && quiet < QuietTerms; n++)
        {
            var term = Term(n * Step, moneyness, characteristic);
            sum += term;
            quiet = Math.Abs(term) < 1e-19 ? quiet + 1 : 0;
        }

        return LaneMath.Exp(-rate * years) * (forward - Math.Sqrt(forward * strike) / Math.PI * sum * Step);
    }

    private static double Term(double u, double moneyness, Func<ComplexNumber, ComplexNumber> characteristic)
    {
        var turn = ComplexNumber.Exp(ComplexNumber.I * (u * moneyness));
        return (turn * characteristic(new ComplexNumber(u, -0.5))).Real / (u * u + 0.25);
    }
}
