using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace ScenarioGrid.Models.Kernel;

/// <summary>Elementary functions of eight paths at once, with the same bits on every processor.</summary>
/// <remarks>
/// <para>Built from + - * / sqrt, fused multiply-add and integer operations on the bits only. Each path is computed by
/// itself: a branch taken because of one path never changes the value of another. The overloads on a single double
/// give exactly the bits of the vector form.</para>
/// <para>Errors are in units in the last place of the exact result. NaN in, NaN out; its sign and payload are not
/// specified. Results below 2^-1022 lose bits gradually, as IEEE 754 has it.</para>
/// <para>The kernels work on the bare hardware vector: the compiler inlines only so many calls into one method, and
/// every operator of <see cref="Vec"/> is one, those of the hardware vector are none.</para>
/// <para>Sources: argument reductions after Cody and Waite, "Software Manual for the Elementary Functions" (1980), with
/// fused multiply-adds; logarithm kernel after fdlibm e_log.c (Sun Microsystems, 1993); the other polynomials are own
/// weighted Chebyshev fits in 50-digit arithmetic.</para>
/// </remarks>
public static partial class LaneMath
{
    /// <summary>1.5 * 2^52: adding it leaves the nearest whole number in the low bits of the sum.</summary>
    private const double Magic = 6755399441055744.0;

    private const double NormalMin = 2.2250738585072014e-308;
    private const double TwoTo54 = 18014398509481984.0;
    private const double Log2E = 1.4426950408889634;

    /// <summary>ln 2 rounded, and the rest: for reductions, where a fused multiply-add makes the first step
    /// exact.</summary>
    private const double Ln2 = 0.6931471805599453, Ln2Rest = 2.3190468138462996e-17;

    /// <summary>ln 2 with 32 trailing zero bits, and the rest: an exponent times the first is exact.</summary>
    private const double Ln2Short = 6.93147180369123816490e-01, Ln2ShortRest = 1.9082149292705877e-10;

    /// <summary>Exponents outside these limits take the slow, exact scaling.</summary>
    private const double ExpFastMin = -708, ExpFastMax = 709;

    /// <summary>e^x. All x; error below 0.9 ulp, where the result is subnormal 1.1. Overflows to infinity above
    /// 709.78, underflows gradually below -708.39.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Exp(Vec x)
    {
        var usual = GreaterThanOrEqual(x.Value, Create(ExpFastMin)) & LessThanOrEqual(x.Value, Create(ExpFastMax));
        if (All(usual))
        {
            var n = ExpReduced(x.Value, out var reduced);
            return new Vec(AddExponent(reduced, n));
        }

        return ExpEdge(x);
    }

    /// <inheritdoc cref="Exp(Vec)"/>
    public static double Exp(double x) => Exp(new Vec(x))[0];

    /// <summary>ln x. All x; error below 1 ulp. Zero gives minus infinity, a negative number NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Log(Vec x) => All(IsNormal(x.Value)) ? new Vec(LogNormal(x.Value)) : LogEdge(x);

    /// <inheritdoc cref="Log(Vec)"/>
    public static double Log(double x) => Log(new Vec(x))[0];

    /// <summary>ln(1 + x). All x; error below 1 ulp, also near 0. -1 gives minus infinity, less gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Log1p(Vec x)
    {
        var v = x.Value;
        var u = v + Create(1.0);

        // The rounding error of u, exactly (Knuth's two-sum), enters as its share of u.
        var moved = u - Create(1.0);
        var rest = Create(1.0) - (u - moved) + (v - moved);
        var exponent = Split(u, out var m);
        var y = LogParts(exponent, m - Create(1.0), FusedMultiplyAdd(exponent, Create(Ln2ShortRest), rest / u));
        y = ConditionalSelect(Vector512.Equals(v, Lanes.Zero), v, y);
        var usual = GreaterThan(v, Create(-1.0)) & LessThanOrEqual(v, Create(double.MaxValue));
        return All(usual) ? new Vec(y) : Log1pEdge(x, new Mask(usual), new Vec(y));
    }

    /// <inheritdoc cref="Log1p(Vec)"/>
    public static double Log1p(double x) => Log1p(new Vec(x))[0];

    /// <summary>e^x - 1. All x; error below 1.5 ulp, also near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Expm1(Vec x)
    {
        var v = x.Value;
        var usual = GreaterThanOrEqual(v, Create(-50.0)) & LessThanOrEqual(v, Create(50.0));
        var near = usual & v;
        var n = FusedMultiplyAdd(near, Create(Log2E), Create(Magic)) - Create(Magic);
        var r = FusedMultiplyAdd(n, Create(-Ln2), near);
        var rest = n * -Ln2Rest;
        var sum = r + rest;
        var tail = FusedMultiplyAdd(sum * sum, ExpTail(sum), rest);

        // 2^n (r + tail) + (2^n - 1); the larger two terms are added with their rounding error.
        var power = PowerOfTwo(n);
        var a = power * r;
        var b = power - Create(1.0);
        var high = a + b;
        var moved = high - a;
        var low = a - (high - moved) + (b - moved);
        var y = high + FusedMultiplyAdd(power, tail, low);
        y = ConditionalSelect(LessThan(Abs(v), Create(1e-17)), v, y);
        return All(usual) ? new Vec(y) : Expm1Edge(x, new Mask(usual), new Vec(y));
    }

    /// <inheritdoc cref="Expm1(Vec)"/>
    public static double Expm1(double x) => Expm1(new Vec(x))[0];

