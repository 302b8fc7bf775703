using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>
/// Checks of names in slots that need all instances: unknown names, and orders that would run in a circle.
/// </summary>
internal sealed class WiringChecks(Problems problems, IReadOnlyDictionary<string, SpecMap> places)
{
    /// <summary>Checks every slot of every instance.</summary>
    /// <param name="instances">Instances that were read.</param>
    /// <param name="unbound">Names of instances that have problems of their own, which need no second one here.</param>
    public void Check(IReadOnlyList<InstanceSpec> instances, IReadOnlyDictionary<string, string> unbound)
    {
        var names = instances.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var hasUnknown = unbound.Count > 0;
        foreach (var instance in instances)
        {
            foreach (var (slot, targets) in instance.Slots)
            {
                foreach (var target in targets.Where(t => !names.Contains(t) && !unbound.ContainsKey(t)))
                {
                    hasUnknown = true;
                    UnknownName(problems, Place(instance.Name, slot, target), slot, names);
                }
            }
        }

        if (!hasUnknown)
        {
            CheckPorts(instances);
            CheckCircles(instances);
        }
    }

    /// <summary>Reports a name that no instance has.</summary>
    public static void UnknownName(Problems problems, SpecNode at, string slot, IEnumerable<string> names)
    {
        var typed = at is SpecScalar scalar ? scalar.Text : "";
        if (IdText.Check(typed) is { } fault)
        {
            problems.Settle(at.File, at.Line, at.Column, fault.Code, fault.Message);
        }

        problems.Add(at, "UNKNOWN_REF", $"{slot} {Problem.Quote(typed)} is not defined{Suggestion.Text(typed, names)}");
    }

    private void CheckPorts(IReadOnlyList<InstanceSpec> instances)
    {
        foreach (var fault in new Wiring(instances).Faults)
        {
            problems.Add(Place(fault.Instance, fault.Slot, null), fault.Code, fault.Message);
        }
    }

    /// <summary>Orders pushed from balancer to balancer and back would never be executed.</summary>
    private void CheckCircles(IReadOnlyList<InstanceSpec> instances)
    {
        var pushes = instances.ToDictionary(i => i.Name, i => i.Kind.Slots
            .Where(s => s.Ports.Any(p => p.Kind == LaneKind.Push && p.Route!.Slots.Count == 1))
            .SelectMany(s => i.Slots.GetValueOrDefault(s.Name) ?? []).ToArray(), StringComparer.Ordinal);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in instances.Select(i => i.Name))
        {
            if (!reported.Contains(start) && FindCircle(start, pushes) is { } circle)
            {
                reported.UnionWith(circle);
                problems.Add(places[start], "CYCLE", string.Join(" -> ", circle));
            }
        }
    }

    private static List<string>? FindCircle(string start, Dictionary<string, string[]> pushes)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var name))
        {
            foreach (var next in pushes[name])
            {
                if (next == start)
                {
                    var circle = new List<string> { start };
                    for (var step = name; step != start; step = cameFrom[step])
                    {
                        circle.Insert(0, step);
                    }

                    circle.Insert(0, start);
                    return circle;
                }

                if (cameFrom.TryAdd(next, name))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }

    private SpecNode Place(string instance, string slot, string? name)
    {
        var map = places[instance];
        if (!map.TryGet(slot, out var node))
        {
            return map;
        }

        return (node as SpecList)?.Items.FirstOrDefault(i => i is SpecScalar s && s.Text == name) ?? node;
    }
}
