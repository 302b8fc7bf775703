using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScenarioGrid.Models.Kernel;

/// <summary>What a lane is to its component.</summary>
public enum LaneKind
{
    /// <summary>Read from an output of the instance that a slot names.</summary>
    Input,

    /// <summary>Kept from tick to tick, seen by nobody else.</summary>
    State,

    /// <summary>Kept from tick to tick and seen by others.</summary>
    Output,

    /// <summary>An output that is added to an inbox of the instance that a slot names.</summary>
    Push,

    /// <summary>The sum of everything pushed here since the last step.</summary>
    Inbox,

    /// <summary>Turned by shocks; at its neutral value without them.</summary>
    Dial,

    /// <summary>
    /// A standard normal a tick, correlated with the factors of other instances as the scenario says.
    /// </summary>
    Factor,
}

/// <summary>How a port over time becomes one number per path.</summary>
public enum Over
{
    /// <summary>Not a measure.</summary>
    None,

    /// <summary>Value at the end.</summary>
    Final,

    /// <summary>Mean over the ticks.</summary>
    Mean,

    /// <summary>Largest value of any tick.</summary>
    Max,

    /// <summary>Smallest value of any tick.</summary>
    Min,

    /// <summary>Sum over the ticks.</summary>
    Total,
}

/// <summary>
/// One double per path of the block (times <see cref="Rows"/>): an input, a state or an output of a component.
/// </summary>
public abstract class Lane
{
    private double[] _memory = [];
    private int _offset;
    private int _paths;

    private protected Lane(LaneKind kind, double initial, int rows, string? route, double? absent, Over over)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (rows > 1 && over != Over.None)
        {
            throw new ArgumentException($"a lane of {rows} rows has no one value per path to measure", nameof(over));
        }

        Kind = kind;
        Initial = initial;
        Rows = rows;
        Route = route;
        Absent = absent;
        Over = over;
    }

    public LaneKind Kind { get; }

    /// <summary>Value of every path before <see cref="Component.Start"/>.</summary>
    public double Initial { get; }

    /// <summary>Number of values per path: 1, or the number of cohorts, buckets, samples.</summary>
    public int Rows { get; }

    /// <summary>
    /// Where an input reads or a push writes: "slot.port", or "slot/slot.port" through another instance's slot.
    /// </summary>
    public string? Route { get; }

    /// <summary>Value of an input whose slot is left out; null when the slot is required.</summary>
    public double? Absent { get; }

    /// <summary>How the port is measured over time.</summary>
    public Over Over { get; }

    public abstract UnitInfo Unit { get; }

    /// <summary>Number of paths.</summary>
    public int Paths => _paths;

    /// <summary>True when the memory is another lane's: this lane only reads it.</summary>
    public bool IsBorrowed { get; private set; }

    /// <summary>The first row, [paths].</summary>
    public Span<double> Span => MemoryMarshal.CreateSpan(ref First(0), _paths);

    /// <summary>All rows, row after row, [rows * paths].</summary>
    public Span<double> AllRows => MemoryMarshal.CreateSpan(ref First(0), _paths * Rows);

    /// <summary>The first row as vectors.</summary>
    public Vecs Vecs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(ref First(0), _paths / Vec.Width);
    }

    /// <summary>All rows as vectors, row after row: vector i of a row is at row * Paths / 8 + i.</summary>
    public Vecs AllVecs
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(ref First(0), _paths * Rows / Vec.Width);
    }

    /// <summary>One row as vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vecs Row(int row) => new(ref First(row), _paths / Vec.Width);

    /// <summary>
    /// Puts the lane on its memory: rows of <paramref name="paths"/> doubles from <paramref name="offset"/>.
    /// </summary>
    public void Attach(double[] memory, int offset, int paths)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + paths * Rows, memory.Length);
        _memory = memory;
        _offset = offset;
        _paths = paths;
        IsBorrowed = false;
    }

    /// <summary>Reads the memory of another lane: how an input sees an output without a copy.</summary>
    /// <exception cref="ArgumentException">The other lane has another number of rows.</exception>
    public void Attach(Lane source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Rows != Rows)
        {
            throw new ArgumentException($"a lane of {Rows} rows cannot read one of {source.Rows}", nameof(source));
        }

        Attach(source._memory, source._offset, source._paths);
        IsBorrowed = true;
    }

    /// <summary>An input; every instance that its route reaches must have the port.</summary>
    /// <param name="route">"slot.port", or "slot/slot.port" through a slot of the instance named.</param>
    /// <param name="absent">What is read where a slot of the route is left out; null when each is required.</param>
    /// <param name="rows">Values per path, as many as the port has.</param>
    public static Lane<TUnit> Input<TUnit>(string route, double? absent = null, int rows = 1)
        where TUnit : IUnit => new(LaneKind.Input, absent ?? 0, rows, route, absent, Over.None);

    /// <summary>One input for each instance that a list slot names.</summary>
    /// <param name="route">"slot.port", or "slot/slot.port" through a slot of each instance named.</param>
    /// <param name="absent">What is read where an instance leaves the further slot out; null when each must name
    /// it.</param>
    /// <param name="rows">Values per path, as many as the port has.</param>
    public static LaneList<TUnit> Inputs<TUnit>(string route, double? absent = null, int rows = 1)
        where TUnit : IUnit => new(LaneKind.Input, route, absent, rows);

    public static Lane<TUnit> State<TUnit>(double initial = 0, int rows = 1)
        where TUnit : IUnit => new(LaneKind.State, initial, rows, null, null, Over.None);

    public static Lane<TUnit> Output<TUnit>(double initial = 0, Over over = Over.None, int rows = 1)
        where TUnit : IUnit => new(LaneKind.Output, initial, rows, null, null, over);

    public static Lane<TUnit> Push<TUnit>(string route, Over over = Over.None)
        where TUnit : IUnit => new(LaneKind.Push, 0, 1, route, null, over);

    /// <summary>One push for each instance that a list slot names.</summary>
    public static LaneList<TUnit> Pushes<TUnit>(string route)
        where TUnit : IUnit => new(LaneKind.Push, route, null, 1);

    public static Lane<TUnit> Inbox<TUnit>()
        where TUnit : IUnit => new(LaneKind.Inbox, 0, 1, null, null, Over.None);

    /// <summary>A value that shocks turn: multiplied when neutral is 1, added to when neutral is 0.</summary>
    public static Lane<TUnit> Dial<TUnit>(double neutral)
        where TUnit : IUnit => new(LaneKind.Dial, neutral, 1, null, null, Over.None);

    public static Lane<Number> Factor() => new(LaneKind.Factor, 0, 1, null, null, Over.None);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref double First(int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _offset + row * _paths);
}

