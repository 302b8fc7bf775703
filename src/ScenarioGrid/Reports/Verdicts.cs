using System.Globalization;
using ScenarioGrid.Frontiers;

namespace ScenarioGrid.Reports;

/// <summary>A threshold as tables show it.</summary>
/// <param name="Text">As written.</param>
/// <param name="Value">Estimate in the cell judged.</param>
/// <param name="Interval">Its 95 % confidence interval.</param>
/// <param name="Verdict">Whether the bound holds.</param>
/// <param name="Passing">In how many cells it holds.</param>
internal sealed record ThresholdLine(string Text, string Value, string Interval, Verdict Verdict, int Passing);

/// <summary>The first lines of every report: did it pass, and what is recommended.</summary>
internal static class Verdicts
{
    /// <summary>True when the cell judged keeps every threshold; null when nothing can be judged.</summary>
    public static bool? Passed(ReportData data) =>
        data.Judged is null || data.Campaign.Thresholds.Count == 0 ? null : data.Judged.Passes;

    /// <summary>The verdict in a few words, with its sign.</summary>
    public static string Line(ReportData data)
    {
        var (count, cells) = (data.Campaign.Thresholds.Count, data.Cells.Count);
        if (data.Judged is null)
        {
            return "\u2717 No cell has a result.";
        }

        if (count == 0)
        {
            return "\u25cb No thresholds are set, so nothing can fail.";
        }

        var passing = data.Cells.Count(c => c.Passes);
        var rule = count == 1 ? "the threshold" : count == 2 ? "both thresholds" : Invariant($"all {count} thresholds");
        return data.Judged.Passes
            ? Invariant($"\u2713 Pass: {passing} of {cells} cells keep {rule}.")
            : Invariant($"\u2717 Fail: no cell of {cells} keeps {rule} on its confidence bound.");
    }

    /// <summary>The recommended balance in one sentence.</summary>
    public static string Sentence(ReportData data)
    {
        if (data.Recommendation is not { } choice)
        {
            return data.Cells.Count == 0 ? "See the failed cells below."
                : "No objectives are set, so no setting is recommended.";
        }

        var outcome = string.Join(", ", data.Campaign.Objectives.Select((o, i) =>
            $"{o.Axis} {data.ObjectiveText(i, choice.Cell.Objectives[i].Value)}"));
        var name = choice.Passes ? "Recommended balance" : "Nearest to passing";
        return Invariant(
            $"{name}: {data.Settings(choice.Cell.Settings)} (cell {choice.Cell.Index}), which gives {outcome}.");
    }

    /// <summary>Every threshold in the cell judged.</summary>
    public static IEnumerable<ThresholdLine> Thresholds(ReportData data) => data.Campaign.Thresholds.Select((t, i) =>
    {
        var unit = data.UnitOf(t.Measure, t.Statistic);
        var estimate = data.EstimateOf(data.Judged!.Index, t.Measure, t.Statistic)!.Value;
        return new ThresholdLine(t.Text, DisplayUnit.Text(estimate.Value, unit), ReportData.Interval(estimate, unit),
            data.Judged.Thresholds[i].Verdict, data.Cells.Count(c => c.Thresholds[i].Verdict == Verdict.Pass));
    });

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
