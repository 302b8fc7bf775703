using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScenarioGrid.Models.Kernel;

/// <summary>One step of one instance over one block of paths: its time, its paths and its random numbers.</summary>
/// <remarks>
/// Random numbers are functions of (campaign seed, instance name, path, tick, draw): the cell is not among them, so
/// every setting of a sweep meets the same shocks, and neither block size nor silo nor order of evaluation can change
/// one.
/// </remarks>
public readonly struct Tick
{
    /// <summary>Seconds in a year of 365 days.</summary>
    public const double YearSeconds = 31_536_000;

    private readonly PhiloxKey _key;
    private readonly PhiloxKey _sharedKey;

    public Tick(
        int index, int count, double seconds, int firstPath, int paths, PhiloxKey key, PhiloxKey sharedKey)
    {
        Count = count;
        Index = index;
        Seconds = seconds;
        FirstPath = firstPath;
        Paths = paths;
        _key = key;
        _sharedKey = sharedKey;
    }

    /// <summary>Number of this tick, from 0.</summary>
    public int Index { get; }

    /// <summary>Ticks of the whole path.</summary>
    public int Count { get; }

    /// <summary>True in the last tick: what is still open is marked to market.</summary>
    public bool IsLast => Index == Count - 1;

    /// <summary>Length of the tick in seconds.</summary>
    public double Seconds { get; }

    /// <summary>Length of the tick in years of 365 days.</summary>
    public double Years => Seconds / YearSeconds;

    /// <summary>Seconds from the start of the scenario to the start of this tick.</summary>
    public double Start => Index * Seconds;

    /// <summary>Number of the first path of the block, a multiple of <see cref="Vec.Width"/>.</summary>
    public int FirstPath { get; }

    /// <summary>Paths in the block, a multiple of <see cref="Vec.Width"/>.</summary>
    public int Paths { get; }

    /// <summary>Number of <see cref="Vec"/>s in each lane of the block.</summary>
    public int Vectors => Paths / Vec.Width;

    /// <summary>
    /// The random words of one draw of this instance for the eight paths of vector <paramref name="i"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Words4 Words(int draw, int i) => Words(draw, i, _key);

    /// <summary>A uniform in (0, 1) of this instance. One draw number, one uniform.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec Uniform(int draw, int i) => Words(draw, i, _key).Uniform0;

    /// <summary>A standard normal of this instance, by inverse distribution function from one uniform.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec Normal(int draw, int i) => LaneMath.NormalInverse(Words(draw, i, _key).Uniform0);

    /// <summary>A uniform that every instance of the scenario sees alike: common factors and systemic events.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec SharedUniform(int draw, int i) => Words(draw, i, _sharedKey).Uniform0;

    /// <summary>A standard normal that every instance of the scenario sees alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec SharedNormal(int draw, int i) => LaneMath.NormalInverse(Words(draw, i, _sharedKey).Uniform0);

    /// <summary>A draw made once for the whole path, not once a tick: clocks and traits fixed at the start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec PathUniform(int draw, int i) =>
        Philox.Words(Counters(i), uint.MaxValue, (uint)draw, 1, _key).Uniform0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Words4 Words(int draw, int i, PhiloxKey key) => Philox.Words(Counters(i), (uint)Index, (uint)draw, 0, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Counters(int i) =>
        Vector512.Create((ulong)(FirstPath + i * Vec.Width)) + Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7);
}
