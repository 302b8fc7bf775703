using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>Every value that a component kept, published or pushed: after its start and after each tick.</summary>
internal sealed class Recording
{
    private readonly double[][] _ticks;

    public Recording(LawCase law, Instance instance)
    {
        Paths = law.Paths;
        Rows = [.. RowsOf(instance)];
        _ticks = [.. Enumerable.Range(0, law.Ticks + 1).Select(_ => new double[Rows.Length * law.Paths])];
    }

    /// <summary>A row of an owned lane.</summary>
    public sealed record Row(int Port, PortInfo Info, int Item, int Index);

    public Row[] Rows { get; }

    public int Paths { get; }

    /// <summary>Records so far: 1 for the start, and 1 for each tick.</summary>
    public int Length => _ticks.Length;

    /// <summary>One row at a record, [paths]; record 0 is the start, record t + 1 the end of tick t.</summary>
    public ReadOnlySpan<double> At(int record, int row) => _ticks[record].AsSpan(row * Paths, Paths);

    /// <summary>Takes the lanes of a block as they are.</summary>
    public void Take(int record, Instance instance, int firstPath)
    {
        for (var row = 0; row < Rows.Length; row++)
        {
            var (port, _, item, index) = Rows[row];
            instance.Lanes[port][item].AllRows.Slice(index * instance.Paths, instance.Paths)
                .CopyTo(_ticks[record].AsSpan(row * Paths + firstPath, instance.Paths));
        }
    }

    /// <summary>The first place where two recordings have different bits, or null.</summary>
    /// <param name="other">A recording of the same ticks and paths.</param>
    /// <param name="pathStep">1 to compare every path, 2 for the even ones only.</param>
    /// <param name="shift">Paths by which the other recording begins later.</param>
    public Difference? Against(Recording other, int pathStep = 1, int shift = 0)
    {
        if (!Rows.Select(r => (r.Port, r.Item, r.Index))
            .SequenceEqual(other.Rows.Select(r => (r.Port, r.Item, r.Index))))
        {
            return new Difference(0, "lanes", 0, Rows.Length, other.Rows.Length);
        }

        for (var record = 0; record < _ticks.Length; record++)
        {
            for (var row = 0; row < Rows.Length; row++)
            {
                var mine = At(record, row)[shift..];
                var others = other.At(record, row);
                for (var i = 0; i < mine.Length; i += pathStep)
                {
                    if (BitConverter.DoubleToInt64Bits(mine[i]) != BitConverter.DoubleToInt64Bits(others[i]))
                    {
                        return new Difference(record - 1, NameOf(row), i + shift, mine[i], others[i]);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>How a row is called in messages.</summary>
    public string NameOf(int row) => Rows[row] is var r && r.Index > 0 ? $"{r.Info.Name}[{r.Index}]" : r.Info.Name;

    private static IEnumerable<Row> RowsOf(Instance instance) => instance.Lanes.SelectMany((lanes, port) =>
        instance.Kind.Ports[port].Kind is LaneKind.State or LaneKind.Output or LaneKind.Push
            ? lanes.SelectMany((lane, item) => Enumerable.Range(0, lane.Rows)
                .Select(row => new Row(port, instance.Kind.Ports[port], item, row)))
            : []);
}

/// <summary>Where two runs part.</summary>
internal sealed record Difference(int Tick, string Port, int Path, double Left, double Right)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Port} at {(Tick < 0 ? "the start" : $"tick {Tick}")}, path {Path}: {Left:R} and {Right:R}");
}
