using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Instances;

/// <summary>
/// A component on a block of paths: its lanes have memory, and it can be stepped, saved and restored.
/// </summary>
/// <remarks>
/// All lanes of an instance lie in one aligned array, so that a block's state stays in the nearest cache.
/// </remarks>
public sealed class Instance
{
    private const int AlignmentDoubles = 8;

    private double[] _memory = [];
    private int _start;
    private int _length;
    private Lane[] _owned = [];

    public Instance(string name, ComponentKind kind)
    {
        Name = name;
        Kind = kind;
    }

    public string Name { get; }

    public ComponentKind Kind { get; }

    /// <summary>The component, after <see cref="Bind"/>.</summary>
    public Component Component { get; private set; } = null!;

    /// <summary>For each port of the kind its lanes: one, or as many as its list slot names instances.</summary>
    public Lane[][] Lanes { get; private set; } = [];

    /// <summary>Paths of the block.</summary>
    public int Paths { get; private set; }

    /// <summary>Bytes of lane memory.</summary>
    public long Bytes => _length * sizeof(double);

    /// <summary>Makes a fresh component with these values and puts its lanes on memory.</summary>
    /// <param name="values">Parameter values in the order of the kind.</param>
    /// <param name="onset">Seconds to the onset of an attack.</param>
    /// <param name="series">Recorded prices of an instance that moves by them; null for its default.</param>
    /// <param name="listCounts">For each port, the number of instances its list slot names; 1 for others.</param>
    /// <param name="paths">Paths of the block, a multiple of <see cref="Vec.Width"/>.</param>
    public void Bind(double[] values, double onset, PriceSeries? series, ReadOnlySpan<int> listCounts, int paths)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(paths % Vec.Width, 0);
        Component = Kind.Create(values);
        if (Component is Attack attack)
        {
            attack.Onset = onset;
        }

        if (Component is ISeriesReader reader && series is not null)
        {
            reader.Series = series;
        }

        Paths = paths;
        Lanes = ReadLanes(listCounts);
        _owned = Lanes.SelectMany(l => l).ToArray();
        var doubles = 0;
        foreach (var lane in _owned)
        {
            doubles += Padded(lane.Rows * paths);
        }

        Allocate(doubles);
        var offset = _start;
        foreach (var lane in _owned)
        {
            lane.Attach(_memory, offset, paths);
            offset += Padded(lane.Rows * paths);
        }
    }

    /// <summary>Sets every lane to its initial value.</summary>
    public void Reset()
    {
        foreach (var lane in _owned)
        {
            if (!lane.IsBorrowed)
            {
                lane.AllRows.Fill(lane.Initial);
            }
        }
    }

    /// <summary>Lets the component set what is not one number; may run more than once.</summary>
    public void Start(in Tick tick) => Component.Start(tick);

    /// <summary>The lanes of the port with this name.</summary>
    public Lane[] Port(string name) => Kind.IndexOfPort(name) is >= 0 and var port
        ? Lanes[port]
        : throw new ArgumentException($"{Kind.Name} has no port '{name}'");

    /// <summary>All lane memory as bytes: what a checkpoint keeps.</summary>
    public byte[] Save() => MemoryMarshal.AsBytes(_memory.AsSpan(_start, _length)).ToArray();

    /// <summary>Puts back what <see cref="Save"/> gave, bit for bit.</summary>
    /// <exception cref="ArgumentException">The checkpoint is of another shape.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        var memory = MemoryMarshal.AsBytes(_memory.AsSpan(_start, _length));
        if (saved.Length != memory.Length)
        {
            throw new ArgumentException($"{Name}: checkpoint has {saved.Length} bytes, the instance {memory.Length}");
        }

        saved.CopyTo(memory);
    }

    /// <summary>The first lane, row and path of the block that is not a finite number, or null.</summary>
    public (string Port, int Path, double Value)? FindNotFinite(int paths)
    {
        // x - x is 0 for finite numbers and NaN for all others, so one sum tells whether a closer look is needed.
        var sum = Vector256<double>.Zero;
        foreach (var four in MemoryMarshal.Cast<double, Vector256<double>>(_memory.AsSpan(_start, _length)))
        {
            sum += four - four;
        }

        if (sum == Vector256<double>.Zero)
        {
            return null;
        }

        for (var port = 0; port < Lanes.Length; port++)
        {
            foreach (var lane in Lanes[port])
            {
                if (lane.IsBorrowed)
                {
                    continue;
                }

                var all = lane.AllRows;
                for (var i = 0; i < all.Length; i++)
                {
                    if (!double.IsFinite(all[i]) && i % Paths < paths)
                    {
                        return (Kind.Ports[port].Name, i % Paths, all[i]);
                    }
                }
            }
        }

        return null;
    }

    private static int Padded(int doubles) => (doubles + AlignmentDoubles - 1) / AlignmentDoubles * AlignmentDoubles;

    private Lane[][] ReadLanes(ReadOnlySpan<int> listCounts)
    {
        var lanes = new Lane[Kind.Ports.Count][];
        for (var i = 0; i < lanes.Length; i++)
        {
            var value = Kind.Ports[i].Read(Component);
            if (value is LaneList list)
            {
                list.Resize(listCounts[i]);
                lanes[i] = Enumerable.Range(0, list.Count).Select(list.At).ToArray();
            }
            else
            {
                lanes[i] = [(Lane)value];
            }
        }

        return lanes;
    }

    private unsafe void Allocate(int doubles)
    {
        if (_memory.Length < doubles + AlignmentDoubles)
        {
            _memory = GC.AllocateUninitializedArray<double>(doubles + AlignmentDoubles, pinned: true);
        }

        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _start = (int)((AlignmentDoubles * sizeof(double) - address % (AlignmentDoubles * sizeof(double)))
            % (AlignmentDoubles * sizeof(double)) / sizeof(double));
        _length = doubles;
        _memory.AsSpan(_start, _length).Clear();
    }
}
