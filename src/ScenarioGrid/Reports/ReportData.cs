using ScenarioGrid.Campaigns;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Reports;

/// <summary>An outcome with what every section and chart asks for: units, labels, the cell judged.</summary>
public sealed class ReportData
{
    private readonly Dictionary<long, int> _rowOf = [];
    private readonly Dictionary<string, int> _positionOf = [];

    public ReportData(RunOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Outcome = outcome;
        Stress = StressTimes.Of(outcome.Campaign);
        for (var row = 0; row < Cells.Count; row++)
        {
            _rowOf[Cells[row].Index] = row;
        }

        foreach (var statistic in Campaign.Statistics)
        {
            _positionOf.TryAdd(statistic, _positionOf.Count);
        }

        ObjectiveUnits = [.. Campaign.Objectives.Select((o, i) => DisplayUnit.Of(
            UnitOf(o.Measure, o.Statistic), Cells.Select(c => c.Objectives[i].Value)))];
        Results = outcome.Results.ToDictionary(r => r.Cell);
        Judged = outcome.Frontier.Recommendation?.Cell ?? Cells.FirstOrDefault(c => c.Passes)
            ?? (Cells.Count > 0 ? Cells[0] : null);
    }

    public RunOutcome Outcome { get; }

    public Campaign Campaign => Outcome.Campaign;

    public Frontier Frontier => Outcome.Frontier;

    public Recommendation? Recommendation => Frontier.Recommendation;

    public IReadOnlyList<Axis> Axes => Outcome.Grid.Axes;

    public IReadOnlyList<MeasuredCell> Cells => Frontier.Cells;

    /// <summary>Results by cell number.</summary>
    public IReadOnlyDictionary<long, CellResult> Results { get; }

    /// <summary>
    /// The cell whose thresholds are shown: the recommended one, else one that passes, else the first; null without
    /// cells.
    /// </summary>
    public MeasuredCell? Judged { get; }

    /// <summary>Unit in which each objective is drawn.</summary>
    public IReadOnlyList<DisplayUnit> ObjectiveUnits { get; }

    /// <summary>Unit of a statistic of a measure: probabilities are fractions whatever the measure.</summary>
    public UnitInfo UnitOf(int measure, string statistic) =>
        statistic == "prob" ? Fraction.Info : Campaign.Measures[measure].Port.Unit;

    /// <summary>True for cells on the frontier.</summary>
    public bool IsOnFrontier(long cell) => _rowOf.TryGetValue(cell, out var row) && Frontier.IsOnFrontier[row];

    /// <summary>Probability that a cell is on the frontier, given its standard errors.</summary>
    public double Membership(long cell) =>
        _rowOf.TryGetValue(cell, out var row) ? Frontier.MembershipProbability[row] : 0;

    public MeasuredCell? Cell(long number) => _rowOf.TryGetValue(number, out var row) ? Cells[row] : null;

    /// <summary>What the cell of the recommendation is called.</summary>
    public string ChoiceName => Recommendation is { Passes: false } ? "nearest to passing" : "recommended";

    /// <summary>"recommended", "frontier", "dominated"; cells without objectives are only "measured".</summary>
    public string StandingOf(long cell) =>
        Recommendation is null ? "measured"
        : Recommendation.Cell.Index == cell ? ChoiceName
        : IsOnFrontier(cell) ? "frontier" : "dominated";

    /// <summary>A statistic of a measure in a cell; null when the cell failed.</summary>
    public Estimate? EstimateOf(long cell, int measure, string statistic)
    {
        return _positionOf.TryGetValue(statistic, out var position)
            && Results.TryGetValue(cell, out var result) && result.Error is null
            ? result.At(measure, position, Campaign.Statistics.Count)
            : null;
    }

    /// <summary>"twap.window 30m, vaults.liquidationThreshold 83 %".</summary>
    public string Settings(double[] settings) => Axes.Count == 0
        ? "as written, nothing is swept"
        : string.Join(", ", Axes.Select((a, i) => $"{a.Name} {Label(i, settings[i])}"));

    /// <summary>The stress calendar as declared.</summary>
    public StressTimes Stress { get; }

    /// <summary>A setting as people write it.</summary>
    public string Label(int axis, double value) =>
        Parameter(Axes[axis]) is { } parameter && Axes[axis].Unit is null
            ? ParameterText(parameter, value)
            : Axes[axis].Label(value);

    /// <summary>The parameter that an axis sets; null for calendar fields.</summary>
    public ParameterInfo? Parameter(Axis axis)
    {
        var kind = axis.Target == AxisTarget.Shock
            ? Campaign.Shocks.FirstOrDefault(s => s.Name == axis.Owner)?.Kind
            : Campaign.Instances.FirstOrDefault(i => i.Name == axis.Owner)?.Kind;
        return axis.Target == AxisTarget.Calendar || kind is null || axis.Parameter >= kind.Parameters.Count
            ? null
            : kind.Parameters[axis.Parameter];
    }

    /// <summary>A parameter value: a quantity with unit, a choice by name, a switch as on or off.</summary>
    public static string ParameterText(ParameterInfo parameter, double value) =>
        parameter.Choices is { } choices ? choices[Math.Clamp((int)value, 0, choices.Count - 1)]
        : parameter.IsSwitch ? (value != 0 ? "on" : "off")
        : DisplayUnit.Text(value, parameter.Unit);

    /// <summary>"1.2M USD" of an objective.</summary>
    public string ObjectiveText(int objective, double value) => DisplayUnit.Text(
        value, UnitOf(Campaign.Objectives[objective].Measure, Campaign.Objectives[objective].Statistic));

    /// <summary>"1.1M USD to 1.3M USD"; a side that the paths do not bound is said to be open.</summary>
    public static string Interval(Estimate estimate, UnitInfo unit) => (estimate.Low, estimate.High) switch
    {
        (double.NegativeInfinity, double.PositiveInfinity) => "not bounded by so few paths",
        (double.NegativeInfinity, var high) => $"at most {DisplayUnit.Text(high, unit)}",
        (var low, double.PositiveInfinity) => $"at least {DisplayUnit.Text(low, unit)}",
        var (low, high) when low == high => "exact",
        var (low, high) => Range(DisplayUnit.Text(low, unit), DisplayUnit.Text(high, unit)),
    };

    /// <summary>"74.99 to 76.78 %": a unit that both ends share is written once.</summary>
    private static string Range(string low, string high)
    {
        var (lowUnit, highUnit) = (low.LastIndexOf(' '), high.LastIndexOf(' '));
        return lowUnit > 0 && highUnit > 0 && low[lowUnit..] == high[highUnit..]
            ? $"{low[..lowUnit]} to {high}"
            : $"{low} to {high}";
    }

    /// <summary>Words of a verdict with a sign that does not need colour.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "\u2713 pass",
        Verdict.Fail => "\u2717 fail",
        _ => "? undecided",
    };
}
