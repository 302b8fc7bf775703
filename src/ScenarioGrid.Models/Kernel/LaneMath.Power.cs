using System.Runtime.CompilerServices;

namespace ScenarioGrid.Models.Kernel;

/// <content>Power, and the double-double logarithm and exponential under it.</content>
public static partial class LaneMath
{
    /// <summary>x^y for x at least 0. Error below 1.5 ulp, also where the result is huge or tiny.</summary>
    /// <remarks>
    /// x^0 and 1^y are 1, as IEEE 754-2019 section 9.2.1 has it; 0^y is 0 for y &gt; 0 and infinite for y &lt; 0;
    /// a negative x gives NaN (-0 counts as 0); all other NaN in, NaN out.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Pow(Vec x, Vec y)
    {
        var exponent = Split(x, out var m);
        var log = LogPair(exponent, m, out var logRest);
        var product = y * log;
        var rest = Vec.Fma(y, log, -product) + y * logRest;
        var usual = (x >= NormalMin) & (x <= double.MaxValue) & (Vec.Abs(product) <= 708.0);
        if (usual.All)
        {
            var n = ExpPairReduced(product, rest, out var above);
            return AddExponent(1.0 + above, n);
        }

        return PowEdge(x, y);
    }

    /// <inheritdoc cref="Pow(Vec, Vec)"/>
    public static double Pow(double x, double y) => Pow(new Vec(x), new Vec(y))[0];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec PowEdge(Vec x, Vec y)
    {
        var small = x < NormalMin;
        var exponent = Split(Vec.Select(small, x * TwoTo54, x), out var m);
        var log = LogPair(exponent - Vec.Where(small, 54.0), m, out var logRest);
        var product = y * log;
        var rest = Vec.Fma(y, log, -product) + y * logRest;

        // Beyond these limits the result is 0 or infinite, and the rest of the product may be no number.
        var inside = Vec.Abs(product) <= 746.0;
        product = Vec.Select(inside, product, Vec.Select(product > 0.0, 710.0, -746.0));
        rest = Vec.Where(inside, rest);
        var n = ExpPairReduced(product, rest, out var above) - Magic;
        var power = Scale(1.0 + above, n);

        var zeroOrInfinite = Vec.Equal(x, 0.0) | Vec.Equal(x, double.PositiveInfinity);
        var grows = (Vec.Equal(x, 0.0) & (y < 0.0)) | (Vec.Equal(x, double.PositiveInfinity) & (y > 0.0));
        power = Vec.Select(zeroOrInfinite, Vec.Select(grows, double.PositiveInfinity, 0.0), power);
        power = Vec.Select((x >= 0.0) & Vec.Equal(y, y), power, double.NaN);
        return Vec.Select(Vec.Equal(y, 0.0) | Vec.Equal(x, 1.0), 1.0, power);
    }

    /// <summary>exponent ln 2 + ln m as an unevaluated sum of two doubles, to 2^-67 of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec LogPair(Vec exponent, Vec m, out Vec rest)
    {
        // s = (m - 1) / (m + 1) with its rest; ln m = 2 s (1 + s^2 (1/3 + s^2 Q(s^2))).
        var f = m - 1.0;
        var d = m + 1.0;
        var dRest = m - (d - 1.0);
        var s = f / d;
        var sRest = Vec.Fma(-s, dRest, Vec.Fma(-s, d, f)) / d;
        var z = s * s;
        var zRest = Vec.Fma(s + s, sRest, Vec.Fma(s, s, -z));

        var q = AtanhTail(z);
        var zq = z * q;
        var zqRest = Vec.Fma(zRest, q, Vec.Fma(z, q, -zq));
        var t = zq + 0.3333333333333333;
        var tRest = 0.3333333333333333 - t + zq + (zqRest + 1.850371707708594e-17);

        var u = z * t;
        var uRest = Vec.Fma(z, tRest, Vec.Fma(zRest, t, Vec.Fma(z, t, -u)));
        var v = s * u;
        var vRest = Vec.Fma(s, uRest, Vec.Fma(sRest, u, Vec.Fma(s, u, -v)));
        var log = s + v;
        var logRest = s - log + v + (sRest + vRest);
        log += log;
        logRest += logRest;

        // The exponent's part is exact and, unless 0, larger than ln m.
        var large = exponent * Ln2Short;
        var sum = large + log;
        rest = large - sum + log + Vec.Fma(exponent, Ln2ShortRest, logRest);
        return sum;
    }

    /// <summary>(atanh(s)/s - 1 - z/3) / z^2 for z = s^2 at most 0.0295; 4.6e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec AtanhTail(Vec z)
    {
        var w = z * z;
        var even = Vec.Fma(0.05853097844940682, w, 0.07692297467298959);
        even = Vec.Fma(even, w, 0.11111111110827367);
        even = Vec.Fma(even, w, 0.2);
        var odd = Vec.Fma(0.058618018114527055, w, 0.06667403106050301);
        odd = Vec.Fma(odd, w, 0.0909090916782708);
        odd = Vec.Fma(odd, w, 0.14285714285714685);
        return Vec.Fma(odd, z, even);
    }

    /// <summary>As <see cref="ExpReduced"/> for an argument x + rest; gives e^r - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec ExpPairReduced(Vec x, Vec rest, out Vec above)
    {
        var shifted = Vec.Fma(x, Log2E, Magic);
        var n = shifted - Magic;
        var r = Vec.Fma(n, -Ln2, x);
        var low = Vec.Fma(n, -Ln2Rest, rest);
        var sum = r + low;
        above = r + Vec.Fma(sum * sum, ExpTail(sum), low);
        return shifted;
    }
}