    /// <summary>x = n ln 2 + r with |r| at most ln(2)/2: returns n plus <see cref="Magic"/>, and e^r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes ExpReduced(Lanes x, out Lanes reduced)
    {
        var shifted = FusedMultiplyAdd(x, Create(Log2E), Create(Magic));
        var n = shifted - Create(Magic);
        var r = FusedMultiplyAdd(n, Create(-Ln2Rest), FusedMultiplyAdd(n, Create(-Ln2), x));
        reduced = FusedMultiplyAdd(r * r, ExpTail(r), r) + Create(1.0);
        return shifted;
    }

    /// <summary>(e^r - 1 - r) / r^2 for |r| at most ln(2)/2; 1.3e-17 of e^r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes ExpTail(Lanes r)
    {
        var z = r * r;
        var even = FusedMultiplyAdd(Create(2.7631140150201755e-07), z, Create(2.4801490307638598e-05));
        even = FusedMultiplyAdd(even, z, Create(0.0013888888946713305));
        even = FusedMultiplyAdd(even, z, Create(0.0416666666665162));
        even = FusedMultiplyAdd(even, z, Create(0.5000000000000012));
        var odd = FusedMultiplyAdd(Create(2.5024639266311035e-08), z, Create(2.7557507361975543e-06));
        odd = FusedMultiplyAdd(odd, z, Create(0.00019841269596971038));
        odd = FusedMultiplyAdd(odd, z, Create(0.008333333333451529));
        odd = FusedMultiplyAdd(odd, z, Create(0.16666666666666483));
        return FusedMultiplyAdd(odd, r, even);
    }

    /// <summary>y 2^n where the result is normal; n comes as n + <see cref="Magic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes AddExponent(Lanes y, Lanes shifted) => (y.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();

    /// <summary>2^n for whole n from -1022 to 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes PowerOfTwo(Lanes n) => AddExponent(Create(1.0), n + Create(Magic));

    /// <summary>y 2^n, rounded once, for whole n from -2044 to 2046 and y near 1.</summary>
    private static Lanes Scale(Lanes y, Lanes n)
    {
        var half = Floor(n * 0.5);
        return y * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec ExpEdge(Vec x)
    {
        var n = ExpReduced(Vec.Clamp(x, -746.0, 710.0).Value, out var reduced) - Create(Magic);
        return Vec.Select(Vec.Equal(x, x), Scale(reduced, n), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec Expm1Edge(Vec x, Mask usual, Vec y)
    {
        // Above 50 the 1 is less than half a unit in the last place; below -50 all of e^x is.
        return Vec.Select(usual, y, Vec.Select(x < -50.0, -1.0, Exp(x)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec Log1pEdge(Vec x, Mask usual, Vec y)
    {
        var edge = Vec.Select(Vec.Equal(x, -1.0), double.NegativeInfinity, double.NaN);
        return Vec.Select(usual, y, Vec.Select(Vec.Equal(x, double.PositiveInfinity), x, edge));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool All(Lanes mask) => mask.ExtractMostSignificantBits() == 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes IsNormal(Lanes x) =>
        GreaterThanOrEqual(x, Create(NormalMin)) & LessThanOrEqual(x, Create(double.MaxValue));

    /// <summary>ln x for normal positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes LogNormal(Lanes x)
    {
        var exponent = Split(x, out var m);
        return LogParts(exponent, m - Create(1.0), exponent * Ln2ShortRest);
    }

    /// <summary>x = 2^exponent m with m in [sqrt(1/2), sqrt(2)), for normal positive x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Split(Lanes x, out Lanes m)
    {
        const long RootHalf = 0x3FE6A09E667F3BCD, One = 0x3FF0000000000000, Fraction = 0x000FFFFFFFFFFFFF;
        var bits = x.AsInt64() + Create(One - RootHalf);
        m = ((bits & Create(Fraction)) + Create(RootHalf)).AsDouble();

        // The biased exponent in the low bits of 2^52 is the number 2^52 + exponent + 1023.
        var shifted = ((bits >>> 52) | Create(0x4330000000000000L)).AsDouble();
        return shifted - Create(4503599627370496.0 + 1023);
    }

    /// <summary>exponent ln 2 + ln(1 + f) + rest, where rest holds the low part of the first term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes LogParts(Lanes exponent, Lanes f, Lanes rest)
    {
        // ln(1+f) = f - h + s (h + R), with s = f / (2 + f), h = f^2 / 2 and R a polynomial in s^2.
        var s = f / (f + Create(2.0));
        var z = s * s;
        var w = z * z;
        var odd = FusedMultiplyAdd(Create(1.531383769920937332e-01), w, Create(2.222219843214978396e-01));
        odd = FusedMultiplyAdd(odd, w, Create(3.999999999940941908e-01));
        var even = FusedMultiplyAdd(Create(1.479819860511658591e-01), w, Create(1.818357216161805012e-01));
        even = FusedMultiplyAdd(even, w, Create(2.857142874366239149e-01));
        even = FusedMultiplyAdd(even, w, Create(6.666666666666735130e-01));
        var h = f * 0.5 * f;
        var tail = FusedMultiplyAdd(odd, w, FusedMultiplyAdd(even, z, h));
        return FusedMultiplyAdd(exponent, Create(Ln2Short), f - (h - FusedMultiplyAdd(s, tail, rest)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vec LogEdge(Vec x)
    {
        var small = x < NormalMin;
        var exponent = Split(Vec.Select(small, x * TwoTo54, x).Value, out var m);
        exponent -= Vec.Where(small, 54.0).Value;
        Vec y = LogParts(exponent, m - Create(1.0), exponent * Ln2ShortRest);
        y = Vec.Select(Vec.Equal(x, 0.0), double.NegativeInfinity, y);
        var positive = Vec.Select(Vec.Equal(x, double.PositiveInfinity), x, y);
        return Vec.Select(x >= 0.0, positive, double.NaN);
    }
}
