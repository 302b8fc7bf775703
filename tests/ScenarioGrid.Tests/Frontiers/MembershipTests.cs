using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class MembershipTests
{
    [Fact]
    public void One_objective_with_equal_noise_gives_the_probability_of_being_least()
    {
        // P(N(0, 1) < N(1, 1)) is Phi(1 / sqrt(2)) = 0.760250.
        var shares = Membership.Probabilities([[Normal(0, 1)], [Normal(1, 1)]], [Minimise], 20_000, seed: 1);
        Assert.Equal(0.760250, shares[0], 0.01);
        Assert.Equal(1, shares[0] + shares[1], 1e-12);
    }

    [Fact]
    public void Without_noise_it_is_membership_itself() =>
        Assert.Equal([1, 0, 1], Membership.Probabilities(
            [[Normal(0, 0), Normal(1, 0)], [Normal(1, 0), Normal(1, 0)], [Normal(1, 0), Normal(0, 0)]],
            [Minimise, Minimise], 50, seed: 1));

    [Fact]
    public void Equal_seeds_give_equal_bits_and_others_do_not()
    {
        Estimate[][] cells = [.. Enumerable.Range(0, 12).Select(i => new[] { Normal(i, 3), Normal(12 - i % 5, 3) })];
        var first = Membership.Probabilities(cells, [Minimise, Minimise], 200, seed: 1);
        Assert.Equal(first, Membership.Probabilities(cells, [Minimise, Minimise], 200, seed: 1));
        Assert.NotEqual(first, Membership.Probabilities(cells, [Minimise, Minimise], 200, seed: 2));
    }

    [Fact]
    public void A_cell_best_at_everything_is_first_under_all_weights()
    {
        var (tau, first) = Membership.RankStability([[0, 0], [1, 1], [2, 2]], [Minimise, Minimise], 100, seed: 1);
        Assert.Equal(1, tau, 1e-12);
        Assert.Equal([1, 0, 0], first);
    }

    [Fact]
    public void Two_opposed_cells_share_the_weights_evenly()
    {
        var (_, first) = Membership.RankStability([[0, 1], [1, 0]], [Minimise, Minimise], 10_000, seed: 1);
        Assert.Equal(0.5, first[0], 0.02);
    }

    private static Estimate Normal(double value, double error) =>
        new(value, value - 2 * error, value + 2 * error, error, 1000);
}
