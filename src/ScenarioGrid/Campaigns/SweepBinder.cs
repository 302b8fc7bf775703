using System.Globalization;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads the sweep: which settings, which levels, which design, and that the cells are not too many.</summary>
internal sealed class SweepBinder(BoundSystem system, KeyReader keys, ValueReader values)
{
    /// <summary>Most cells of a campaign.</summary>
    public const long CellsMax = 5_000_000;

    private static readonly string[] RangeKeys = ["from", "to", "steps", "scale"];
    private static readonly string[] Designs = ["sobol", "latin-hypercube"];

    private Problems Problems => keys.Problems;

    public Sweep Read(SpecMap? map)
    {
        if (map is null)
        {
            return Sweep.None;
        }

        var axes = new List<Axis>();
        var counts = new List<long>();
        foreach (var entry in map.Entries.Where(e => e.Key != "sample"))
        {
            if (ReadAxis(map, entry, counts) is { } axis)
            {
                axes.Add(axis);
            }
        }

        var (design, points) = map.TryGet("sample", out var node)
            && keys.As<SpecMap>(node, "sample", "a map") is { } sample
            ? ReadSample(sample, axes.Count)
            : (Design.Grid, 1);
        var cells = counts.Aggregate((UInt128)1, (n, c) => n * (UInt128)c);
        if (design == Design.Grid && cells > (UInt128)CellsMax)
        {
            Problems.Add(map, "GRID_SIZE", string.Create(CultureInfo.InvariantCulture,
                $"{cells:N0} cells, limit {CellsMax:N0} (axes: {string.Join(" x ", counts)})"));
        }

        CheckRules(map, axes);
        return new Sweep(axes, design, points);
    }

    private (Design, long) ReadSample(SpecMap sample, int axes)
    {
        keys.CheckKnown(sample, ["design", "points"]);
        var points = keys.Integer(sample, "points", 1, CellsMax, null);
        var text = keys.Text(sample, "design");
        var design = text is null ? -1 : Array.IndexOf(Designs, text.Text);
        if (text is not null && design < 0)
        {
            Problems.Add(text, "CHOICE",
                $"design is {Problem.Quote(text.Text)}; it must be one of {string.Join(", ", Designs)}"
                + Suggestion.Text(text.Text, Designs));
        }

        if (axes is 0 or > 48)
        {
            Problems.Add(sample, "RANGE", $"a sampled design needs 1 to 48 swept settings; there are {axes}");
        }

        return (design == 0 ? Design.Sobol : Design.LatinHypercube, points);
    }

    private Axis? ReadAxis(SpecMap map, SpecEntry entry, List<long> counts)
    {
        if (Find(map, entry) is not var (target, owner, index, parameter) || parameter is null)
        {
            return null;
        }

        var axis = new Axis
        {
            Name = entry.Key,
            Target = target,
            Owner = owner,
            Parameter = index,
            Levels = 1,
            Unit = parameter.Unit,
        };
        var read = entry.Value switch
        {
            SpecList list => ReadList(list, axis, parameter),
            SpecMap range => ReadRange(range, axis, parameter),
            _ => Wrong(entry.Value),
        };
        counts.Add(read?.Levels ?? 1);
        return read;
    }

    private Axis? Wrong(SpecNode node)
    {
        Problems.Add(node, "SHAPE", "a swept setting takes a list of levels or {from, to, steps, scale}");
        return null;
    }

    private Axis? ReadList(SpecList list, Axis axis, ParameterInfo parameter)
    {
        var levels = new List<double>();
        var written = new List<string>();
        foreach (var item in list.Items)
        {
            if (values.Read(item, parameter) is { } value)
            {
                if (levels.Contains(value))
                {
                    Problems.Add(item, "DUPLICATE_LEVEL",
                        $"{((SpecScalar)item).Text} is a level of {axis.Name} already");
                }

                levels.Add(value);
                written.Add(((SpecScalar)item).Text);
            }
        }

        if (list.Items.Count == 0)
        {
            Problems.Add(list, "EMPTY", $"{axis.Name} has no levels");
        }

        return levels.Count == 0
            ? null
            : axis with
        {
            Listed = [.. levels], Written = [.. written], Levels = levels.Count, Whole = parameter.Whole,
        };
    }

    private Axis? ReadRange(SpecMap range, Axis axis, ParameterInfo parameter)
    {
        keys.CheckKnown(range, RangeKeys);
        if (parameter.Unit is null)
        {
            Problems.Add(range, "SHAPE", $"{axis.Name} is no quantity; list its levels");
            return null;
        }

        var suffix = new UnitSuffix("", 1);
        var from = keys.Required(range, "from") is { } f ? values.Read(f, parameter, out suffix) : null;
        var to = keys.Required(range, "to") is { } t ? values.Read(t, parameter) : null;
        var steps = keys.Integer(range, "steps", 2, int.MaxValue, null);
        var scale = keys.OptionalText(range, "scale") ?? "linear";
        if (scale is not ("linear" or "log"))
        {
            Problems.Add(range, "CHOICE", $"scale is {Problem.Quote(scale)}; it must be one of linear, log"
                + Suggestion.Text(scale, ["linear", "log"]));
        }

        if (scale == "log" && (from <= 0 || to <= 0))
        {
            Problems.Add(range, "RANGE", "a log range needs both ends above 0");
        }

        if (from is null || to is null)
        {
            return null;
        }

        if (from == to)
        {
            Problems.Add(range, "RANGE", "from and to are equal");
        }

        CheckWhole(range, axis.Name, parameter.Whole, to.Value - from.Value, steps, scale);

        return axis with
        {
            From = from.Value, To = to.Value, Levels = (int)steps, Suffix = suffix, Whole = parameter.Whole,
            Scale = scale == "log" ? AxisScale.Log : AxisScale.Linear,
        };
    }

