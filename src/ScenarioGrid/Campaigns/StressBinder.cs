using ScenarioGrid.Crises;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads the stress calendar: shocks, attacks, crises, and who follows whom.</summary>
internal sealed class StressBinder(
    ComponentCatalog catalog, KeyReader keys, ValueReader values, KindReader kinds, List<InstanceSpec> instances,
    Dictionary<string, SpecMap> places, IReadOnlyDictionary<string, string> unbound)
{
    private static readonly string[] Common = ["name", "enabled", "after", "with", "at"];

    private readonly List<ShockSpec> _shocks = [];
    private readonly List<CrisisSpec> _crises = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>While the parts of a crisis are read: the crisis, and who plays its roles.</summary>
    private (SpecMap Map, string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Cast)? _crisis;

    public IReadOnlyList<ShockSpec> Shocks => _shocks;

    public IReadOnlyList<CrisisSpec> Crises => _crises;

    private Problems Problems => keys.Problems;

    public void Read(SpecList? stress) => ReadAll(stress, null);

    /// <summary>A field of <see cref="StressTime"/> described as a parameter, so that sweeps read it the same way.
    /// </summary>
    public static ParameterInfo Field(int field) => field switch
    {
        1 => new ParameterInfo("severity", Number.Info, 0, 100, false, null, 1, null!),
        3 => new ParameterInfo("scale", Number.Info, 0.01, 100, false, null, 1, null!),
        _ => new ParameterInfo(
            StressTime.Fields[field], Second.Info, 0, 100 * Tick.YearSeconds, false, null, 0, null!),
    };

    private void ReadAll(SpecList? stress, string? leader)
    {
        foreach (var item in stress?.Items ?? [])
        {
            if (keys.As<SpecMap>(item, "an entry of stress", "a map") is not { } map || !IsEnabled(map))
            {
                continue;
            }

            var name = map.TryGet("shock", out _) ? ReadShock(map, leader)
                : map.TryGet("attack", out _) ? ReadAttack(map, leader)
                : map.TryGet("crisis", out _) ? ReadCrisis(map, leader)
                : Nothing(map);
            if (name is not null)
            {
                ReadAll(keys.OptionalList(map, "with"), name);
            }
        }
    }

    private string? Nothing(SpecMap map)
    {
        Problems.Add(map, "MISSING_KEY", "an entry of stress needs the key shock, attack or crisis");
        return null;
    }

    private bool IsEnabled(SpecMap map) =>
        !map.TryGet("enabled", out var node) || keys.As<SpecScalar>(node, "enabled", "one value") is not { } scalar
        || !NumberText.Boolean(scalar.Text).TryGet(scalar, Problems, out var isOn) || isOn;

    private string? ReadShock(SpecMap map, string? leader)
    {
        if (kinds.Kind(map, "shock", catalog.Shocks, [.. catalog.Shocks.Keys]) is not { } kind)
        {
            return null;
        }

        var slot = kind.Shock!.Slot;
        var read = kinds.Values(map, kind, ["shock", slot, .. Common, .. StressTime.Fields]);
        var time = Time(map, leader);
        if (keys.Text(map, slot) is not { } target)
        {
            return null;
        }

        string? first = null;
        foreach (var struck in _crisis?.Cast[target.Text] ?? [target.Text])
        {
            var name = NameOf(map, kind.Name);
            first ??= name;
            CheckStruck(kind, slot, struck, _crisis is null ? target : _crisis.Value.Map);
            _shocks.Add(new ShockSpec(name, kind, read, struck, time));
        }

        return first;
    }

    private void CheckStruck(ComponentKind kind, string slot, string name, SpecNode at)
    {
        var struck = instances.Find(i => i.Name == name);
        if (struck is null && !unbound.ContainsKey(name))
        {
            WiringChecks.UnknownName(Problems, at, slot, instances.Select(i => i.Name));
        }
        else if (struck is not null && struck.Kind.Port(kind.Shock!.Dial) is not { Kind: LaneKind.Dial })
        {
            Problems.Add(at, "WRONG_KIND",
                $"{slot}: '{struck.Name}' is a {struck.Kind.Name}, which {kind.Name} cannot strike");
        }
    }

    private string? ReadAttack(SpecMap map, string? leader)
    {
        var attacks = catalog.Components.Where(c => c.Value.IsAttack).ToDictionary(StringComparer.Ordinal);
        if (kinds.Kind(map, "attack", attacks, [.. attacks.Keys]) is not { } kind)
        {
            return null;
        }

        var name = NameOf(map, kind.Name);
        places[name] = _crisis?.Map ?? map;
        var read = kinds.Values(map, kind, ["attack", .. Common]);
        var slots = (IReadOnlyDictionary<string, IReadOnlyList<string>>)kinds.Slots(map, kind);
        if (_crisis is { } crisis)
        {
            slots = slots.ToDictionary(
                s => s.Key, s => (IReadOnlyList<string>)[.. s.Value.SelectMany(role => crisis.Cast[role])]);
        }

        var time = Time(map, leader);
        if (time.After is { } led && Jitters(led))
        {
            Problems.Add(map, "RANGE", $"the attack {name} follows {led}, whose jitter differs from path to path; "
                + "an attack begins at one time, so leave the jitter out or give the attack its own time");
        }

        instances.Add(new InstanceSpec(name, kind, read, slots, time));
        return name;
    }

    private string? ReadCrisis(SpecMap map, string? leader)
    {
        if (keys.Text(map, "crisis") is not { } asked)
        {
            return null;
        }

        if (CrisisLibrary.Find(asked.Text) is not { } crisis)
        {
            var known = CrisisLibrary.All.Select(c => c.Name).ToList();
            var suggestion = Suggestion.Text(asked.Text, known);
            Problems.Add(asked, "UNKNOWN_KIND", $"there is no crisis {Problem.Quote(asked.Text)}"
                + (suggestion.Length > 0 ? suggestion : $" (known: {string.Join(", ", known)})"));
            return null;
        }

        keys.CheckKnown(map, ["crisis", .. Common, .. StressTime.Fields, .. crisis.Roles.Select(r => r.Name)]);
        var name = NameOf(map, crisis.Name);
        _crises.Add(new CrisisSpec(name, crisis.Name, Time(map, leader)));
        var cast = Cast(map, crisis);
        if (cast.Count == 0)
        {
            Problems.Add(map, "MISSING_KEY", $"crisis {crisis.Name} strikes nothing: name an instance for one of "
                + string.Join(", ", crisis.Roles.Select(r => $"{r.Name} ({r.What})")));
            return null;
        }

        _crisis = (map, name, cast);
        foreach (var part in crisis.Parts.Where(p => p.Roles.All(cast.ContainsKey)))
        {
            ReadAll(part.Entry, name);
        }

        _crisis = null;
        return name;
    }

    /// <summary>Who plays the roles of a crisis; roles left out stay calm.</summary>
    private Dictionary<string, IReadOnlyList<string>> Cast(SpecMap map, Crisis crisis)
    {
        var cast = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var role in crisis.Roles)
        {
            if (!map.TryGet(role.Name, out var node))
            {
                continue;
            }

            var names = new List<string>();
            foreach (var item in (node as SpecList)?.Items ?? [node])
            {
                if (keys.As<SpecScalar>(item, role.Name, "a name") is not { } scalar)
                {
                    continue;
                }

                names.Add(scalar.Text);
                if (!instances.Exists(i => i.Name == scalar.Text) && !unbound.ContainsKey(scalar.Text))
                {
                    WiringChecks.UnknownName(Problems, scalar, role.Name, instances.Select(i => i.Name));
                }
            }

            cast[role.Name] = names;
        }

        return Problems.Any ? cast.Where(c => c.Value.All(n => instances.Exists(i => i.Name == n)))
            .ToDictionary(StringComparer.Ordinal) : cast;
    }

    private StressTime Time(SpecMap map, string? leader)
    {
        var time = new StressTime(0, After: leader, IsPart: leader is not null);
        for (var field = 0; field < StressTime.Fields.Count; field++)
        {
            if (map.TryGet(StressTime.Fields[field], out var node) && values.Read(node, Field(field)) is { } value)
            {
                time = time.With(field, value);
            }
        }

        if (!map.TryGet("after", out var after) || keys.As<SpecScalar>(after, "after", "one name") is not { } followed)
        {
            return time;
        }

        if (leader is not null)
        {
            Problems.Add(after, "SHAPE", $"this entry stands under with, so it follows {leader}; leave after out");
        }
        else if (!_names.Contains(followed.Text))
        {
            Problems.Add(after, "UNKNOWN_REF", $"after {Problem.Quote(followed.Text)}: no entry above has that name"
                + Suggestion.Text(followed.Text, _names));
        }

        return time with { After = followed.Text };
    }

    private bool Jitters(string name)
    {
        var times = _shocks.Select(s => (s.Name, s.Time)).Concat(_crises.Select(c => (c.Name, c.Time)))
            .ToDictionary(t => t.Name, t => t.Time, StringComparer.Ordinal);
        for (var next = (string?)name; next is not null && times.TryGetValue(next, out var time); next = time.After)
        {
            if (time.Jitter > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The name an entry of stress is swept and measured by: given, or that of its kind, numbered from the second on;
    /// parts of a crisis have its name in front.
    /// </summary>
    private string NameOf(SpecMap map, string kind)
    {
        bool IsTaken(string name) => places.ContainsKey(name) || _names.Contains(name);
        if (_crisis is null && map.TryGet("name", out var node))
        {
            var given = keys.As<SpecScalar>(node, "name", "one value")?.Text ?? "";
            if (keys.IsName(node.File, node.Line, node.Column, given) && IsTaken(given))
            {
                Problems.Add(node, "DUPLICATE_NAME",
                    $"{Problem.Quote(given)} is the name of another instance or stress");
            }

            _names.Add(given);
            return given;
        }

        var stem = _crisis is { } crisis ? $"{crisis.Name}-{kind}" : kind;
        var name = stem;
        for (var number = 2; IsTaken(name); number++)
        {
            name = $"{stem}-{number}";
        }

        _names.Add(name);
        return name;
    }
}
