using System.Collections.ObjectModel;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads what instances, shocks and attacks have in common: their kind, parameters and slots.</summary>
internal sealed class KindReader(KeyReader keys, ValueReader values)
{
    /// <summary>The kind that a key names, or null with a problem.</summary>
    public ComponentKind? Kind(
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
        keys.Problems.Add(scalar, "UNKNOWN_KIND", $"there is no {key} {Problem.Quote(scalar.Text)}"
            + (suggestion.Length > 0
                ? suggestion
                : $" (known: {string.Join(", ", allowed.Order(StringComparer.Ordinal))})"));
        return null;
    }

    /// <summary>The parameters that are given, the defaults of all others.</summary>
    public double[] Values(SpecMap map, ComponentKind kind, IReadOnlyCollection<string> own)
    {
        var read = kind.Parameters.Select(p => p.Default).ToArray();
        var known = own.Concat(kind.Parameters.Select(p => p.Name)).Concat(kind.Slots.Select(s => s.Name)).ToList();
        keys.CheckKnown(map, known);
        var faults = keys.Problems.Count;
        for (var i = 0; i < read.Length; i++)
        {
            if (map.TryGet(kind.Parameters[i].Name, out var node))
            {
                read[i] = values.Read(node, kind.Parameters[i]) ?? read[i];
            }
        }

        if (keys.Problems.Count == faults)
        {
            foreach (var (parameter, message) in kind.Check(read))
            {
                keys.Problems.Add(map.TryGet(parameter, out var at) ? at : map, "RANGE", message);
            }
        }

        return read;
    }

    /// <summary>Who is named in the slots.</summary>
    public ReadOnlyDictionary<string, IReadOnlyList<string>> Slots(SpecMap map, ComponentKind kind)
    {
        var slots = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var slot in kind.Slots)
        {
            if (!map.TryGet(slot.Name, out var node))
            {
                if (slot.Required)
                {
                    keys.Problems.Add(map, "MISSING_KEY", $"a {kind.Name} needs {slot.Name}: the name of "
                        + (slot.IsList ? "one or more instances" : "an instance"));
                }

                continue;
            }

            var names = (node as SpecList)?.Items ?? [node];
            if (node is SpecList && !slot.IsList)
            {
                keys.Problems.Add(node, "SHAPE", $"{slot.Name} takes one name, not a list");
            }

            slots[slot.Name] = [.. names.Select(n => keys.As<SpecScalar>(n, slot.Name, "a name")?.Text)
                .OfType<string>()];
        }

        return slots.AsReadOnly();
    }
}
