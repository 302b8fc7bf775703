using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ScenarioGrid.Models.Kernel;

/// <summary>
/// One row of a lane as vectors of eight paths. No bounds check in release builds: index it from 0 to
/// <see cref="Tick.Vectors"/>.
/// </summary>
public readonly ref struct Vecs
{
    private readonly ref double _first;
    private readonly int _length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vecs(ref double first, int length)
    {
        _first = ref first;
        _length = length;
    }

    /// <summary>Number of vectors.</summary>
    public int Length => _length;

    public Vec this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)i < (uint)_length, "vector index outside the lane");
            return Unsafe.As<double, Vec>(
                ref Unsafe.AddByteOffset(ref _first, (nint)(uint)i * (Vec.Width * sizeof(double))));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            Debug.Assert((uint)i < (uint)_length, "vector index outside the lane");
            Unsafe.As<double, Vec>(
                ref Unsafe.AddByteOffset(ref _first, (nint)(uint)i * (Vec.Width * sizeof(double)))) = value;
        }
    }
}
