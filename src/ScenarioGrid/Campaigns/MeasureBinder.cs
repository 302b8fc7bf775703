using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads objectives and thresholds: expressions over the measures that the instances publish.</summary>
internal sealed class MeasureBinder
{
    /// <summary>Statistics kept of every measure, whether named or not.</summary>
    public static readonly string[] Standard = ["mean", "p50", "p95", "p99", "es99"];

    private static readonly string[] Signs = ["<=", ">=", "<", ">"];

    private readonly BoundSystem _system;
    private readonly KeyReader _keys;
    private readonly ValueReader _values;
    private readonly List<string> _statistics = [.. Standard];

    public MeasureBinder(BoundSystem system, KeyReader keys, ValueReader values)
    {
        (_system, _keys, _values) = (system, keys, values);
        All = system.Instances.SelectMany((spec, i) => spec.Kind.Ports
            .Where(p => p.Over != Over.None)
            .Select(p => new MeasureSpec($"{spec.Name}.{p.Name}", i, p))).ToList();
    }

    /// <summary>Every measure of the system, in tick order.</summary>
    public IReadOnlyList<MeasureSpec> All { get; }

    /// <summary>The standard statistics and those named.</summary>
    public IReadOnlyList<string> Statistics => _statistics;

    public IReadOnlyList<ObjectiveSpec> Objectives(SpecMap? map)
    {
        var read = new List<ObjectiveSpec>();
        foreach (var entry in map?.Entries ?? [])
        {
            if (_keys.As<SpecScalar>(entry.Value, entry.Key, "a text like 'minimise vaults.badDebt.es99'") is { } scalar
                && ReadObjective(entry.Key, scalar) is { } objective)
            {
                read.Add(objective);
            }
        }

        if (read.Count > 6)
        {
            _keys.Problems.Add(map!, "RANGE", $"at most 6 objectives; there are {read.Count}");
        }

        return read;
    }

    public IReadOnlyList<ThresholdSpec> Thresholds(SpecList? list)
    {
        var read = new List<ThresholdSpec>();
        foreach (var item in list?.Items ?? [])
        {
            if (_keys.As<SpecScalar>(item, "a threshold", "a text like 'vaults.badDebt.p99 < 2.5M USD'") is { } scalar
                && ReadThreshold(scalar) is { } threshold)
            {
                read.Add(threshold);
            }
        }

        return read;
    }

    private ObjectiveSpec? ReadObjective(string axis, SpecScalar scalar)
    {
        var words = scalar.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || words[0] is not ("minimise" or "maximise" or "minimize" or "maximize"))
        {
            _keys.Problems.Add(scalar, "EXPRESSION",
                $"{axis}: write 'minimise instance.measure.statistic' or 'maximise ...'");
            return null;
        }

        return Find(scalar, words[1]) is var (measure, statistic)
            ? new ObjectiveSpec(axis, measure, statistic, words[0][0..2] == "ma")
            : null;
    }

    private ThresholdSpec? ReadThreshold(SpecScalar scalar)
    {
        var sign = Signs.FirstOrDefault(s => scalar.Text.Contains($" {s} ", StringComparison.Ordinal));
        if (sign is null)
        {
            _keys.Problems.Add(scalar, "EXPRESSION",
                "write a threshold as 'instance.measure.statistic < limit' (or <=, >, >=)");
            return null;
        }

        var at = scalar.Text.IndexOf($" {sign} ", StringComparison.Ordinal);
        if (Find(scalar, scalar.Text[..at].Trim()) is not var (measure, statistic))
        {
            return null;
        }

        var limit = scalar.Text[(at + sign.Length + 2)..].Trim();
        var unit = statistic == "prob" ? Fraction.Info : All[measure].Port.Unit;
        var node = new SpecScalar(null, "", scalar.File, scalar.Line,
            scalar.ColumnOf(scalar.Text.IndexOf(limit, at + sign.Length + 1, StringComparison.Ordinal)),
            limit, true, 0);
        return _values.Quantity(node, "the limit", unit, out _) is { } value
            ? new ThresholdSpec(measure, statistic, sign, value, scalar.Text)
            : null;
    }

    private (int Measure, string Statistic)? Find(SpecScalar at, string text)
    {
        var parts = text.Split('.', 3);
        var measure = parts.Length < 2 ? -1 : All.ToList().FindIndex(m => m.Name == $"{parts[0]}.{parts[1]}");
        var instance = _system.Instances.FirstOrDefault(i => i.Name == parts[0]);
        if (parts.Length != 3)
        {
            Report(at, "EXPRESSION", $"{Problem.Quote(text)} is no measure; write instance.measure.statistic", "", []);
        }
        else if (instance is null)
        {
            if (!_system.Places.ContainsKey(parts[0]))
            {
                Report(at, "UNKNOWN_REF", $"{Problem.Quote(parts[0])} is no instance",
                    parts[0], _system.Instances.Select(i => i.Name));
            }
        }
        else if (measure < 0)
        {
            var known = instance.Kind.Ports.Where(p => p.Over != Over.None).Select(p => p.Name);
            Report(at, "UNKNOWN_MEASURE", $"{parts[0]} has no measure {Problem.Quote(parts[1])}", parts[1], known);
        }
        else if (Measures.Statistics.Find(parts[2]) is null)
        {
            Report(at, "UNKNOWN_STATISTIC", $"there is no statistic {Problem.Quote(parts[2])}",
                parts[2], Measures.Statistics.Names);
        }
        else
        {
            if (!_statistics.Contains(parts[2]))
            {
                _statistics.Add(parts[2]);
            }

            return (measure, parts[2]);
        }

        return null;
    }

    private void Report(SpecScalar at, string code, string message, string typed, IEnumerable<string> known)
    {
        var suggestion = Suggestion.Text(typed, known);
        var list = known.Take(30).ToList();
        _keys.Problems.Add(at, code, message
            + (suggestion.Length > 0 ? suggestion : list.Count > 0 ? $" (known: {string.Join(", ", list)})" : ""));
    }
}
