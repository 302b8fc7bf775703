using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>One random scenario of one kind: parameter values, clock, and everything the component is fed.</summary>
internal sealed record LawCase(
    ComponentKind Kind, int Seed, double[] Values, double Onset, double TickSeconds, int Ticks, int Paths,
    int[] ListCounts, InputSignals Inputs)
{
    /// <summary>Long ticks are few, as some components go through them block by block.</summary>
    private const int SecondsMost = 36_000, TicksLeast = 12;

    private static readonly double[] TickLengths = [1, 12, 60, 600, 3600];

    /// <summary>The scenario with this number.</summary>
    /// <param name="kind">Kind under test.</param>
    /// <param name="seed">Number of the scenario.</param>
    /// <param name="ticks">Ticks, when they are short.</param>
    /// <param name="paths">Paths, a multiple of <see cref="Vec.Width"/>.</param>
    /// <param name="longest">Another length of a tick, never cut short: for what takes weeks to happen.</param>
    public static LawCase Draw(ComponentKind kind, int seed, int ticks, int paths, double longest = 60)
    {
        var own = SeedOf(kind.Name, seed);
        var random = new Random(own);
        var length = random.Next(TickLengths.Length + 1);
        var seconds = length == TickLengths.Length ? longest : TickLengths[length];
        ticks = seconds == longest ? ticks : Math.Min(ticks, Math.Max(TicksLeast, (int)(SecondsMost / seconds)));
        var lists = kind.Slots.Where(s => s.IsList).ToDictionary(s => s.Name, _ => 1 + random.Next(4));
        int[] counts = [.. kind.Ports.Select(p => p.IsList ? lists[p.Route!.Slots[0]] : 1)];
        return new LawCase(kind, seed, ParameterDraw.Values(kind, random),
            Math.Floor(random.NextDouble() * ticks / 2) * seconds,
            seconds, ticks, paths, counts, InputSignals.Draw(kind, counts, own, ticks, seconds, paths));
    }

    /// <summary>Random numbers that belong to this scenario and one purpose.</summary>
    public Random Random(int purpose) => new(SeedOf(Kind.Name, unchecked(Seed * 31 + purpose)));

    /// <summary>The tick with this number for a block.</summary>
    public Tick TickAt(int index, int firstPath, int paths) => new(
        index, Ticks, TickSeconds, firstPath, paths, PhiloxKey.Of((ulong)Seed, Kind.Name),
        PhiloxKey.Of((ulong)Seed, ""));

    /// <summary>A fresh instance for a block.</summary>
    public Instance Bind(int paths)
    {
        var instance = new Instance(Kind.Name, Kind);
        instance.Bind(Values, Onset, null, ListCounts, paths);
        return instance;
    }

    /// <summary>Everything needed to see the failure again.</summary>
    public string Describe(int tick = -1, int path = -1)
    {
        var values = string.Join(", ", Kind.Parameters.Select((p, i) =>
            p.Choices is null ? FormattableString.Invariant($"{p.Name} = {Values[i]:R}")
                : $"{p.Name} = {p.Choices[(int)Values[i]]}"));
        var inputs = tick < 0 || tick >= Ticks || path < 0 ? ""
            : $"\n  fed at that tick and path: {Inputs.Describe(tick, path)}";
        return FormattableString.Invariant($"  scenario {Seed}: {Ticks} ticks of {TickSeconds} s, {Paths} paths")
            + FormattableString.Invariant($", onset {Onset} s")
            + $"\n  parameters: {values}{inputs}";
    }

    /// <summary>FNV-1a of the name and the number: the same on every run and machine.</summary>
    private static int SeedOf(string name, int number)
    {
        var hash = 2166136261u;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 16777619;
        }

        return unchecked((int)((hash ^ (uint)number) * 16777619) & int.MaxValue);
    }
}
