using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScenarioGrid.Models.Kernel;

/// <content>Sine and cosine.</content>
public static partial class LaneMath
{
    /// <summary>Largest |x| of <see cref="Sin(Vec)"/> and <see cref="Cos(Vec)"/>: beyond it they give NaN.</summary>
    public const double AngleMax = 1e9;

    /// <summary>Sine of x in radians, |x| at most <see cref="AngleMax"/>; error below 1 ulp.</summary>
    /// <remarks>Kernels after fdlibm k_sin.c and k_cos.c; pi/2 in three parts of 53 bits.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Sin(Vec x)
    {
        var quadrant = Reduce(x, out var r, out var rest);
        var y = Quarter(quadrant, r, rest);
        y = Vec.Select(Vec.Equal(x, 0.0), x, y);
        return Vec.Select(Vec.Abs(x) <= AngleMax, y, double.NaN);
    }

    /// <inheritdoc cref="Sin(Vec)"/>
    public static double Sin(double x) => Sin(new Vec(x))[0];

    /// <summary>Cosine of x in radians, |x| at most <see cref="AngleMax"/>; error below 1 ulp.</summary>
    /// <inheritdoc cref="Sin(Vec)" path="/remarks"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Cos(Vec x)
    {
        var quadrant = Reduce(x, out var r, out var rest) + Vector256<long>.One;
        return Vec.Select(Vec.Abs(x) <= AngleMax, Quarter(quadrant, r, rest), double.NaN);
    }

    /// <inheritdoc cref="Cos(Vec)"/>
    public static double Cos(double x) => Cos(new Vec(x))[0];

    /// <summary>x = k pi/2 + r + rest, |r| at most pi/4; returns k in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Reduce(Vec x, out Vec r, out Vec rest)
    {
        const double Part1 = 1.5707963267948966, Part2 = 6.123233995736766e-17, Part3 = -1.4973849048591698e-33;
        var shifted = Vec.Fma(x, 0.6366197723675814, Magic);
        var k = shifted - Magic;

        // The first step is exact; the second carries its own rounding error and that of its product.
        var first = Vec.Fma(k, -Part1, x);
        var product = k * Part2;
        var productRest = Vec.Fma(k, Part2, -product);
        r = first - product;
        var moved = r - first;
        var lost = first - (r - moved) - (product + moved);
        rest = Vec.Fma(k, -Part3, lost - productRest);
        return shifted.Value.AsInt64();
    }

    /// <summary>sin(r + rest + quadrant pi/2) for |r| at most pi/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Quarter(Vector256<long> quadrant, Vec r, Vec rest)
    {
        var z = r * r;
        var sineTail = Vec.Fma(1.58969099521155010221e-10, z, -2.50507602534068634195e-08);
        sineTail = Vec.Fma(sineTail, z, 2.75573137070700676789e-06);
        sineTail = Vec.Fma(sineTail, z, -1.98412698298579493134e-04);
        sineTail = Vec.Fma(sineTail, z, 8.33333333332248946124e-03);
        var cube = z * r;
        var correction = Vec.Fma(z, Vec.Fma(rest, -0.5, cube * sineTail), rest);
        var sine = r + Vec.Fma(cube, -1.66666666666666324348e-01, correction);

        var cosineTail = Vec.Fma(-1.13596475577881948265e-11, z, 2.08757232129817482790e-09);
        cosineTail = Vec.Fma(cosineTail, z, -2.75573143513906633035e-07);
        cosineTail = Vec.Fma(cosineTail, z, 2.48015872894767294178e-05);
        cosineTail = Vec.Fma(cosineTail, z, -1.38888888888741095749e-03);
        cosineTail = Vec.Fma(cosineTail, z, 4.16666666666666019037e-02);
        var half = z * 0.5;
        var whole = 1.0 - half;
        var cosine = whole + (1.0 - whole - half + Vec.Fma(z * z, cosineTail, -(r * rest)));

        var odd = Vector256.Equals(quadrant & Vector256<long>.One, Vector256<long>.One).AsDouble();
        var y = Vector256.ConditionalSelect(odd, cosine.Value, sine.Value);

        // Bit 1 of the quadrant is the sign.
        var sign = (quadrant & Vector256.Create(2L)) << 62;
        return new Vec((y.AsInt64() ^ sign).AsDouble());
    }
}
