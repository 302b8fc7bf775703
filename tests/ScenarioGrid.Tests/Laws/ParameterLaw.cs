using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>A parameter that moves nothing is a lie: in some scenario another value gives other bits.</summary>
internal sealed class EveryParameterMatters : Law
{
    private const int Attempts = 192, Ticks = 60, Paths = 16, LongestTick = 21_600;

    public override string Name => "every parameter matters";

    public override int Scenarios => 1;

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var attempts = Enumerable.Range(0, Attempts).Select(n => new Lazy<(LawCase Case, Recording Recording)>(() =>
        {
            var law = LawCase.Draw(kind, seed * 1000 + n, Ticks, Paths, LongestTick);
            return (law, new LawRun(law, Paths).Record());
        })).ToArray();
        var dead = Enumerable.Range(0, kind.Parameters.Count).SelectMany(p => Dead(kind, p, attempts)).ToArray();
        return dead.Length == 0 ? null
            : $"  {string.Join("\n  ", dead)}\n  tried in {Attempts} random scenarios";
    }

    private static IEnumerable<string> Dead(
        ComponentKind kind, int parameter, Lazy<(LawCase Case, Recording Recording)>[] attempts)
    {
        var p = kind.Parameters[parameter];
        if (p.Choices is null)
        {
            return attempts.Any(a => Moves(a.Value.Case, a.Value.Recording, parameter)) ? []
                : [$"parameter {p.Name} moves no output, push or state"];
        }

        // Two choices that never differ are one choice too many.
        return from second in Enumerable.Range(1, p.Choices.Count - 1)
               from first in Enumerable.Range(0, second)
               where !attempts.Any(a => Differ(a.Value.Case, parameter, first, second))
               select $"parameter {p.Name}: {p.Choices[first]} and {p.Choices[second]} never differ";
    }

    private static bool Moves(LawCase law, Recording recording, int parameter)
    {
        // Ends of the range move most; values between them are drawn too, as an end may be where a parameter is off.
        var p = law.Kind.Parameters[parameter];
        var value = law.Seed % 3 == 0 ? p.Low : p.High;
        var values = law.Seed % 3 == 2 || value == law.Values[parameter]
            || ParameterDraw.IsStructural(law.Kind, parameter)
            ? ParameterDraw.Other(law.Kind, law.Values, parameter, law.Random(parameter))
            : ParameterDraw.With(law.Kind, law.Values, parameter, value);
        return values is not null && AreDifferent(recording, new LawRun(law with { Values = values }, Paths).Record());
    }

    private static bool Differ(LawCase law, int parameter, int first, int second) =>
        ParameterDraw.With(law.Kind, law.Values, parameter, first) is { } one
        && ParameterDraw.With(law.Kind, law.Values, parameter, second) is { } two
        && AreDifferent(
            new LawRun(law with { Values = one }, Paths).Record(),
            new LawRun(law with { Values = two }, Paths).Record());

    /// <summary>A size that only adds rows of state has not moved anything yet: then the rows seen by others
    /// count.</summary>
    private static bool AreDifferent(Recording one, Recording two)
    {
        if (one.Rows.Length == two.Rows.Length)
        {
            return one.Against(two) is not null;
        }

        var (seen, others) = (Seen(one), Seen(two));
        return seen.Length != others.Length || Enumerable.Range(0, one.Length).Any(record =>
            seen.Zip(others).Any(pair => !one.At(record, pair.First).SequenceEqual(two.At(record, pair.Second))));
    }

    private static int[] Seen(Recording recording) =>
        [.. Enumerable.Range(0, recording.Rows.Length).Where(r => recording.Rows[r].Info.Kind != LaneKind.State)];
}