    private void CheckWhole(SpecMap range, string name, bool isWhole, double width, long steps, string scale)
    {
        if (isWhole && scale == "log")
        {
            Problems.Add(range, "RANGE", $"{name} takes whole numbers; list them instead of a log range");
        }
        else if (isWhole && width % (steps - 1) != 0)
        {
            Problems.Add(range, "RANGE", string.Create(CultureInfo.InvariantCulture,
                $"{name} takes whole numbers, but {steps} steps make levels between them; "
                + $"steps: {Math.Abs(width) + 1} makes every whole number a level"));
        }
    }

    private (AxisTarget Target, string Owner, int Index, ParameterInfo? Parameter)? Find(SpecMap map, SpecEntry entry)
    {
        var dot = entry.Key.IndexOf('.', StringComparison.Ordinal);
        var owner = dot < 0 ? entry.Key : entry.Key[..dot];
        var name = dot < 0 ? "" : entry.Key[(dot + 1)..];
        if (system.Instances.FirstOrDefault(i => i.Name == owner) is { } instance)
        {
            return (instance.Time is null ? null : Field(StressTime.FieldsOf(instance.Kind), owner, name))
                ?? Parameter(map, entry, instance.Kind, AxisTarget.Instance, owner, name);
        }

        if (system.Shocks.FirstOrDefault(s => s.Name == owner) is { } shock)
        {
            return Field(StressTime.FieldsOf(shock.Kind), owner, name)
                ?? Parameter(map, entry, shock.Kind, AxisTarget.Shock, owner, name);
        }

        if (system.Crises.Any(c => c.Name == owner))
        {
            if (Field(StressTime.Fields, owner, name) is { } found)
            {
                return found;
            }

            Problems.Add(map.File, entry.Line, entry.Column, "UNKNOWN_PARAMETER",
                $"a crisis has no {Problem.Quote(name)}"
                + $" (known: {string.Join(", ", StressTime.Fields)}); its parts are swept by their own names");
            return null;
        }

        if (!system.Places.ContainsKey(owner))
        {
            var names = system.Instances.Select(i => i.Name).Concat(system.Shocks.Select(s => s.Name))
                .Concat(system.Crises.Select(c => c.Name));
            Problems.Add(map.File, entry.Line, entry.Column, "UNKNOWN_REF",
                $"{Problem.Quote(owner)} is no instance or stress{Suggestion.Text(owner, names)}");
        }

        return null;
    }

    private static (AxisTarget, string, int, ParameterInfo?)? Field(
        IReadOnlyList<string> fields, string owner, string name) => fields.ToList().IndexOf(name) is >= 0 and var field
            ? (AxisTarget.Calendar, owner, field, StressBinder.Field(field))
            : null;

    private (AxisTarget, string, int, ParameterInfo?)? Parameter(
        SpecMap map, SpecEntry entry, ComponentKind kind, AxisTarget target, string owner, string name)
    {
        var index = kind.IndexOf(name);
        if (index >= 0)
        {
            return (target, owner, index, kind.Parameters[index]);
        }

        var known = kind.Parameters.Select(p => p.Name).ToList();
        var suggestion = Suggestion.Text(name, known);
        Problems.Add(map.File, entry.Line, entry.Column, "UNKNOWN_PARAMETER",
            $"a {kind.Name} has no parameter {Problem.Quote(name)}"
            + (suggestion.Length > 0 ? suggestion : $" (known: {string.Join(", ", known)})"));
        return null;
    }

    /// <summary>
    /// Rules between parameters must hold in every cell: checked on the levels of each instance's own axes.
    /// </summary>
    private void CheckRules(SpecMap map, List<Axis> axes)
    {
        foreach (var group in axes.Where(a => a.Target == AxisTarget.Instance).GroupBy(a => a.Owner))
        {
            var spec = system.Instances.First(i => i.Name == group.Key);
            var own = group.ToArray();
            var combinations = own.Aggregate(1L, (n, a) => Math.Min(n * a.Levels, 10_000));
            if (Problems.Any || combinations >= 10_000)
            {
                continue;
            }

            for (var c = 0L; c < combinations; c++)
            {
                var (rest, changed) = (c, (double[])spec.Values.Clone());
                foreach (var axis in own)
                {
                    changed[axis.Parameter] = axis.Value((int)(rest % axis.Levels));
                    rest /= axis.Levels;
                }

                foreach (var (parameter, message) in spec.Kind.Check(changed))
                {
                    var key = own.FirstOrDefault(a => a.Name == $"{group.Key}.{parameter}")?.Name ?? own[0].Name;
                    map.TryGetEntry(key, out var at);
                    Problems.Add(map.File, at!.Line, at.Column, "RANGE", $"in some cells {message}");
                }
            }
        }
    }
}
