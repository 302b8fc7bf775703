using ScenarioGrid.Data;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;

namespace ScenarioGrid.Campaigns;

/// <summary>The instances, shocks and correlations of a scenario as they are read.</summary>
internal sealed record BoundSystem(
    IReadOnlyList<InstanceSpec> Instances, IReadOnlyList<ShockSpec> Shocks, IReadOnlyList<CrisisSpec> Crises,
    IReadOnlyList<CorrelationSpec> Correlations, IReadOnlyDictionary<string, SpecMap> Places);

/// <summary>Reads instances, stress and correlations, and checks that the names in slots fit.</summary>
internal sealed class SystemBinder(ComponentCatalog catalog, KeyReader keys, ValueReader values)
{
    /// <summary>Key of an instance that names its recorded prices.</summary>
    public const string SeriesKey = "series";

    private readonly KindReader _kinds = new(keys, values);
    private readonly List<InstanceSpec> _instances = [];
    private readonly Dictionary<string, SpecMap> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unbound = new(StringComparer.Ordinal);

    private Problems Problems => keys.Problems;

    public BoundSystem Read(SpecMap? scenario)
    {
        if (scenario is null)
        {
            return new BoundSystem([], [], [], [], _places);
        }

        ReadInstances(keys.Map(scenario, "instances"));
        var stress = new StressBinder(catalog, keys, values, _kinds, _instances, _places, _unbound);
        stress.Read(keys.OptionalList(scenario, "stress"));
        ReadTogether();
        var ordered = _instances.OrderBy(i => i.Kind.Stage).ThenBy(i => i.Name, StringComparer.Ordinal).ToList();
        new WiringChecks(Problems, _places).Check(ordered, _unbound);
        var correlations = new CorrelationBinder(keys).Read(keys.OptionalList(scenario, "correlations"), ordered);
        return new BoundSystem(ordered, stress.Shocks, stress.Crises, correlations, _places);
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

    /// <summary>Instances of a kind whose series have equally many bars of one length are recorded together.</summary>
    private void ReadTogether()
    {
        PriceSeries SeriesOf(int i) => _instances[i].Series ?? RecordedSeries.Default;
        var groups = Enumerable.Range(0, _instances.Count).Where(i => _instances[i].Kind.ReadsSeries)
            .GroupBy(i => (_instances[i].Kind.Name, SeriesOf(i).Count, SeriesOf(i).BarSeconds));
        foreach (var group in groups.Select(g => g.ToArray()).Where(g => g.Length > 1))
        {
            var together = PriceSeries.Together([.. group.Select(SeriesOf)]);
            for (var k = 0; k < group.Length; k++)
            {
                _instances[group[k]] = _instances[group[k]] with { Series = together[k] };
            }
        }
    }

    private PriceSeries? ReadSeries(SpecNode node)
    {
        if (keys.As<SpecScalar>(node, SeriesKey, "one name, or a file of the console") is not { } scalar)
        {
            return null;
        }

        var series = RecordedSeries.Find(scalar.Text) ?? SeriesText.Read(scalar.Text);
        if (series is null)
        {
            Problems.Add(scalar, "SERIES", SeriesText.IsInline(scalar.Text)
                ? "the inline series is broken; have the console write it again from its file"
                : $"{Problem.Quote(scalar.Text)} is no recorded series"
                    + (Suggestion.Text(scalar.Text, RecordedSeries.Names) is { Length: > 0 } near
                        ? near
                        : $" (known: {string.Join(", ", RecordedSeries.Names)})")
                    + "; a file of prices is taken in by the console: scenariogrid run or submit FILE");
        }

        return series;
    }

    private void ReadInstance(string name, SpecMap map)
    {
        _places[name] = map;
        _unbound[name] = "";
        var components = catalog.Components.Where(c => !c.Value.IsAttack).Select(c => c.Key).ToList();
        if (_kinds.Kind(map, "kind", catalog.Components, components) is not { } kind || kind.IsAttack)
        {
            return;
        }

        var read = _kinds.Values(map, kind, kind.ReadsSeries ? ["kind", SeriesKey] : ["kind"]);
        _instances.Add(new InstanceSpec(name, kind, read, _kinds.Slots(map, kind), null)
        {
            Series = kind.ReadsSeries && map.TryGet(SeriesKey, out var series) ? ReadSeries(series) : null,
        });
        _unbound.Remove(name);
    }
}
