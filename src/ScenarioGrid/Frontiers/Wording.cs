using System.Globalization;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Frontiers;

/// <summary>What a reason is about.</summary>
public enum ReasonKind
{
    /// <summary>Thresholds passed, or missed by the least.</summary>
    Thresholds,

    /// <summary>How many cells were left to choose from.</summary>
    Frontier,

    /// <summary>The rule that picked this cell.</summary>
    Rule,

    /// <summary>What one step of one parameter would change.</summary>
    Step,
}

/// <summary>How an objective changes from one cell to another.</summary>
public enum Change
{
    Better,
    Worse,

    /// <summary>The difference is within two standard errors.</summary>
    WithinNoise,
}

/// <summary>One objective of one cell compared with another cell.</summary>
/// <param name="Measure">The measure of the objective.</param>
/// <param name="From">Its value in the reference cell.</param>
/// <param name="To">Its value in the other cell.</param>
/// <param name="Change">Better or worse beyond noise, or neither.</param>
public sealed record ObjectiveChange(string Measure, double From, double To, Change Change)
{
    /// <summary>(To - From) / |From|; infinite from 0.</summary>
    public double Relative => To == From ? 0 : (To - From) / Math.Abs(From);
}

/// <summary>One reason for a recommendation.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Sentence">The reason in plain English.</param>
/// <param name="Parameter">The parameter of a step, else null.</param>
/// <param name="Neighbour">The cell that the step leads to, else null.</param>
/// <param name="Changes">What the step changes; empty for other reasons.</param>
public sealed record Reason(
    ReasonKind Kind, string Sentence, string? Parameter, MeasuredCell? Neighbour,
    IReadOnlyList<ObjectiveChange> Changes);

