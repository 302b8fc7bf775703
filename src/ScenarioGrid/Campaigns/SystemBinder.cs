using System.Collections.ObjectModel;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>The instances, shocks and correlations of a scenario as they are read.</summary>
internal sealed record BoundSystem(
    IReadOnlyList<InstanceSpec> Instances, IReadOnlyList<ShockSpec> Shocks, IReadOnlyList<CorrelationSpec> Correlations,
    IReadOnlyDictionary<string, SpecMap> Places);

/// <summary>Reads instances, stress and correlations, and checks that the names in slots fit.</summary>
internal sealed class SystemBinder(ComponentCatalog catalog, KeyReader keys, ValueReader values)
{
    /// <summary>Calendar fields of a shock, in the order that axes count them.</summary>
    public static readonly string[] CalendarKeys = ["at", "severity", "jitter"];

    private readonly List<InstanceSpec> _instances = [];
    private readonly List<ShockSpec> _shocks = [];
    private readonly Dictionary<string, SpecMap> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unbound = new(StringComparer.Ordinal);

    private Problems Problems => keys.Problems;

    public BoundSystem Read(SpecMap? scenario)
    {
        if (scenario is null)
        {
            return new BoundSystem([], [], [], _places);
        }

        ReadInstances(keys.Map(scenario, "instances"));
        ReadStress(keys.OptionalList(scenario, "stress"));
        var ordered = _instances.OrderBy(i => i.Kind.Stage).ThenBy(i => i.Name, StringComparer.Ordinal).ToList();
        new WiringChecks(Problems, _places).Check(ordered, _unbound);
        var correlations = new CorrelationBinder(keys).Read(keys.OptionalList(scenario, "correlations"), ordered);
        return new BoundSystem(ordered, _shocks, correlations, _places);
    }

    private void ReadInstances(SpecMap? instances)
    {
        foreach (var entry in instances?.Entries ?? [])
        {
            if (keys.IsName(instances!.File, entry.Line, entry.Column, entry.Key)
                && keys.As<SpecMap>(entry.Value, entry.Key, "a map with its kind and parameters") is { } map)
            {
                ReadInstance(entry.Key, map);
            }
        }

        if (instances is { Entries.Count: 0 })
        {
            Problems.Add(instances, "EMPTY", "the scenario has no instances");
        }
    }

    private void ReadInstance(string name, SpecMap map)
    {
        _places[name] = map;
        _unbound[name] = "";
        var components = catalog.Components.Where(c => !c.Value.IsAttack).Select(c => c.Key).ToList();
        if (Kind(map, "kind", catalog.Components, components) is not { } kind || kind.IsAttack)
        {
            return;
        }

        var read = ReadValues(map, kind, ["kind"]);
        _instances.Add(new InstanceSpec(name, kind, read, ReadSlots(map, kind), 0));
        _unbound.Remove(name);
    }

    private void ReadStress(SpecList? stress)
    {
        foreach (var item in stress?.Items ?? [])
        {
            if (keys.As<SpecMap>(item, "an entry of stress", "a map") is not { } map)
            {
                continue;
            }

            if (!IsEnabled(map))
            {
                continue;
            }

            if (map.TryGet("shock", out _))
            {
                ReadShock(map);
            }
            else if (map.TryGet("attack", out _))
            {
                ReadAttack(map);
            }
            else
            {
                Problems.Add(map, "MISSING_KEY", "an entry of stress needs the key shock or attack");
            }
        }
    }

    private bool IsEnabled(SpecMap map) =>
        !map.TryGet("enabled", out var node) || keys.As<SpecScalar>(node, "enabled", "one value") is not { } scalar
        || !NumberText.Boolean(scalar.Text).TryGet(scalar, Problems, out var isOn) || isOn;

    private void ReadShock(SpecMap map)
    {
        if (Kind(map, "shock", catalog.Shocks, [.. catalog.Shocks.Keys]) is not { } kind)
        {
            return;
        }

        var slot = kind.Shock!.Slot;
        var read = ReadValues(map, kind, ["shock", "name", "enabled", slot, .. CalendarKeys]);
        var target = keys.Text(map, slot);
        var struck = target is null ? null : _instances.Find(i => i.Name == target.Text);
        if (target is not null && struck is null && !_unbound.ContainsKey(target.Text))
        {
            WiringChecks.UnknownName(Problems, target, slot, _instances.Select(i => i.Name));
        }
        else if (struck is not null && struck.Kind.Port(kind.Shock.Dial) is not { Kind: LaneKind.Dial })
        {
            Problems.Add(target!, "WRONG_KIND",
                $"{slot}: '{struck.Name}' is a {struck.Kind.Name}, which {kind.Name} cannot strike");
        }

        _shocks.Add(new ShockSpec(StressName(map, kind), kind, read, target?.Text ?? "",
            Calendar(map, 0) ?? 0, Calendar(map, 1) ?? 1, Calendar(map, 2) ?? 0));
    }

