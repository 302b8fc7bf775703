using ScenarioGrid.Frontiers;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class UncertainDominanceTests
{
    private static readonly Gen<(double[][] Values, double[][] Errors)> Cells =
        Gen.Int[1, 4].SelectMany(k => Gen.Select(Gen.Int[0, 12].Array[k], Gen.Double[0, 2].Array[k]).Array[1, 60])
            .Select(cells => (
                cells.Select(c => c.Item1.Select(v => (double)v).ToArray()).ToArray(),
                cells.Select(c => c.Item2).ToArray()));

    [Fact]
    public void Without_noise_it_is_plain_dominance() => Cells.Sample(cells =>
    {
        var directions = Directions(cells.Values);
        Assert.Equal(
            Dominance.NonDominated(cells.Values, directions),
            UncertainDominance.NonDominated(
                cells.Values, [.. cells.Errors.Select(e => new double[e.Length])], directions));
    });

    [Fact]
    public void Every_removed_cell_is_beaten_by_a_kept_one_and_one_is_always_kept() => Cells.Sample(cells =>
    {
        var kept = UncertainDominance.NonDominated(cells.Values, cells.Errors, Directions(cells.Values));
        Assert.Contains(true, kept);
        for (var a = 0; a < kept.Length; a++)
        {
            Assert.True(kept[a] || Enumerable.Range(0, kept.Length).Any(b => kept[b] && Beats(cells, b, a)));
        }
    });

    [Fact]
    public void Two_objectives_equal_within_noise_keep_both_cells()
    {
        double[][] errors = [[1, 1], [1, 1]];
        Assert.Equal([true, true],
            UncertainDominance.NonDominated([[10, 10], [11, 12]], errors, [Minimise, Minimise]));
        // 2 sqrt(2) = 2.83: a difference of 3 is beyond noise, the loss of 2 on the other is not.
        Assert.Equal([true, false],
            UncertainDominance.NonDominated([[12, 10], [10, 13]], errors, [Minimise, Minimise]));
        Assert.Equal([false, true],
            UncertainDominance.NonDominated([[12, 10], [10, 13]], errors, [Minimise, Maximise]));
    }

    [Fact]
    public void A_circle_of_cells_that_beat_each_other_keeps_one()
    {
        // Each cell gains 4 on one objective and loses 2 on the others: beyond and within 2 sqrt(2).
        double[][] values = [[0, 4, 2], [2, 0, 4], [4, 2, 0]];
        double[][] errors = [[1, 1, 1], [1, 1, 1], [1, 1, 1]];
        Assert.True(Beats((values, errors), 0, 2) && Beats((values, errors), 1, 0) && Beats((values, errors), 2, 1));
        Assert.Contains(true, UncertainDominance.NonDominated(values, errors, [Minimise, Minimise, Minimise]));
    }

    [Fact]
    public void A_known_paired_error_removes_what_independent_noise_would_keep()
    {
        double[][] values = [[10, 10], [11, 11]], errors = [[1, 1], [1, 1]];
        Assert.Equal([true, false],
            UncertainDominance.NonDominated(values, errors, [Minimise, Minimise], (_, _, _) => 0.1));
    }

    [Fact]
    public void A_cell_that_nothing_is_known_of_is_kept() =>
        Assert.Equal([true, true], UncertainDominance.NonDominated(
            [[0, 0], [5, 5]], [[0, 0], [double.PositiveInfinity, double.PositiveInfinity]], [Minimise, Minimise]));

    [Fact]
    public void A_negative_error_is_refused() =>
        Assert.Throws<ArgumentException>(() => UncertainDominance.NonDominated([[0]], [[-1]], [Minimise]));

    [Fact]
    public void A_hundred_thousand_noisy_cells_are_filtered()
    {
        // Arcs behind arcs: the front one is a frontier, of which noise leaves cells apart; those behind are beaten.
        double[][] values =
        [
            .. Enumerable.Range(0, 100_000).Select(i =>
            {
                var (angle, radius) = (i % 1000 / 999.0 * Math.PI / 2, 1 - i / 1000 / 200.0);
                return new[] { 1 - radius * Math.Cos(angle), 1 - radius * Math.Sin(angle) };
            }),
        ];
        var kept = UncertainDominance.NonDominated(
            values, [.. values.Select(_ => new[] { 0.002, 0.002 })], [Minimise, Minimise]);
        Assert.InRange(kept.Count(k => k), 100, 2000);
        Assert.DoesNotContain(true, kept.Skip(10_000));
    }

    private static Direction[] Directions(double[][] values) => [.. values[0].Select(_ => Minimise)];

    private static bool Beats((double[][] Values, double[][] Errors) cells, int b, int a)
    {
        var pairs = Enumerable.Range(0, cells.Values[a].Length).Select(j => (
            Gain: cells.Values[a][j] - cells.Values[b][j],
            Tolerance: 2 * Math.Sqrt(
                cells.Errors[a][j] * cells.Errors[a][j] + cells.Errors[b][j] * cells.Errors[b][j]))).ToArray();
        return pairs.All(p => p.Gain >= -p.Tolerance - 1e-12) && pairs.Any(p => p.Gain > p.Tolerance - 1e-12);
    }
}
