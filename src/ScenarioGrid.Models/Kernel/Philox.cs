using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScenarioGrid.Models.Kernel;

/// <summary>Philox4x32-10: a counter in, four random 32-bit words out. No state, so any path, tick and draw can be
/// named directly.</summary>
/// <remarks>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3
/// and the Random123 known-answer file.</remarks>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>The four words of one counter, one counter at a time: the slow obvious form that the vector form is
    /// tested against.</summary>
    public static (uint W0, uint W1, uint W2, uint W3) Words(
        (uint C0, uint C1, uint C2, uint C3) counter, (uint K0, uint K1) key)
    {
        var (c0, c1, c2, c3) = counter;
        var (k0, k1) = key;
        for (var round = 0; round < 10; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            unchecked
            {
                k0 += Weyl0;
                k1 += Weyl1;
            }
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The words of four counters that differ in their first word only; each 64-bit element holds one 32-bit
    /// word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Words4 Words(Vector512<ulong> c0, ulong counter1, ulong counter2, ulong counter3, PhiloxKey key)
    {
        // Only the low half of an element counts: the product reads no more, so the high halves are cleared once, at
        // the end.
        var c1 = Vector512.Create(counter1);
        var c2 = Vector512.Create(counter2);
        var c3 = Vector512.Create(counter3);
        var k0 = Vector512.Create(key.K0);
        var k1 = Vector512.Create(key.K1);
        var weyl0 = Vector512.Create(Weyl0);
        var weyl1 = Vector512.Create(Weyl1);
        for (var round = 0; round < 10; round++)
        {
            var p0 = Multiply(c0, Multiplier0);
            var p1 = Multiply(c2, Multiplier1);
            c0 = (p1 >>> 32) ^ c1 ^ k0.AsUInt64();
            c2 = (p0 >>> 32) ^ c3 ^ k1.AsUInt64();
            c1 = p1;
            c3 = p0;
            k0 += weyl0;
            k1 += weyl1;
        }

        var low = Vector512.Create(0xFFFFFFFFul);
        return new Words4(c0 & low, c1 & low, c2 & low, c3 & low);
    }

    /// <summary>64-bit product of the low 32 bits of each element with a 32-bit constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> a, uint b) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(a.AsUInt32(), Vector512.Create(b))
            : (a & Vector512.Create(0xFFFFFFFFul)) * Vector512.Create((ulong)b);
}

/// <summary>The key of one stream of random numbers.</summary>
public readonly record struct PhiloxKey(uint K0, uint K1)
{
    /// <summary>The key of an instance in a campaign: every instance name is its own stream, the same in every
    /// cell.</summary>
    /// <remarks>FNV-1a over the name, then two rounds of the SplitMix64 finaliser over name and seed.</remarks>
    public static PhiloxKey Of(ulong seed, string name)
    {
        unchecked
        {
            var hash = 14695981039346656037ul;
            foreach (var c in name)
            {
                hash = (hash ^ c) * 1099511628211ul;
            }

            var mixed = Mix(Mix(seed + 0x9E3779B97F4A7C15ul) ^ hash);
            return new PhiloxKey((uint)mixed, (uint)(mixed >> 32));
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBul;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>The four words of one Philox block for eight paths, and the uniforms made of them.</summary>
public readonly struct Words4
{
    private readonly Vector512<ulong> _w0, _w1, _w2, _w3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Words4(Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3)
    {
        _w0 = w0;
        _w1 = w1;
        _w2 = w2;
        _w3 = w3;
    }

    /// <summary>First fine uniform, in (0, 1), on a grid of 2^-52: (k + 1/2) 2^-52.</summary>
    public Vec Uniform0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fine(_w0, _w1);
    }

    /// <summary>Second fine uniform of the same block, independent of the first.</summary>
    public Vec Uniform1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fine(_w2, _w3);
    }

    /// <summary>Coarse uniforms (word + 1/2) 2^-32, four a block: for hot loops that need no probability below
    /// 1e-6.</summary>
    public Vec Coarse0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Coarse(_w0);
    }

    /// <inheritdoc cref="Coarse0"/>
    public Vec Coarse1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Coarse(_w1);
    }

    /// <inheritdoc cref="Coarse0"/>
    public Vec Coarse2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Coarse(_w2);
    }

    /// <inheritdoc cref="Coarse0"/>
    public Vec Coarse3
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Coarse(_w3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Fine(Vector512<ulong> high, Vector512<ulong> low)
    {
        // 52 random bits become the fraction of a double in [1, 2); minus 1, plus half a grid step: never 0, never 1.
        var fraction = (high << 20) | (low >>> 12);
        var oneToTwo = (fraction | Vector512.Create(0x3FF0000000000000ul)).AsDouble();
        return new Vec(oneToTwo - Vector512.Create(1.0 - 1.1102230246251565e-16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Coarse(Vector512<ulong> word)
    {
        // The word in the low bits of 2^20 is the number 2^20 + word 2^-32, exactly.
        var shifted = (word | Vector512.Create(0x4130000000000000ul)).AsDouble();
        return new Vec(shifted - Vector512.Create(1048576.0 - 1.1641532182693481e-10));
    }
}
