using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>What every shock obeys.</summary>
internal static class ShockLaws
{
    private const int Scenarios = 200;

    /// <summary>All laws of shocks by name: each gives what is wrong, or null.</summary>
    public static IReadOnlyDictionary<string, Func<ComponentKind, ComponentCatalog, string?>> All { get; } =
        new Dictionary<string, Func<ComponentKind, ComponentCatalog, string?>>(StringComparer.Ordinal)
        {
            ["the dial exists"] = DialExists,
            ["severity 0 is no shock"] = ZeroIsNeutral,
            ["values are finite"] = IsFinite,
            ["same value again"] = SameAgain,
            ["no allocation"] = AllocatesNothing,
            ["every parameter matters"] = EveryParameterMatters,
        };

    private static string? DialExists(ComponentKind kind, ComponentCatalog catalog)
    {
        var neutrals = Dials(kind, catalog).Select(PortRanges.Neutral).Distinct().ToArray();
        return neutrals.Length == 1 ? null
            : $"{kind.Name} turns {kind.Shock!.Dial}; its neutral values are [{string.Join(", ", neutrals)}], not one";
    }

    private static string? ZeroIsNeutral(ComponentKind kind, ComponentCatalog catalog)
    {
        var neutral = Dials(kind, catalog).Select(PortRanges.Neutral).FirstOrDefault(double.NaN);
        return First(kind, (shock, seconds, _) => shock.At(seconds, 0) is var value && value != neutral
            ? FormattableString.Invariant($"At({seconds:R}, 0) is {value:R}, neutral is {neutral:R}") : null);
    }

    private static string? IsFinite(ComponentKind kind, ComponentCatalog catalog) =>
        First(kind, (shock, seconds, severity) =>
        shock.At(seconds, severity) is var value && !double.IsFinite(value)
            ? FormattableString.Invariant($"At({seconds:R}, {severity:R}) is {value}") : null);

    private static string? SameAgain(ComponentKind kind, ComponentCatalog catalog) =>
        First(kind, (shock, seconds, severity) =>
        (shock.At(seconds, severity), shock.At(seconds, severity)) is var (one, two) && !one.Equals(two)
            ? FormattableString.Invariant($"At({seconds:R}, {severity:R}) is {one:R}, then {two:R}") : null);

    private static string? AllocatesNothing(ComponentKind kind, ComponentCatalog catalog) =>
        First(kind, (shock, seconds, severity) =>
    {
        shock.At(seconds, severity);
        var before = GC.GetAllocatedBytesForCurrentThread();
        shock.At(seconds, severity);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return bytes == 0 ? null
            : FormattableString.Invariant($"At({seconds:R}, {severity:R}) allocates {bytes} bytes");
    });

    private static string? EveryParameterMatters(ComponentKind kind, ComponentCatalog catalog)
    {
        var dead = Enumerable.Range(0, kind.Parameters.Count).Where(p => !Enumerable.Range(1, Scenarios).Any(seed =>
        {
            var random = new Random(seed);
            var values = ParameterDraw.Values(kind, random);
            return ParameterDraw.Other(kind, values, p, random) is { } other
                && Times(random).Any(t => kind.CreateShock(values).At(t, 1) != kind.CreateShock(other).At(t, 1));
        })).Select(p => kind.Parameters[p].Name).ToArray();
        return dead.Length == 0 ? null
            : $"{kind.Name}: nothing changes with {string.Join(", ", dead)} in {Scenarios} scenarios";
    }

    private static string? First(ComponentKind kind, Func<Shock, double, double, string?> broken)
    {
        for (var seed = 1; seed <= Scenarios; seed++)
        {
            var random = new Random(seed);
            var values = ParameterDraw.Values(kind, random);
            var shock = kind.CreateShock(values);
            foreach (var seconds in Times(random))
            {
                if (broken(shock, seconds, 2 * random.NextDouble()) is { } breach)
                {
                    var told = kind.Parameters.Select((p, i) =>
                        FormattableString.Invariant($"{p.Name} = {values[i]:R}"));
                    return $"{kind.Name}: {breach}\n  scenario {seed}: {string.Join(", ", told)}";
                }
            }
        }

        return null;
    }

    /// <summary>From the onset to a hundred days after it, close together at first.</summary>
    private static double[] Times(Random random) =>
        [0, .. Enumerable.Range(0, 23).Select(_ => Math.Floor(Math.Pow(8_640_000, random.NextDouble()))), 8_640_000];

    private static IEnumerable<PortInfo> Dials(ComponentKind kind, ComponentCatalog catalog) =>
        catalog.Components.Values
        .SelectMany(c => c.Ports).Where(p => p.Kind == LaneKind.Dial && p.Name == kind.Shock!.Dial);
}
