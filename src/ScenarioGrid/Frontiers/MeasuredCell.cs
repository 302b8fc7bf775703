using ScenarioGrid.Measures;

namespace ScenarioGrid.Frontiers;

/// <summary>A cell with everything a choice between cells needs.</summary>
/// <param name="Index">Number of the cell in the sweep.</param>
/// <param name="Settings">Value of each swept parameter, in base units, in the order of the sweep.</param>
/// <param name="Objectives">Estimate of each objective, in the order of the objectives.</param>
/// <param name="Thresholds">Outcome of each threshold, in the order of the thresholds.</param>
public sealed record MeasuredCell(
    long Index, double[] Settings, Estimate[] Objectives, ThresholdVerdict[] Thresholds)
{
    /// <summary>True when every threshold passes on its confidence bound; true without thresholds.</summary>
    public bool Passes => Array.TrueForAll(Thresholds, t => t.Verdict == Verdict.Pass);
}

/// <summary>Whether a threshold holds.</summary>
public enum Verdict
{
    /// <summary>The whole confidence interval is on the right side.</summary>
    Pass,

    /// <summary>The whole confidence interval is on the wrong side.</summary>
    Fail,

    /// <summary>The interval contains the limit: more paths are needed.</summary>
    Undecided,
}

/// <summary>How a threshold compares.</summary>
public enum Comparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Outcome of one threshold in one cell.</summary>
/// <param name="Text">The threshold as written, such as <c>vaults.badDebt.p99 &lt; 2.5M USD</c>.</param>
/// <param name="Verdict">Pass only when the confidence bound passes.</param>
/// <param name="BoundMiss">By how much the bound misses the limit, over the limit's size; 0 on a pass, maybe
/// infinite.</param>
/// <param name="ValueMiss">The same for the estimate itself.</param>
public sealed record ThresholdVerdict(string Text, Verdict Verdict, double BoundMiss, double ValueMiss)
{
    /// <summary>Compares an estimate with a limit.</summary>
    /// <param name="text">The threshold as written.</param>
    /// <param name="estimate">The estimate with its interval.</param>
    /// <param name="comparison">Which side is right.</param>
    /// <param name="limit">The limit, in the unit of the estimate; a limit of 0 has size 1.</param>
    public static ThresholdVerdict Of(string text, Estimate estimate, Comparison comparison, double limit)
    {
        var below = comparison is Comparison.Less or Comparison.LessOrEqual;
        var (good, bad) = below ? (estimate.Low, estimate.High) : (estimate.High, estimate.Low);
        var verdict = Holds(bad, comparison, limit) ? Verdict.Pass
            : Holds(good, comparison, limit) ? Verdict.Undecided
            : Verdict.Fail;
        return new ThresholdVerdict(text, verdict, Miss(bad), Miss(estimate.Value));

        double Miss(double value) =>
            Math.Max(0, below ? value - limit : limit - value) / (limit == 0 ? 1 : Math.Abs(limit));
    }

    private static bool Holds(double value, Comparison comparison, double limit) => comparison switch
    {
        Comparison.Less => value < limit,
        Comparison.LessOrEqual => value <= limit,
        Comparison.Greater => value > limit,
        _ => value >= limit,
    };
}
