using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>Plausible values for everything a component is fed: inputs, inboxes, dials and factors, path by
/// path.</summary>
/// <remarks>
/// All prices of a path follow one random walk and reserves agree with it, so that a component meets a market and not
/// noise. A path's values depend on the seed and the path only.
/// </remarks>
internal sealed class InputSignals
{
    private readonly ComponentKind _kind;
    private readonly bool[] _present;
    private readonly int _paths;
    private readonly double[][][] _values;

    private InputSignals(ComponentKind kind, bool[] present, int paths, double[][][] values) =>
        (_kind, _present, _paths, _values) = (kind, present, paths, values);

    /// <summary>Signals for so many paths and ticks.</summary>
    /// <param name="kind">Whose ports.</param>
    /// <param name="listCounts">Lanes of every port.</param>
    /// <param name="seed">Seed of the whole scenario.</param>
    /// <param name="ticks">Ticks of the scenario.</param>
    /// <param name="seconds">Length of a tick.</param>
    /// <param name="paths">Paths of the scenario.</param>
    public static InputSignals Draw(
        ComponentKind kind, int[] listCounts, int seed, int ticks, double seconds, int paths)
    {
        var random = new Random(seed);
        var slots = kind.Ports.Where(p => p.Route is not null).Select(p => SlotOf(p)).Distinct()
            .ToDictionary(s => s, _ => random.Next(10) < 7, StringComparer.Ordinal);
        var present = kind.Ports.Select(p => p.Kind != LaneKind.Input || p.Absent is null || slots[SlotOf(p)])
            .ToArray();
        var latency = 1 + random.Next(2);
        var calm = random.NextDouble();

        // In half of the scenarios all paths start alike, as those of a campaign do; in the others they have nothing
        // in common.
        (double, double)? common = random.Next(2) == 0 ? null
            : (Math.Pow(10, 5 * random.NextDouble()), Math.Pow(10, 2 + 5 * random.NextDouble()));
        var values = kind.Ports.Select((port, i) => Enumerable.Range(0, listCounts[i] * port.Rows)
            .Select(_ => new double[ticks * paths]).ToArray()).ToArray();
        for (var path = 0; path < paths; path++)
        {
            var own = new Random(unchecked(seed * 7919 + path));
            var world = new SignalWorld(own, seconds, calm, latency, common);
            for (var tick = 0; tick < ticks; tick++)
            {
                world.Advance();
                for (var port = 0; port < values.Length; port++)
                {
                    var info = kind.Ports[port];
                    for (var row = 0; row < values[port].Length; row++)
                    {
                        var lane = values[port][row];
                        var last = tick == 0 ? double.NaN : lane[(tick - 1) * paths + path];
                        lane[tick * paths + path] = world.Next(info, row / info.Rows, row % info.Rows, last);
                    }
                }
            }
        }

        return new InputSignals(kind, present, paths, values);
    }

    /// <summary>True when a port is fed from outside and its slot is filled.</summary>
    public bool Feeds(int port) => _present[port]
        && _kind.Ports[port].Kind is LaneKind.Input or LaneKind.Inbox or LaneKind.Dial or LaneKind.Factor;

    /// <summary>What a row of a lane reads at a tick, for paths from <paramref name="firstPath"/> on.</summary>
    public ReadOnlySpan<double> At(int port, int item, int row, int tick, int firstPath, int paths) =>
        _values[port][item * _kind.Ports[port].Rows + row].AsSpan(tick * _paths + firstPath, paths);

    /// <summary>These signals on even paths, and those of another draw on odd ones.</summary>
    public InputSignals WithOddPathsOf(InputSignals other)
    {
        var mixed = _values.Select((port, p) => port.Select((lane, item) =>
            lane.Select((value, i) => i % _paths % 2 == 0 ? value : other._values[p][item][i]).ToArray())
            .ToArray()).ToArray();
        return new InputSignals(_kind, _present, _paths, mixed);
    }

    /// <summary>These signals with so many paths left out at the front; the last ones come round again.</summary>
    public InputSignals Later(int paths)
    {
        var later = _values.Select(port => port.Select(lane => lane.Select((_, i) =>
            lane[i / _paths * _paths + (i + paths) % _paths]).ToArray()).ToArray()).ToArray();
        return new InputSignals(_kind, _present, _paths, later);
    }

    /// <summary>All values that a path reads at a tick, for messages.</summary>
    public string Describe(int tick, int path) => string.Join(", ", Enumerable.Range(0, _kind.Ports.Count)
        .Where(Feeds).Select(p =>
            FormattableString.Invariant($"{_kind.Ports[p].Name} = {_values[p][0][tick * _paths + path]:R}")));

    private static string SlotOf(PortInfo port) => string.Join('/', port.Route!.Slots);
}
