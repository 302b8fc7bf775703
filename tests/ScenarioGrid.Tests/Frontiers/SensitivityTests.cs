using ScenarioGrid.Cells;
using ScenarioGrid.Frontiers;

namespace ScenarioGrid.Tests.Frontiers;

public class SensitivityTests
{
    private static readonly string[] Names = ["x", "y", "z"];

    [Fact]
    public void A_grid_of_a_sum_and_a_product_by_hand()
    {
        // f = 3 x + y + 2 x y on {-1, 1}^2: variances 9, 1 and 4 of 14.
        double[][] settings = [[-1, -1], [1, -1], [-1, 1], [1, 1]];
        double[] values = [.. settings.Select(s => 5 + 3 * s[0] + s[1] + 2 * s[0] * s[1])];
        var result = Sensitivity.Of(settings, values, ["x", "y"]);
        Assert.True(result.IsExact);
        Assert.Equal((5, 14), (result.Mean, result.Variance));
        Assert.Equal(9.0 / 14, result.Axes[0].Share, 1e-15);
        Assert.Equal(1.0 / 14, result.Axes[1].Share, 1e-15);
        Assert.Equal(13.0 / 14, result.Axes[0].TotalShare, 1e-15);
        Assert.Equal(4.0 / 14, Assert.Single(result.Interactions).Share, 1e-15);
        Assert.Equal([(-1, 2), (1, 8)], result.Axes[0].Levels);
    }

    [Fact]
    public void On_a_grid_of_three_axes_all_shares_with_the_triple_add_up() =>
        Gen.Double[-5, 5].Array[2 * 3 * 4].Sample(values =>
        {
            double[][] settings = [.. Enumerable.Range(0, 24).Select(i => new double[] { i % 2, i / 2 % 3, i / 6 })];
            var result = Sensitivity.Of(settings, values, Names);
            var pairs = result.Interactions.Sum(i => i.Share);
            var singles = result.Axes.Sum(a => a.Share);
            // Totals count a pair twice and the triple three times.
            var triple = 1 - singles - pairs;
            Assert.InRange(triple, -1e-12, 1);
            Assert.Equal(singles + 2 * pairs + 3 * triple, result.Axes.Sum(a => a.TotalShare), 1e-9);
        });

    [Fact]
    public void The_order_of_the_cells_does_not_matter()
    {
        double[][] settings = [.. Enumerable.Range(0, 12).Select(i => new double[] { i % 3, i / 3 })];
        double[] values = [.. settings.Select(s => s[0] * s[0] + s[1])];
        var (a, b) = (Sensitivity.Of(settings, values, ["x", "y"]),
            Sensitivity.Of([.. settings.Reverse()], [.. values.Reverse()], ["x", "y"]));
        Assert.Equal(a.Axes[0].Share, b.Axes[0].Share, 1e-14);
        Assert.Equal(a.Axes[0].Levels.Select(l => l.Setting), b.Axes[0].Levels.Select(l => l.Setting));
    }

    [Fact]
    public void An_objective_that_nothing_moves_has_no_shares()
    {
        var result = Sensitivity.Of([[1], [2]], [7, 7], ["x"]);
        Assert.Equal((0, 0), (result.Axes[0].Share, result.Axes[0].TotalShare));
    }

    // Exact first-order indices of the Ishigami function with a = 7, b = 0.1 (Saltelli et al. 2008).
    [Fact]
    public void A_sampled_design_estimates_the_first_order_of_Ishigami()
    {
        var sobol = new SobolSequence(3, seed: 5);
        double[][] settings =
            [.. Enumerable.Range(0, 4096).Select(i => Ishigami.Point(d => sobol.Coordinate(i, d)))];
        var result = Sensitivity.Of(settings, [.. settings.Select(Ishigami.Value)], Names);
        Assert.False(result.IsExact);
        Assert.Empty(result.Interactions);
        Assert.Equal(Ishigami.Variance, result.Variance, 0.05);
        Assert.All(Ishigami.First.Zip(result.Axes), p => Assert.Equal(p.First, p.Second.Share, 0.02));
        Assert.All(result.Axes, a => Assert.True(double.IsNaN(a.TotalShare)));
    }

    [Fact]
    public void A_grid_gives_first_and_total_indices_of_Ishigami()
    {
        // The midpoint rule on periodic functions converges fast; only the fourth power of z is not periodic.
        double[][] settings =
        [
            .. Enumerable.Range(0, 40 * 40 * 40).Select(i => Ishigami.Point(d =>
                ((d == 0 ? i % 40 : d == 1 ? i / 40 % 40 : i / 1600) + 0.5) / 40)),
        ];
        var result = Sensitivity.Of(settings, [.. settings.Select(Ishigami.Value)], Names);
        Assert.True(result.IsExact);
        Assert.All(Ishigami.First.Zip(result.Axes), p => Assert.Equal(p.First, p.Second.Share, 0.002));
        Assert.All(Ishigami.Total.Zip(result.Axes), p => Assert.Equal(p.First, p.Second.TotalShare, 0.002));
    }

    [Fact]
    public void Noise_alone_explains_nothing()
    {
        var design = new LatinHypercube(2000, 3, seed: 3);
        double[][] settings = [.. Enumerable.Range(0, 2000)
            .Select(i => new[] { design.Coordinate(i, 0), design.Coordinate(i, 1) })];
        double[] noise = [.. Enumerable.Range(0, 2000).Select(i => design.Coordinate(i, 2))];
        Assert.All(Sensitivity.Of(settings, noise, ["x", "y"]).Axes, a => Assert.InRange(a.Share, 0, 0.02));
    }

    [Fact]
    public void Cells_without_a_finite_value_are_refused() =>
        Assert.Throws<ArgumentException>(() => Sensitivity.Of([[1], [2]], [1, double.PositiveInfinity], ["x"]));
}
