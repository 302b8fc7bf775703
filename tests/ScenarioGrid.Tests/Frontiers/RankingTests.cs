using ScenarioGrid.Frontiers;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class RankingTests
{
    // security.md section 11, row TO-6; source S35 (public TOPSIS example of five phones).
    [Fact]
    public void TO_6_Topsis()
    {
        double[][] rows = [[250, 16, 12, 5], [200, 16, 8, 3], [300, 32, 16, 4], [275, 32, 8, 4], [225, 16, 16, 2]];
        var scores = Ranking.Topsis(rows, [1, 1, 1, 1], [Minimise, Maximise, Maximise, Maximise]);
        double[] expected = [.5342768571821, .3083677687325, .6916322312675, .5347365844868, .4010461215168];
        Assert.All(expected.Zip(scores), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    // Row TO-8; computed by hand.
    [Fact]
    public void TO_8_minimax_regret()
    {
        var (regrets, choice) = Ranking.MinimaxRegret([[5, 9, 2], [6, 6, 5], [8, 4, 7], [3, 12, 6]]);
        Assert.Equal([5, 3, 5, 8], regrets);
        Assert.Equal(1, choice);
    }

    // Row TO-11; computed independently.
    [Fact]
    public void TO_11_scores_of_desirability()
    {
        double[] values = [.8, .5, .9], weights = [.5, .3, .2];
        Assert.Equal(.71135190139, Ranking.Geometric(values, weights), 1e-11);
        Assert.Equal(.73, Ranking.Arithmetic(values, weights), 1e-15);
        Assert.Equal(.632455532034, Ranking.Derringer(7, 5, 10, .5), 1e-12);
    }

    [Fact]
    public void Desirability_is_clipped_and_works_downwards()
    {
        Assert.Equal(0, Ranking.Derringer(4, 5, 10, 1));
        Assert.Equal(1, Ranking.Derringer(11, 5, 10, 1));
        Assert.Equal(0.25, Ranking.Derringer(9, 10, 6, 1));
        Assert.Equal(0, Ranking.Geometric([0, 1], [0.5, 0.5]));
    }
}
