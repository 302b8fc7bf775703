using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScenarioGrid.Models.Kernel;

/// <summary>
/// Eight doubles, one per path, with the operators of a scalar: a loop body over <see cref="Vec"/> reads like the
/// equation.
/// </summary>
/// <remarks>
/// Every operation is an IEEE 754 operation on each path by itself, so the bits do not depend on the processor.
/// Nothing here adds, multiplies or compares across paths.
/// </remarks>
public readonly struct Vec
{
    /// <summary>Number of paths in one <see cref="Vec"/>.</summary>
    public const int Width = 8;

    /// <summary>The hardware vector.</summary>
    public readonly Vector512<double> Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec(Vector512<double> value) => Value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec(double all) => Value = Vector512.Create(all);

    public static Vec Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<double>.Zero);
    }

    /// <summary>The value of one path, for tests and traces; never used inside a step.</summary>
    public double this[int path] => Value.GetElement(path);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Vec(double all) => new(all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Vec(Vector512<double> value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec operator +(Vec a, Vec b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec operator -(Vec a, Vec b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec operator *(Vec a, Vec b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec operator /(Vec a, Vec b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec operator -(Vec a) => new(-a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask operator <(Vec a, Vec b) => new(Vector512.LessThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask operator >(Vec a, Vec b) => new(Vector512.GreaterThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask operator <=(Vec a, Vec b) => new(Vector512.LessThanOrEqual(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask operator >=(Vec a, Vec b) => new(Vector512.GreaterThanOrEqual(a.Value, b.Value));

    /// <summary>Paths on which the two are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask Equal(Vec a, Vec b) => new(Vector512.Equals(a.Value, b.Value));

    /// <summary>a * b + c, rounded once (software where the processor has no fused multiply-add: same bits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Fma(Vec a, Vec b, Vec c) => new(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <summary>Square root, rounded correctly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Sqrt(Vec a) => new(Vector512.Sqrt(a.Value));

    /// <summary>Absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Abs(Vec a) => new(Vector512.Abs(a.Value));

    /// <summary>Largest whole number not above <paramref name="a"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Floor(Vec a) => new(Vector512.Floor(a.Value));

    /// <summary>a where a &lt; b, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Min(Vec a, Vec b) => Select(a < b, a, b);

    /// <summary>a where a &gt; b, else b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Max(Vec a, Vec b) => Select(a > b, a, b);

    /// <summary>a limited to [low, high].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Clamp(Vec a, Vec low, Vec high) => Min(Max(a, low), high);

    /// <summary>yes where the mask is set, else no. Both are computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Select(Mask mask, Vec yes, Vec no) =>
        new(Vector512.ConditionalSelect(mask.Bits, yes.Value, no.Value));

    /// <summary>yes where the mask is set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Where(Mask mask, Vec yes) => new(Vector512.BitwiseAnd(mask.Bits, yes.Value));

    /// <summary>Reads the paths of vector <paramref name="i"/> from a plain array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Load(ReadOnlySpan<double> values, int i) => new(Vector512.Create(values.Slice(i * Width, Width)));

    /// <summary>Writes the paths of vector <paramref name="i"/> to a plain array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> values, int i) => Value.CopyTo(values.Slice(i * Width, Width));

    public override string ToString() => Value.ToString();
}

/// <summary>A yes or no per path.</summary>
public readonly struct Mask
{
    /// <summary>All bits of a path set, or none.</summary>
    public readonly Vector512<double> Bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Mask(Vector512<double> bits) => Bits = bits;

    /// <summary>True when at least one path is set. A shortcut only: never let it change a value.</summary>
    public bool Any
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.ExtractMostSignificantBits(Bits) != 0;
    }

    /// <summary>True when no path is set.</summary>
    public bool None
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.ExtractMostSignificantBits(Bits) == 0;
    }

    /// <summary>True when every path is set.</summary>
    public bool All
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.ExtractMostSignificantBits(Bits) == 0xFF;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask operator &(Mask a, Mask b) => new(Vector512.BitwiseAnd(a.Bits, b.Bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask operator |(Mask a, Mask b) => new(Vector512.BitwiseOr(a.Bits, b.Bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask operator !(Mask a) => new(Vector512.OnesComplement(a.Bits));

    /// <summary>1 where set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec AsOne() => Vec.Where(this, 1.0);
}
