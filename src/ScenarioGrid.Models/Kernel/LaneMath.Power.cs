using System.Runtime.CompilerServices;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

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
        var exponent = Split(x.Value, out var m);
        var log = LogPair(exponent, m, out var logRest);
        var product = y.Value * log;
        var rest = FusedMultiplyAdd(y.Value, log, -product) + y.Value * logRest;
        if (All(IsNormal(x.Value) & LessThanOrEqual(Abs(product), Create(708.0))))
        {
            var n = ExpPairReduced(product, rest, out var above);
            return new Vec(AddExponent(Create(1.0) + above, n));
        }

        return PowEdge(x, y);
    }

    /// <inheritdoc cref="Pow(Vec, Vec)"/>
    public static double Pow(double x, double y) => Pow(new Vec(x), new Vec(y))[0];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec PowEdge(Vec x, Vec y)
    {
        var small = x < NormalMin;
        var exponent = Split(Vec.Select(small, x * TwoTo54, x).Value, out var m) - Vec.Where(small, 54.0).Value;
        var log = LogPair(exponent, m, out var logRest);
        var product = y * log;
        var rest = Vec.Fma(y, log, -product) + y * logRest;

        // Beyond these limits the result is 0 or infinite, and the rest of the product may be no number.
        var inside = Vec.Abs(product) <= 746.0;
        product = Vec.Select(inside, product, Vec.Select(product > 0.0, 710.0, -746.0));
        rest = Vec.Where(inside, rest);
        var n = ExpPairReduced(product.Value, rest.Value, out var above) - Create(Magic);
        Vec power = Scale(Create(1.0) + above, n);

        var zeroOrInfinite = Vec.Equal(x, 0.0) | Vec.Equal(x, double.PositiveInfinity);
        var grows = (Vec.Equal(x, 0.0) & (y < 0.0)) | (Vec.Equal(x, double.PositiveInfinity) & (y > 0.0));
        power = Vec.Select(zeroOrInfinite, Vec.Select(grows, double.PositiveInfinity, 0.0), power);
        power = Vec.Select((x >= 0.0) & Vec.Equal(y, y), power, double.NaN);
        return Vec.Select(Vec.Equal(y, 0.0) | Vec.Equal(x, 1.0), 1.0, power);
    }

    /// <summary>exponent ln 2 + ln m as an unevaluated sum of two doubles, to 2^-67 of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes LogPair(Lanes exponent, Lanes m, out Lanes rest)
    {
        // s = (m - 1) / (m + 1) with its rest; ln m = 2 s (1 + s^2 (1/3 + s^2 Q(s^2))).
        var f = m - Create(1.0);
        var d = m + Create(1.0);
        var dRest = m - (d - Create(1.0));
        var s = f / d;
        var sRest = FusedMultiplyAdd(-s, dRest, FusedMultiplyAdd(-s, d, f)) / d;
        var z = s * s;
        var zRest = FusedMultiplyAdd(s + s, sRest, FusedMultiplyAdd(s, s, -z));

        var q = AtanhTail(z);
        var zq = z * q;
        var zqRest = FusedMultiplyAdd(zRest, q, FusedMultiplyAdd(z, q, -zq));
        var t = zq + Create(0.3333333333333333);
        var tRest = Create(0.3333333333333333) - t + zq + (zqRest + Create(1.850371707708594e-17));

        var u = z * t;
        var uRest = FusedMultiplyAdd(z, tRest, FusedMultiplyAdd(zRest, t, FusedMultiplyAdd(z, t, -u)));
        var v = s * u;
        var vRest = FusedMultiplyAdd(s, uRest, FusedMultiplyAdd(sRest, u, FusedMultiplyAdd(s, u, -v)));
        var log = s + v;
        var logRest = s - log + v + (sRest + vRest);
        log += log;
        logRest += logRest;

        // The exponent's part is exact and, unless 0, larger than ln m.
        var large = exponent * Ln2Short;
        var sum = large + log;
        rest = large - sum + log + FusedMultiplyAdd(exponent, Create(Ln2ShortRest), logRest);
        return sum;
    }

    /// <summary>(atanh(s)/s - 1 - z/3) / z^2 for z = s^2 at most 0.0295; 4.6e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes AtanhTail(Lanes z)
    {
        var w = z * z;
        var even = FusedMultiplyAdd(Create(0.05853097844940682), w, Create(0.07692297467298959));
        even = FusedMultiplyAdd(even, w, Create(0.11111111110827367));
        even = FusedMultiplyAdd(even, w, Create(0.2));
        var odd = FusedMultiplyAdd(Create(0.058618018114527055), w, Create(0.06667403106050301));
        odd = FusedMultiplyAdd(odd, w, Create(0.0909090916782708));
        odd = FusedMultiplyAdd(odd, w, Create(0.14285714285714685));
        return FusedMultiplyAdd(odd, z, even);
    }

    /// <summary>As <see cref="ExpReduced"/> for an argument x + rest; gives e^r - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes ExpPairReduced(Lanes x, Lanes rest, out Lanes above)
    {
        var shifted = FusedMultiplyAdd(x, Create(Log2E), Create(Magic));
        var n = shifted - Create(Magic);
        var r = FusedMultiplyAdd(n, Create(-Ln2), x);
        var low = FusedMultiplyAdd(n, Create(-Ln2Rest), rest);
        var sum = r + low;
        above = r + FusedMultiplyAdd(sum * sum, ExpTail(sum), low);
        return shifted;
    }
}