    private void ReadAttack(SpecMap map)
    {
        var attacks = catalog.Components.Where(c => c.Value.IsAttack).ToDictionary(StringComparer.Ordinal);
        if (Kind(map, "attack", attacks, [.. attacks.Keys]) is not { } kind)
        {
            return;
        }

        var name = StressName(map, kind);
        _places[name] = map;
        var read = ReadValues(map, kind, ["attack", "name", "enabled", "at"]);
        _instances.Add(new InstanceSpec(name, kind, read, ReadSlots(map, kind), Calendar(map, 0) ?? 0));
    }

    /// <summary>
    /// The name an entry of stress is swept and measured by: given, or that of its kind, numbered from the second on.
    /// </summary>
    private string StressName(SpecMap map, ComponentKind kind)
    {
        bool IsTaken(string name) => _places.ContainsKey(name) || _shocks.Exists(s => s.Name == name);
        if (map.TryGet("name", out var node))
        {
            var given = keys.As<SpecScalar>(node, "name", "one value")?.Text ?? "";
            if (keys.IsName(node.File, node.Line, node.Column, given) && IsTaken(given))
            {
                Problems.Add(node, "DUPLICATE_NAME",
                    $"{Problem.Quote(given)} is the name of another instance or stress");
            }

            return given;
        }

        var name = kind.Name;
        for (var number = 2; IsTaken(name); number++)
        {
            name = $"{kind.Name}-{number}";
        }

        return name;
    }

    private double? Calendar(SpecMap map, int field) =>
        map.TryGet(CalendarKeys[field], out var node) ? values.Read(node, CalendarParameter(field)) : null;

    /// <summary>A calendar field described as a parameter, so that sweeps read it the same way.</summary>
    public static ParameterInfo CalendarParameter(int field) => field == 1
        ? new ParameterInfo("severity", Number.Info, 0, 100, false, null, 1, null!)
        : new ParameterInfo(CalendarKeys[field], Second.Info, 0, 100 * Tick.YearSeconds, false, null, 0, null!);

    private ComponentKind? Kind(
        SpecMap map, string key, IReadOnlyDictionary<string, ComponentKind> kinds, List<string> allowed)
    {
        if (keys.Text(map, key) is not { } scalar)
        {
            return null;
        }

        if (allowed.Contains(scalar.Text))
        {
            return kinds[scalar.Text];
        }

        var suggestion = Suggestion.Text(scalar.Text, allowed);
        Problems.Add(scalar, "UNKNOWN_KIND", $"there is no {key} {Problem.Quote(scalar.Text)}"
            + (suggestion.Length > 0
                ? suggestion
                : $" (known: {string.Join(", ", allowed.Order(StringComparer.Ordinal))})"));
        return null;
    }

    private double[] ReadValues(SpecMap map, ComponentKind kind, IReadOnlyCollection<string> own)
    {
        var read = kind.Parameters.Select(p => p.Default).ToArray();
        var known = own.Concat(kind.Parameters.Select(p => p.Name)).Concat(kind.Slots.Select(s => s.Name)).ToList();
        keys.CheckKnown(map, known);
        var faults = Problems.Count;
        for (var i = 0; i < read.Length; i++)
        {
            if (map.TryGet(kind.Parameters[i].Name, out var node))
            {
                read[i] = values.Read(node, kind.Parameters[i]) ?? read[i];
            }
        }

        if (Problems.Count == faults)
        {
            foreach (var (parameter, message) in kind.Check(read))
            {
                Problems.Add(map.TryGet(parameter, out var at) ? at : map, "RANGE", message);
            }
        }

        return read;
    }

    private ReadOnlyDictionary<string, IReadOnlyList<string>> ReadSlots(SpecMap map, ComponentKind kind)
    {
        var slots = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var slot in kind.Slots)
        {
            if (!map.TryGet(slot.Name, out var node))
            {
                if (slot.Required)
                {
                    Problems.Add(map, "MISSING_KEY", $"a {kind.Name} needs {slot.Name}: the name of "
                        + (slot.IsList ? "one or more instances" : "an instance"));
                }

                continue;
            }

            var names = (node as SpecList)?.Items ?? [node];
            if (node is SpecList && !slot.IsList)
            {
                Problems.Add(node, "SHAPE", $"{slot.Name} takes one name, not a list");
            }

            slots[slot.Name] = [.. names.Select(n => keys.As<SpecScalar>(n, slot.Name, "a name")?.Text)
                .OfType<string>()];
        }

        return slots.AsReadOnly();
    }
}
