using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>One lane of one instance: its place in tick order, its port, and its place in a list port.</summary>
public readonly record struct LaneAddress(int Instance, int Port, int Item);

/// <summary>An input that reads an output.</summary>
/// <param name="From">The output.</param>
/// <param name="To">The input.</param>
/// <param name="Delayed">True inside a stage: the reader sees last tick's value, so that order inside a stage cannot
/// matter.</param>
public sealed record Wire(LaneAddress From, LaneAddress To, bool Delayed);

/// <summary>An inbox and everything pushed to it, in tick order.</summary>
public sealed record InboxWires(LaneAddress To, IReadOnlyList<Wire> Wires);

/// <summary>A fault of the wiring: whose slot, and what is wrong with it.</summary>
public sealed record WiringFault(string Instance, string Slot, string Code, string Message);

/// <summary>Which lane reads which, worked out once per campaign from slots and routes.</summary>
public sealed class Wiring
{
    private readonly IReadOnlyList<InstanceSpec> _instances;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<Wire> _inputs = [];
    private readonly List<Wire> _pushes = [];
    private readonly List<WiringFault> _faults = [];

    /// <summary>Wires the instances, given in tick order.</summary>
    public Wiring(IReadOnlyList<InstanceSpec> instances)
    {
        _instances = instances;
        for (var i = 0; i < instances.Count; i++)
        {
            _index[instances[i].Name] = i;
        }

        ListCounts = new int[instances.Count][];
        for (var i = 0; i < instances.Count; i++)
        {
            ListCounts[i] = instances[i].Kind.Ports
                .Select(p => p.IsList ? Named(instances[i], p.Route!.Slots[0]).Count : 1)
                .ToArray();
            for (var port = 0; port < instances[i].Kind.Ports.Count; port++)
            {
                Connect(i, port);
            }
        }

        Inboxes = _pushes.GroupBy(w => w.To)
            .OrderBy(g => g.Key.Instance).ThenBy(g => g.Key.Port)
            .Select(g => new InboxWires(
                g.Key, [.. g.OrderBy(w => w.From.Instance).ThenBy(w => w.From.Port).ThenBy(w => w.From.Item)]))
            .ToList();
    }

    public IReadOnlyList<Wire> Inputs => _inputs;

    public IReadOnlyList<InboxWires> Inboxes { get; }

    /// <summary>For each instance and port the number of lanes.</summary>
    public int[][] ListCounts { get; }

    public IReadOnlyList<WiringFault> Faults => _faults;

    private static IReadOnlyList<string> Named(InstanceSpec spec, string slot) =>
        spec.Slots.TryGetValue(slot, out var names) ? names : [];

    private void Connect(int instance, int port)
    {
        var info = _instances[instance].Kind.Ports[port];
        if (info.Route is null)
        {
            return;
        }

        if (!info.IsList)
        {
            if (Follow(instance, info, instance, 0) is [var only, ..])
            {
                Connect(new LaneAddress(instance, port, 0), info, only);
            }

            return;
        }

        var named = Named(_instances[instance], info.Route.Slots[0]);
        for (var item = 0; item < named.Count; item++)
        {
            if (_index.TryGetValue(named[item], out var first) && Follow(instance, info, first, 1) is [var target, ..])
            {
                Connect(new LaneAddress(instance, port, item), info, target);
            }
        }
    }

    private void Connect(LaneAddress own, PortInfo info, int target)
    {
        var spec = _instances[own.Instance];
        var other = _instances[target];
        var isPush = info.Kind == LaneKind.Push;
        var slot = info.Route!.Slots[0];
        var theirs = FindPort(other.Kind, info.Route.Port, isPush);
        if (theirs < 0)
        {
            _faults.Add(new WiringFault(spec.Name, slot, "WRONG_KIND",
                $"{spec.Name}.{slot}: '{other.Name}' is a {other.Kind.Name}, which has no "
                + $"{(isPush ? "inbox" : "output")} '{info.Route.Port}' that a {spec.Kind.Name} needs"));
        }
        else if (!other.Kind.Ports[theirs].Unit.Fits(info.Unit))
        {
            _faults.Add(new WiringFault(spec.Name, slot, "PORT_UNIT",
                $"{spec.Name}.{info.Name} takes {info.Unit.Name}, but {other.Name}.{info.Route.Port} is "
                + other.Kind.Ports[theirs].Unit.Name));
        }
        else if (other.Kind.Ports[theirs].Rows != info.Rows)
        {
            _faults.Add(new WiringFault(spec.Name, slot, "PORT_ROWS",
                $"{spec.Name}.{info.Name} takes {info.Rows} rows, but {other.Name}.{info.Route.Port} has "
                + other.Kind.Ports[theirs].Rows));
        }
        else
        {
            var there = new LaneAddress(target, theirs, 0);
            var delayed = other.Kind.Stage == spec.Kind.Stage;
            (isPush ? _pushes : _inputs).Add(isPush ? new Wire(own, there, delayed) : new Wire(there, own, delayed));
        }
    }

    /// <summary>The instances that a route of <paramref name="instance"/> reaches from <paramref name="start"/>
    /// through its slots, of which so many were followed.</summary>
    private List<int> Follow(int instance, PortInfo info, int start, int followed)
    {
        var reached = new List<int> { start };
        for (var step = followed; step < info.Route!.Slots.Count; step++)
        {
            var slot = info.Route.Slots[step];
            var next = reached.SelectMany(i => Named(_instances[i], slot))
                .Where(_index.ContainsKey).Select(n => _index[n]).ToList();
            if (next.Count == 0)
            {
                if (info.Absent is null && info.Kind == LaneKind.Input && step > 0)
                {
                    var last = _instances[reached[0]];
                    _faults.Add(new WiringFault(_instances[instance].Name, info.Route.Slots[0], "UNKNOWN_REF",
                        $"{_instances[instance].Name}.{info.Route.Slots[0]}: '{last.Name}' names no {slot}, "
                        + "which is needed here"));
                }

                return [];
            }

            reached = next;
        }

        return reached;
    }

    private static int FindPort(ComponentKind kind, string name, bool inbox)
    {
        for (var i = 0; i < kind.Ports.Count; i++)
        {
            var isInbox = kind.Ports[i].Kind == LaneKind.Inbox;
            var isReadable = kind.Ports[i].Kind is LaneKind.Output or LaneKind.Push;
            if (kind.Ports[i].Name == name && !kind.Ports[i].IsList && (inbox ? isInbox : isReadable))
            {
                return i;
            }
        }

        return -1;
    }
}
