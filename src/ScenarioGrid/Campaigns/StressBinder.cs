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

    /// <summary>Entries read so far: whom others can follow.</summary>
    private readonly Dictionary<string, StressTime> _times = new(StringComparer.Ordinal);

    /// <summary>While the parts of a crisis are read: the crisis, and who plays its roles.</summary>
    private (SpecMap Map, string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Cast)? _crisis;

    public IReadOnlyList<ShockSpec> Shocks => _shocks;

    public IReadOnlyList<CrisisSpec> Crises => _crises;

    private Problems Problems => keys.Problems;

    public void Read(SpecList? stress) => ReadAll(stress, null);

    /// <summary>An attack begins at one time, so nothing that it follows may jitter, in any cell.</summary>
    /// <param name="system">The whole scenario.</param>
    /// <param name="sweep">Its sweep, which may set jitters.</param>
    /// <param name="problems">Takes the attacks that begin at many times.</param>
    public static void CheckOnsets(BoundSystem system, Sweep sweep, Problems problems)
    {
        var swept = sweep.Axes.Where(a => a.Target == AxisTarget.Calendar && a.Parameter == StressTime.JitterField)
            .Select(a => (a.Owner, a.Parameter, Math.Max(a.Value(0), a.Value(a.Levels - 1))));
        var times = StressTimes.Of(system.Shocks, system.Crises, system.Instances).With(swept);
        foreach (var attack in system.Instances.Where(i => i.Kind.IsAttack))
        {
            foreach (var (leader, _) in times.Of(attack.Name).Jitters)
            {
                problems.Add(system.Places[attack.Name], "RANGE",
                    $"the attack {attack.Name} follows {leader}, whose jitter differs from path to path; "
                    + "an attack begins at one time, so leave the jitter out or give the attack its own time");
            }
        }
    }

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
            if (keys.As<SpecMap>(item, "an entry of stress", "a map") is { } map && IsEnabled(map))
            {
                ReadEntry(map, leader);
            }
        }
    }

    private void ReadEntry(SpecMap map, string? leader)
    {
        var name = map.TryGet("shock", out _) ? ReadShock(map, leader)
            : map.TryGet("attack", out _) ? ReadAttack(map, leader)
            : map.TryGet("crisis", out _) ? ReadCrisis(map, leader)
            : Nothing(map);
        if (name is not null)
        {
            ReadAll(keys.OptionalList(map, "with"), name);
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
        var read = kinds.Values(map, kind, ["shock", slot, .. Common, .. StressTime.FieldsOf(kind)]);
        var time = Time(map, leader);
        if (keys.Text(map, slot) is not { } target)
        {
            return null;
        }

        string? first = null;
        foreach (var struck in _crisis?.Cast[target.Text] ?? [target.Text])
        {
            var name = Enter(map, kind.Name, time);
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

        var read = kinds.Values(map, kind, ["attack", .. Common, .. StressTime.FieldsOf(kind)]);
        var slots = (IReadOnlyDictionary<string, IReadOnlyList<string>>)kinds.Slots(map, kind);
        if (_crisis is { } crisis)
        {
            slots = slots.ToDictionary(
                s => s.Key, s => (IReadOnlyList<string>)[.. s.Value.SelectMany(role => crisis.Cast[role])]);
        }

        var time = Time(map, leader);
        var name = Enter(map, kind.Name, time);
        places[name] = _crisis?.Map ?? map;
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
        var time = Time(map, leader);
        var name = Enter(map, crisis.Name, time);
        _crises.Add(new CrisisSpec(name, crisis.Name, time));
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
            ReadEntry(part.Entry, name);
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
        else if (!_times.ContainsKey(followed.Text))
        {
            Problems.Add(after, "UNKNOWN_REF", $"after {Problem.Quote(followed.Text)}: no entry above has that name"
                + Suggestion.Text(followed.Text, _times.Keys));
        }

        return time with { After = followed.Text };
    }

    /// <summary>
    /// Enters an entry into the calendar by the name it is swept and measured by: given, or that of its kind, numbered
    /// from the second on; parts of a crisis have its name in front.
    /// </summary>
    private string Enter(SpecMap map, string kind, StressTime time)
    {
        var name = NameOf(map, kind);
        _times[name] = time;
        return name;
    }

    private string NameOf(SpecMap map, string kind)
    {
        bool IsTaken(string name) => places.ContainsKey(name) || _times.ContainsKey(name);
        if (_crisis is null && map.TryGet("name", out var node))
        {
            var given = keys.As<SpecScalar>(node, "name", "one value")?.Text ?? "";
            if (keys.IsName(node.File, node.Line, node.Column, given) && IsTaken(given))
            {
                Problems.Add(node, "DUPLICATE_NAME",
                    $"{Problem.Quote(given)} is the name of another instance or stress");
            }

            return given;
        }

        var stem = _crisis is { } crisis ? $"{crisis.Name}-{kind}" : kind;
        var name = stem;
        for (var number = 2; IsTaken(name); number++)
        {
            name = $"{stem}-{number}";
        }

        return name;
    }
}
