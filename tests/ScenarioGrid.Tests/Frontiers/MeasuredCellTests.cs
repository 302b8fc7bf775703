using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Frontiers;

public class MeasuredCellTests
{
    private static readonly Estimate Ten = new(10, 8, 13, 1.2, 400);

    [Theory]
    [InlineData(Comparison.Less, 14, Verdict.Pass)]
    [InlineData(Comparison.Less, 13, Verdict.Undecided)]
    [InlineData(Comparison.LessOrEqual, 13, Verdict.Pass)]
    [InlineData(Comparison.Less, 9, Verdict.Undecided)]
    [InlineData(Comparison.Less, 8, Verdict.Fail)]
    [InlineData(Comparison.LessOrEqual, 8, Verdict.Undecided)]
    [InlineData(Comparison.Greater, 7, Verdict.Pass)]
    [InlineData(Comparison.Greater, 8, Verdict.Undecided)]
    [InlineData(Comparison.GreaterOrEqual, 8, Verdict.Pass)]
    [InlineData(Comparison.Greater, 13, Verdict.Fail)]
    [InlineData(Comparison.GreaterOrEqual, 13, Verdict.Undecided)]
    public void A_threshold_passes_only_on_the_confidence_bound(Comparison comparison, double limit, Verdict expected)
    {
        var threshold = ThresholdVerdict.Of("x", Ten, comparison, limit);
        Assert.Equal(expected, threshold.Verdict);
        Assert.Equal(expected == Verdict.Pass, new MeasuredCell(0, [], [], [threshold]).Passes);
    }

    [Fact]
    public void Misses_are_relative_to_the_limit()
    {
        var below = ThresholdVerdict.Of("x", Ten, Comparison.Less, 5);
        Assert.Equal((1.6, 1.0), (below.BoundMiss, below.ValueMiss));
        var above = ThresholdVerdict.Of("x", Ten, Comparison.Greater, 16);
        Assert.Equal((0.5, 0.375), (above.BoundMiss, above.ValueMiss));
        Assert.Equal(13, ThresholdVerdict.Of("x", Ten, Comparison.Less, 0).BoundMiss);
        Assert.Equal(0, ThresholdVerdict.Of("x", Ten, Comparison.Less, 20).BoundMiss);
    }

    [Fact]
    public void A_bound_that_is_not_known_decides_nothing() =>
        Assert.Equal(Verdict.Undecided,
            ThresholdVerdict.Of("x", Estimate.Unbounded(1, 1), Comparison.Less, 1e300).Verdict);
}
