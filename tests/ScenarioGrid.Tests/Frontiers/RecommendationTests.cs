using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class RecommendationTests
{
    private static readonly Objective[] Objectives =
        [new("robustness", "badDebt.es99", Minimise), new("scalability", "lag.p95", Minimise)];

    private static readonly string[] Parameters = ["window"];

    [Fact]
    public void The_knee_of_the_passing_cells_is_chosen_with_its_reasons()
    {
        var result = Recommendation.Of(Windows(limit: 120), Parameters, Objectives);
        Assert.Equal((2, ChoiceRule.Knee, 4, true),
            (result.Cell.Index, result.Rule, result.Passing, result.Passes));
        Assert.Equal([1, 2, 3, 4], result.Candidates);
        Assert.Equal(
        [
            "It passes the threshold on the confidence bound, as 4 of 5 cells do.",
            "4 of 4 passing cells are on the frontier: no other is better beyond noise on one objective "
                + "and no worse on the rest.",
            "It is the knee of the frontier: beyond it a gain on one objective costs the most on the others.",
            "One step less window (15 to 5) cuts lag.p95 by 50 % but raises badDebt.es99 by 150 %.",
            "One step more window (15 to 30) cuts badDebt.es99 by 15 % but raises lag.p95 by 100 %.",
        ], result.Reasons.Select(r => r.Sentence));
    }

    [Fact]
    public void Steps_are_data_as_well_as_sentences()
    {
        var step = Recommendation.Of(Windows(limit: 120), Parameters, Objectives).Reasons[^1];
        Assert.Equal((ReasonKind.Step, "window", 3), (step.Kind, step.Parameter, step.Neighbour!.Index));
        Assert.Equal([Change.Better, Change.Worse], step.Changes.Select(c => c.Change));
        Assert.Equal([-0.15, 1.0], step.Changes.Select(c => c.Relative));
    }

    [Fact]
    public void Runners_up_say_what_they_change_and_which_threshold_they_lose()
    {
        var result = Recommendation.Of(Windows(limit: 120), Parameters, Objectives, (_, v) => $"{v} min");
        Assert.Equal([3, 1, 4], result.RunnersUp.Select(r => r.Cell.Index));
        Assert.Equal("Cell 3 (window 30 min) cuts badDebt.es99 by 15 % but raises lag.p95 by 100 %.",
            result.RunnersUp[0].Sentence);

        var strict = Recommendation.Of(Windows(limit: 37), Parameters, Objectives);
        Assert.Equal((3, ChoiceRule.NearestToIdeal, 2), (strict.Cell.Index, strict.Rule, strict.Passing));
        Assert.Contains(strict.Reasons, r => r.Sentence ==
            "One step less window (30 to 15) cuts lag.p95 by 50 % but raises badDebt.es99 by 18 %, "
            + "and fails 'badDebt.es99 < 37'.");
    }

    [Fact]
    public void If_nothing_passes_the_nearest_is_named_as_such()
    {
        var result = Recommendation.Of(Windows(limit: 20), Parameters, Objectives);
        Assert.Equal((4, ChoiceRule.LeastViolation, 0, false),
            (result.Cell.Index, result.Rule, result.Passing, result.Passes));
        Assert.Equal(
            "No cell passes every threshold; this one comes nearest: it fails 'badDebt.es99 < 20' (bound off by 60 %).",
            result.Reasons[0].Sentence);
        Assert.Equal([3, 2, 1], result.RunnersUp.Select(r => r.Cell.Index));
    }

    [Fact]
    public void Differences_within_noise_are_called_so()
    {
        MeasuredCell[] cells =
            [Cell(0, 1, (10, 5), (3, 0.1)), Cell(1, 2, (11, 5), (3, 0.1)), Cell(2, 3, (11, 5), (2, 0.1))];
        var result = Recommendation.Of(cells, Parameters, Objectives);
        Assert.Equal(2, result.Cell.Index);
        Assert.Equal("No thresholds are set, so every cell may be chosen.", result.Reasons[0].Sentence);
        Assert.Equal("It is the only cell on the frontier.", result.Reasons[2].Sentence);
        Assert.Equal("One step less window (3 to 2) raises lag.p95 by 50 %; badDebt.es99 stays within noise.",
            result.Reasons[3].Sentence);
    }

    [Fact]
    public void The_order_of_the_cells_does_not_matter() =>
        Gen.Shuffle(Windows(limit: 120)).Sample(cells =>
        {
            var result = Recommendation.Of(cells, Parameters, Objectives);
            Assert.Equal(2, result.Cell.Index);
            Assert.Equal([3, 1, 4], result.RunnersUp.Select(r => r.Cell.Index));
        });

    [Fact]
    public void The_recommended_cell_is_a_candidate_and_passes_if_any_does() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[0, 4]).Array[1, 30].Sample(raw =>
        {
            MeasuredCell[] cells =
                [.. raw.Select((r, i) => Cell(i, i % 5, (r.Item1, r.Item3), (r.Item2, r.Item3), 15))];
            var result = Recommendation.Of(cells, Parameters, Objectives);
            Assert.Contains(result.Cell.Index, result.Candidates);
            Assert.Equal(cells.Any(c => c.Passes), result.Passes);
            Assert.Equal(result.Cell.Passes, result.Passes);
            Assert.DoesNotContain(result.Cell, result.RunnersUp.Select(r => r.Cell));
        });

    [Fact]
    public void Without_cells_there_is_no_recommendation() =>
        Assert.Throws<ArgumentException>(() => Recommendation.Of([], Parameters, Objectives));

    private static MeasuredCell[] Windows(double limit) =>
    [
        Cell(0, 1, (200, 1), (5, 0.1), limit), Cell(1, 5, (100, 1), (10, 0.1), limit),
        Cell(2, 15, (40, 1), (20, 0.1), limit), Cell(3, 30, (34, 1), (40, 0.1), limit),
        Cell(4, 60, (30, 1), (80, 0.1), limit),
    ];

    private static MeasuredCell Cell(
        long index, double window, (double Value, double Error) debt, (double Value, double Error) lag,
        double? limit = null)
    {
        var (a, b) = (Normal(debt.Value, debt.Error), Normal(lag.Value, lag.Error));
        return new MeasuredCell(index, [window], [a, b],
            limit is { } l ? [ThresholdVerdict.Of($"badDebt.es99 < {l}", a, Comparison.Less, l)] : []);
    }

    private static Estimate Normal(double value, double error) =>
        new(value, value - 1.96 * error, value + 1.96 * error, error, 1000);
}