/// <inheritdoc cref="Lane"/>
public sealed class Lane<TUnit> : Lane
    where TUnit : IUnit
{
    internal Lane(LaneKind kind, double initial, int rows, string? route, double? absent, Over over)
        : base(kind, initial, rows, route, absent, over)
    {
    }

    public override UnitInfo Unit => TUnit.Info;
}

/// <summary>Lanes to or from every instance that a list slot names, in the order of the campaign file.</summary>
public abstract class LaneList
{
    private protected LaneList(LaneKind kind, string route, double? absent, int rows)
    {
        Kind = kind;
        Route = route;
        Absent = absent;
        Rows = rows;
    }

    public LaneKind Kind { get; }

    public string Route { get; }

    /// <summary>Value of a lane whose further slot is left out; null when it is required.</summary>
    public double? Absent { get; }

    /// <summary>Number of values per path of each lane.</summary>
    public int Rows { get; }

    public abstract UnitInfo Unit { get; }

    /// <summary>Number of lanes, known after wiring.</summary>
    public abstract int Count { get; }

    /// <summary>Makes one lane per named instance; called by the wiring before memory is attached.</summary>
    public abstract void Resize(int count);

    /// <summary>A lane of the list, without its unit.</summary>
    public abstract Lane At(int index);
}

/// <inheritdoc cref="LaneList"/>
public sealed class LaneList<TUnit> : LaneList
    where TUnit : IUnit
{
    private Lane<TUnit>[] _lanes = [];

    internal LaneList(LaneKind kind, string route, double? absent, int rows)
        : base(kind, route, absent, rows)
    {
    }

    public override UnitInfo Unit => TUnit.Info;

    public override int Count => _lanes.Length;

    public Lane<TUnit> this[int index] => _lanes[index];

    public override void Resize(int count)
    {
        _lanes = new Lane<TUnit>[count];
        for (var i = 0; i < count; i++)
        {
            _lanes[i] = new Lane<TUnit>(Kind, Absent ?? 0, Rows, Route, Absent, Over.None);
        }
    }

    public override Lane At(int index) => _lanes[index];
}
