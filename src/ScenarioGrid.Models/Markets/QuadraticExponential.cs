using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>One step of a square-root variance and of the log-price that it drives, with the exact expected
/// price.</summary>
/// <remarks>
/// <para>dV = k (theta - V) dt + xi sqrt(V) dW, correlation rho with the price, over a step of D years, U uniform, Z
/// standard normal, c the multiple of the volatility of the price:</para>
/// <code>
/// e  = exp(-k D),  m = theta + (V - theta) e,  s2 = V xi^2 e (1-e)/k + theta xi^2 (1-e)^2/(2k),  psi = s2/m^2
/// psi at most 1.5:  b2 = 2/psi - 1 + sqrt(2/psi) sqrt(2/psi - 1),  a = m/(1 + b2),  V' = a (b + Ninv(U))^2
/// psi above 1.5:    q = (psi-1)/(psi+1),  beta = (1-q)/m,  V' = 0 if U at most q, else ln((1-q)/(1-U))/beta
/// K1 = c D k rho/(2 xi) - c^2 D/4 - c rho/xi,   K2 = the same + 2 c rho/xi,   K3 = K4 = c^2 D (1 - rho^2)/2
/// A  = K2 + K4/2,   K0 = -ln M - (K1 + K3/2) V,   M = E exp(A V') :
///      exp(A b2 a/(1 - 2 A a))/sqrt(1 - 2 A a)   or   q + beta (1-q)/(beta - A)
/// x' = x + K0 + K1 V + K2 V' + sqrt(K3 V + K4 V') Z                so that E exp(x' - x) = 1
/// </code>
/// <para>Where A is so large that the expected price is infinite (rho above 0, k D above 10 and a large multiple) the
/// result is not a number, and the cell fails.</para>
/// <para>Source: L. Andersen, "Simple and efficient simulation of the Heston stochastic volatility model", Journal of
/// Computational Finance 11 (2008), sections 3.2 and 4.3; the multiple is the same scheme for c^2 V, whose volatility
/// of variance is c xi.</para>
/// </remarks>
public readonly struct QuadraticExponential
{
    /// <summary>Where the squared normal gives way to the exponential.</summary>
    private const double Switch = 1.5;

    private readonly double _keep, _mean, _spread, _floor, _slope, _drift, _pull, _noise;

    /// <summary>A step of the given length.</summary>
    /// <param name="years">Length, above 0.</param>
    /// <param name="reversion">k, per year, above 0.</param>
    /// <param name="mean">theta, variance per year, above 0.</param>
    /// <param name="volatility">xi, above 0.</param>
    /// <param name="correlation">rho, in [-1, 1].</param>
    public QuadraticExponential(double years, double reversion, double mean, double volatility, double correlation)
    {
        var gone = -LaneMath.Expm1(-reversion * years);
        var (keep, variance) = (1 - gone, volatility * volatility);
        (_keep, _mean) = (keep, mean * gone);
        _spread = variance * keep * gone / reversion;
        _floor = mean * variance * gone * gone / (2 * reversion);
        _slope = correlation / volatility;
        _drift = years * reversion * correlation / (2 * volatility);
        _pull = years / 4;
        _noise = years * (1 - correlation * correlation) / 2;
    }

    /// <summary>The change of the log-price.</summary>
    /// <param name="variance">V, at least 0; becomes V'.</param>
    /// <param name="uniform">U, in (0, 1).</param>
    /// <param name="multiple">c, at least 0.</param>
    /// <param name="normal">Z.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec Move(ref Vec variance, Vec uniform, Vec multiple, Vec normal)
    {
        var v = variance;
        var clock = multiple * multiple;
        var k2 = multiple * (_drift + _slope) - clock * _pull;
        var k3 = clock * _noise;
        var m = _mean + _keep * v;
        var psi = (_spread * v + _floor) / (m * m);
        var next = Draw(m, psi, uniform, k2 + 0.5 * k3, out var logMoment);
        variance = next;
        return k2 * next - logMoment - 0.5 * k3 * v + Vec.Sqrt(k3 * (v + next)) * normal;
    }

    /// <summary>V', and the log of its moment generating function at a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Draw(Vec m, Vec psi, Vec uniform, Vec a, out Vec logMoment)
    {
        var isLow = psi <= Switch;
        if (isLow.All)
        {
            return Low(m, psi, uniform, a, out logMoment);
        }

        var high = High(m, psi, uniform, a, out logMoment);
        if (isLow.None)
        {
            return high;
        }

        var low = Low(m, Vec.Min(psi, Switch), uniform, a, out var logLow);
        logMoment = Vec.Select(isLow, logLow, logMoment);
        return Vec.Select(isLow, low, high);
    }

    private static Vec Low(Vec m, Vec psi, Vec uniform, Vec a, out Vec logMoment)
    {
        var two = 2.0 / psi;
        var b2 = two - 1.0 + Vec.Sqrt(two) * Vec.Sqrt(two - 1.0);
        var scale = m / (1.0 + b2);
        var left = 1.0 - 2.0 * a * scale;
        logMoment = a * b2 * scale / left - 0.5 * LaneMath.Log(left);
        var root = Vec.Sqrt(b2) + LaneMath.NormalInverse(uniform);
        return scale * root * root;
    }

    private static Vec High(Vec m, Vec psi, Vec uniform, Vec a, out Vec logMoment)
    {
        var zero = (psi - 1.0) / (psi + 1.0);
        var some = 1.0 - zero;
        var beta = some / m;
        logMoment = LaneMath.Log(zero + beta * some / Vec.Select(a < beta, beta - a, double.NaN));
        return Vec.Where(uniform > zero, LaneMath.Log(some / (1.0 - uniform)) / beta);
    }
}
