using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

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
        var quadrant = Reduce(x.Value, out var r, out var rest);
        var y = Quarter(quadrant, r, rest);
        y = ConditionalSelect(Vector512.Equals(x.Value, Lanes.Zero), x.Value, y);
        return new Vec(ConditionalSelect(LessThanOrEqual(Abs(x.Value), Create(AngleMax)), y, Create(double.NaN)));
    }

    /// <inheritdoc cref="Sin(Vec)"/>
    public static double Sin(double x) => Sin(new Vec(x))[0];

    /// <summary>Cosine of x in radians, |x| at most <see cref="AngleMax"/>; error below 1 ulp.</summary>
    /// <inheritdoc cref="Sin(Vec)" path="/remarks"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Cos(Vec x)
    {
        var quadrant = Reduce(x.Value, out var r, out var rest) + Vector512<long>.One;
        var y = Quarter(quadrant, r, rest);
        return new Vec(ConditionalSelect(LessThanOrEqual(Abs(x.Value), Create(AngleMax)), y, Create(double.NaN)));
    }

    /// <inheritdoc cref="Cos(Vec)"/>
    public static double Cos(double x) => Cos(new Vec(x))[0];

    /// <summary>x = k pi/2 + r + rest, |r| at most pi/4; returns k in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Reduce(Lanes x, out Lanes r, out Lanes rest)
    {
        const double Part1 = 1.5707963267948966, Part2 = 6.123233995736766e-17, Part3 = -1.4973849048591698e-33;
        var shifted = FusedMultiplyAdd(x, Create(0.6366197723675814), Create(Magic));
        var k = shifted - Create(Magic);

        // The first step is exact; the second carries its own rounding error and that of its product.
        var first = FusedMultiplyAdd(k, Create(-Part1), x);
        var product = k * Part2;
        var productRest = FusedMultiplyAdd(k, Create(Part2), -product);
        r = first - product;
        var moved = r - first;
        var lost = first - (r - moved) - (product + moved);
        rest = FusedMultiplyAdd(k, Create(-Part3), lost - productRest);
        return shifted.AsInt64();
    }

    /// <summary>sin(r + rest + quadrant pi/2) for |r| at most pi/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Quarter(Vector512<long> quadrant, Lanes r, Lanes rest)
    {
        var z = r * r;
        var sineTail = FusedMultiplyAdd(Create(1.58969099521155010221e-10), z, Create(-2.50507602534068634195e-08));
        sineTail = FusedMultiplyAdd(sineTail, z, Create(2.75573137070700676789e-06));
        sineTail = FusedMultiplyAdd(sineTail, z, Create(-1.98412698298579493134e-04));
        sineTail = FusedMultiplyAdd(sineTail, z, Create(8.33333333332248946124e-03));
        var cube = z * r;
        var correction = FusedMultiplyAdd(z, FusedMultiplyAdd(rest, Create(-0.5), cube * sineTail), rest);
        var sine = r + FusedMultiplyAdd(cube, Create(-1.66666666666666324348e-01), correction);

        var cosineTail = FusedMultiplyAdd(Create(-1.13596475577881948265e-11), z, Create(2.08757232129817482790e-09));
        cosineTail = FusedMultiplyAdd(cosineTail, z, Create(-2.75573143513906633035e-07));
        cosineTail = FusedMultiplyAdd(cosineTail, z, Create(2.48015872894767294178e-05));
        cosineTail = FusedMultiplyAdd(cosineTail, z, Create(-1.38888888888741095749e-03));
        cosineTail = FusedMultiplyAdd(cosineTail, z, Create(4.16666666666666019037e-02));
        var half = z * 0.5;
        var whole = Create(1.0) - half;
        var cosine = whole + (Create(1.0) - whole - half + FusedMultiplyAdd(z * z, cosineTail, -(r * rest)));

        var odd = Vector512.Equals(quadrant & Vector512<long>.One, Vector512<long>.One).AsDouble();
        var y = ConditionalSelect(odd, cosine, sine);

        // Bit 1 of the quadrant is the sign.
        var sign = (quadrant & Create(2L)) << 62;
        return (y.AsInt64() ^ sign).AsDouble();
    }
}
