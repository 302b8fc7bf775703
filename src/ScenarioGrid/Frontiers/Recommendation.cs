namespace ScenarioGrid.Frontiers;

/// <summary>The rule that picked the recommended cell.</summary>
public enum ChoiceRule
{
    /// <summary>The bend of the frontier: largest distance below the plane through its extremes.</summary>
    Knee,

    /// <summary>Nearest to the ideal, because the frontier has no bend.</summary>
    NearestToIdeal,

    /// <summary>The least violation, because no cell passes every threshold.</summary>
    LeastViolation,
}

/// <summary>A cell that was nearly recommended, and what choosing it instead would change.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Changes">Each objective compared with the recommended cell.</param>
/// <param name="Sentence">The same in plain English.</param>
public sealed record RunnerUp(MeasuredCell Cell, IReadOnlyList<ObjectiveChange> Changes, string Sentence);

/// <summary>The cell to choose, why, and what the alternatives would change.</summary>
/// <remarks>
/// <para>
/// Among the cells that pass every threshold on the confidence bound, those that no other passing cell beats beyond
/// noise (<see cref="UncertainDominance"/>) are candidates. The knee of the candidates is chosen, or the candidate
/// nearest to the ideal if they have no bend (<see cref="Knee"/>); ties go to the lower cell number.
/// </para>
/// <para>
/// If no cell passes, the cell with the least sum of relative misses is named instead, and the reasons say so:
/// misses of the confidence bounds first, then of the estimates, then the lower cell number.
/// </para>
/// </remarks>
/// <param name="Cell">The recommended cell, or the nearest to passing.</param>
/// <param name="Rule">How it was picked.</param>
/// <param name="Candidates">Numbers of the cells it was picked from, ascending.</param>
/// <param name="Passing">How many cells pass every threshold.</param>
/// <param name="Reasons">Why, most important first.</param>
/// <param name="RunnersUp">The next best, up to three.</param>
public sealed record Recommendation(
    MeasuredCell Cell,
    ChoiceRule Rule,
    IReadOnlyList<long> Candidates,
    int Passing,
    IReadOnlyList<Reason> Reasons,
    IReadOnlyList<RunnerUp> RunnersUp)
{
    private const int RunnersUpMax = 3;

    /// <summary>True when the recommended cell passes every threshold.</summary>
    public bool Passes => Rule != ChoiceRule.LeastViolation;

    /// <summary>Chooses a cell.</summary>
    /// <param name="cells">All measured cells, at least one.</param>
    /// <param name="parameters">Names of the swept parameters, in the order of the settings.</param>
    /// <param name="objectives">The objectives, at least one.</param>
    /// <param name="format">Writes a setting (parameter number, value) with its unit; plain numbers by default.</param>
    /// <exception cref="ArgumentException">There is no cell, or an estimate is not a number.</exception>
    public static Recommendation Of(
        IReadOnlyList<MeasuredCell> cells,
        IReadOnlyList<string> parameters,
        IReadOnlyList<Objective> objectives,
        Func<int, double, string>? format = null)
    {
        if (cells.Count == 0)
        {
            throw new ArgumentException("a recommendation needs at least one measured cell", nameof(cells));
        }

        var ordered = cells.OrderBy(c => c.Index).ToArray();
        var passing = ordered.Where(c => c.Passes).ToArray();
        var (rule, ranked) = passing.Length > 0 ? Balanced(passing, objectives) : LeastViolating(ordered);
        var chosen = ranked[0];
        var words = new Wording(parameters, objectives, format);
        return new Recommendation(
            chosen,
            rule,
            [.. ranked.Select(c => c.Index).Order()],
            passing.Length,
            words.Reasons(chosen, rule, ordered, passing.Length, ranked.Count),
            [.. ranked.Skip(1).Take(RunnersUpMax).Select(c => words.RunnerUp(c, chosen))]);
    }

    private static (ChoiceRule, IReadOnlyList<MeasuredCell>) Balanced(
        MeasuredCell[] passing, IReadOnlyList<Objective> objectives)
    {
        var directions = objectives.Select(o => o.Direction).ToArray();
        var kept = UncertainDominance.NonDominated(
            [.. passing.Select(Values)],
            [.. passing.Select(c => c.Objectives.Select(o => o.StandardError).ToArray())],
            directions);
        var candidates = passing.Where((_, i) => kept[i]).ToArray();
        double[][] points = [.. candidates.Select(Values)];
        var isBend = Knee.Find(points, directions).IsBend;
        var scores = isBend
            ? [.. Knee.Distances(points, directions).Select(d => -d)]
            : Knee.IdealDistances(points, directions);
        var ranked = Enumerable.Range(0, candidates.Length)
            .OrderBy(i => scores[i]).ThenBy(i => i).Select(i => candidates[i]).ToArray();
        return (isBend ? ChoiceRule.Knee : ChoiceRule.NearestToIdeal, ranked);
    }

    private static (ChoiceRule, IReadOnlyList<MeasuredCell>) LeastViolating(MeasuredCell[] cells) =>
        (ChoiceRule.LeastViolation,
        [.. cells.OrderBy(c => c.Thresholds.Sum(t => t.BoundMiss))
            .ThenBy(c => c.Thresholds.Sum(t => t.ValueMiss)).ThenBy(c => c.Index)]);

    private static double[] Values(MeasuredCell cell) => [.. cell.Objectives.Select(o => o.Value)];
}