/// <summary>Writes reasons from cells.</summary>
internal sealed class Wording(
    IReadOnlyList<string> parameters, IReadOnlyList<Objective> objectives, Func<int, double, string>? format)
{
    /// <summary>Relative change above which a sentence speaks of multiples, not of percent.</summary>
    private const double FoldMin = 9;

    private readonly Func<int, double, string> _format = format ?? ((_, value) => Number(value));

    public IReadOnlyList<Reason> Reasons(
        MeasuredCell chosen, ChoiceRule rule, MeasuredCell[] cells, int passing, int candidates)
    {
        var reasons = new List<Reason> { Plain(ReasonKind.Thresholds, Thresholds(chosen, cells.Length, passing)) };
        if (rule != ChoiceRule.LeastViolation)
        {
            reasons.Add(Plain(ReasonKind.Frontier,
                $"{candidates} of {Count(passing, chosen.Thresholds.Length > 0 ? "passing cell" : "cell")}"
                + $" {(candidates == 1 ? "is" : "are")} on the frontier: no other is better beyond noise on one"
                + " objective and no worse on the rest."));
            reasons.Add(Plain(ReasonKind.Rule, Rule(rule, candidates)));
        }

        for (var p = 0; p < parameters.Count; p++)
        {
            var (less, more) = Neighbours(chosen, cells, p);
            reasons.AddRange(new[] { (less, "less"), (more, "more") }
                .Where(s => s.Item1 is not null).Select(s => Step(chosen, s.Item1!, p, s.Item2)));
        }

        return reasons;
    }

    public RunnerUp RunnerUp(MeasuredCell cell, MeasuredCell chosen)
    {
        var changes = Changes(chosen, cell);
        var settings = string.Join(", ", parameters.Select((name, p) => $"{name} {_format(p, cell.Settings[p])}"));
        return new RunnerUp(
            cell, changes, $"Cell {cell.Index} ({settings}) {Describe(changes)}{Losses(chosen, cell)}.");
    }

    private static Reason Plain(ReasonKind kind, string sentence) => new(kind, sentence, null, null, []);

    private static string Thresholds(MeasuredCell chosen, int cells, int passing)
    {
        if (chosen.Thresholds.Length == 0)
        {
            return "No thresholds are set, so every cell may be chosen.";
        }

        if (passing > 0)
        {
            var all = chosen.Thresholds.Length == 1 ? "the threshold" : $"all {chosen.Thresholds.Length} thresholds";
            return $"It passes {all} on the confidence bound, as {passing} of {Count(cells, "cell")} "
                + (passing == 1 ? "does." : "do.");
        }

        var missed = chosen.Thresholds.Where(t => t.Verdict != Verdict.Pass).Select(t =>
            $"{(t.Verdict == Verdict.Fail ? "fails" : "cannot decide")} '{t.Text}'"
            + (double.IsFinite(t.BoundMiss)
                ? $" (bound off by {Percent(t.BoundMiss)})"
                : " (no bound from so few paths)"));
        return $"No cell passes every threshold; this one comes nearest: it {List([.. missed])}.";
    }

    private static string Rule(ChoiceRule rule, int candidates) => candidates == 1
        ? "It is the only cell on the frontier."
        : rule == ChoiceRule.Knee
            ? "It is the knee of the frontier: beyond it a gain on one objective costs the most on the others."
            : "The frontier has no bend; this cell is the nearest to the best value of every objective at once.";

    private Reason Step(MeasuredCell chosen, MeasuredCell next, int parameter, string direction)
    {
        var changes = Changes(chosen, next);
        var sentence = $"One step {direction} {parameters[parameter]} "
            + $"({_format(parameter, chosen.Settings[parameter])} to "
            + $"{_format(parameter, next.Settings[parameter])}) {Describe(changes)}{Losses(chosen, next)}.";
        return new Reason(ReasonKind.Step, sentence, parameters[parameter], next, changes);
    }

    /// <summary>The cells with the next lower and higher value of one parameter and all others equal.</summary>
    private static (MeasuredCell? Less, MeasuredCell? More) Neighbours(
        MeasuredCell chosen, MeasuredCell[] cells, int parameter)
    {
        MeasuredCell? less = null, more = null;
        foreach (var cell in cells)
        {
            var value = cell.Settings[parameter];
            if (value == chosen.Settings[parameter] || !SameElsewhere(cell.Settings, chosen.Settings, parameter))
            {
                continue;
            }

            if (value < chosen.Settings[parameter])
            {
                less = less is null || value > less.Settings[parameter] ? cell : less;
            }
            else
            {
                more = more is null || value < more.Settings[parameter] ? cell : more;
            }
        }

        return (less, more);
    }

    private static bool SameElsewhere(double[] a, double[] b, int parameter)
    {
        for (var p = 0; p < a.Length; p++)
        {
            if (p != parameter && a[p] != b[p])
            {
                return false;
            }
        }

        return true;
    }

    private ObjectiveChange[] Changes(MeasuredCell from, MeasuredCell to) =>
        [.. objectives.Select((o, j) => Compare(o, from.Objectives[j], to.Objectives[j]))];

    private static ObjectiveChange Compare(Objective objective, Estimate from, Estimate to)
    {
        var error = Math.Sqrt(from.StandardError * from.StandardError + to.StandardError * to.StandardError);
        var difference = to.Value - from.Value;
        var change = !(Math.Abs(difference) > UncertainDominance.ToleranceErrors * error) ? Change.WithinNoise
            : difference < 0 == (objective.Direction == Direction.Minimise) ? Change.Better
            : Change.Worse;
        return new ObjectiveChange(objective.Measure, from.Value, to.Value, change);
    }

    /// <summary>Gains first, then losses after a "but", then what stays.</summary>
    private static string Describe(ObjectiveChange[] changes)
    {
        string Part(Change kind) => List([.. changes.Where(c => c.Change == kind).Select(Verb)]);
        var (gains, costs) = (Part(Change.Better), Part(Change.Worse));
        string[] still = [.. changes.Where(c => c.Change == Change.WithinNoise).Select(c => c.Measure)];
        var same = List(still);
        var moved = gains.Length > 0 && costs.Length > 0 ? $"{gains} but {costs}" : gains + costs;
        return moved.Length == 0 ? $"leaves {same} the same within noise"
            : same.Length == 0 ? moved
            : $"{moved}; {same} {(still.Length == 1 ? "stays" : "stay")} within noise";
    }

    private static string Verb(ObjectiveChange change)
    {
        var verb = change.To < change.From ? "cuts" : "raises";
        return Math.Abs(change.Relative) <= FoldMin
            ? $"{verb} {change.Measure} by {Percent(Math.Abs(change.Relative))}"
            : change.From > 0 && double.IsFinite(change.Relative)
            ? $"{verb} {change.Measure} {Number(Math.Round(change.To / change.From))}-fold"
            : $"{verb} {change.Measure} from {Number(change.From)} to {Number(change.To)}";
    }

    private static string Losses(MeasuredCell chosen, MeasuredCell other)
    {
        var lost = other.Thresholds
            .Where((t, i) => t.Verdict != Verdict.Pass && chosen.Thresholds[i].Verdict == Verdict.Pass)
            .Select(t => t.Verdict == Verdict.Fail ? $"fails '{t.Text}'" : $"leaves '{t.Text}' undecided").ToArray();
        return lost.Length == 0 ? "" : ", and " + List(lost);
    }

    private static string List(string[] parts) => parts.Length < 2
        ? string.Concat(parts)
        : string.Join(", ", parts[..^1]) + " and " + parts[^1];

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    private static string Percent(double share)
    {
        var percent = 100 * share;
        return (percent < 10 ? percent.ToString("G2", CultureInfo.InvariantCulture)
            : percent.ToString("F0", CultureInfo.InvariantCulture)) + " %";
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
