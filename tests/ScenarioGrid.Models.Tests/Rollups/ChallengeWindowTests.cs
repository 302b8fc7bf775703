using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Rollups;

namespace ScenarioGrid.Models.Tests.Rollups;

/// <summary>Rows CW-1 to CW-10: closed forms evaluated with 40 digits (mpmath).</summary>
public class ChallengeWindowTests
{
    [Theory]
    [InlineData(0.1, 50, 0.00515377520732)]
    [InlineData(0.001, 7200, 7.43901144837e-4)]
    [InlineData(0.0001, 50400, 0.00647211703051)]
    public void Miss_of_independent_blocks_is_a_power(double p, int blocks, double expected) =>
        Near(expected, ChallengeWindow.Miss(p, blocks));

    [Theory]
    [InlineData(0.1, 197)]
    [InlineData(0.01, 2062)]
    [InlineData(0.001, 20713)]
    public void Shortest_window_reaches_one_in_a_billion(double p, int expected)
    {
        Assert.Equal(expected, ChallengeWindow.Shortest(p, 1e-9));
        Assert.True(ChallengeWindow.Miss(p, expected) <= 1e-9);
        Assert.True(ChallengeWindow.Miss(p, expected - 1) > 1e-9);
    }

    [Theory]
    [InlineData(10, 200, 0.1, 0.996471434457)]
    [InlineData(72, 45818, 0.002, 0.985091187607)]
    [InlineData(3, 100, 0.05, 0.881737018815)]
    public void Several_moves_need_that_many_inclusions(int moves, long blocks, double p, double succeeds) =>
        Near(succeeds, 1 - ChallengeWindow.MissMoves(moves, blocks, p));

    [Fact]
    public void One_move_is_the_plain_miss() =>
        Gen.Select(Gen.Double[0.001, 0.9], Gen.Int[1, 500]).Sample((p, blocks) =>
            Near(ChallengeWindow.Miss(p, blocks), ChallengeWindow.MissMoves(1, blocks, p)));

    [Theory]
    [InlineData(true, 10, 0.573933447899)]
    [InlineData(true, 50, 0.0495887941564)]
    [InlineData(false, 10, 0.00136226339458)]
    public void Bursts_of_censorship_keep_a_miss_likely(bool startsCensored, int blocks, double expected) =>
        Near(expected, ChallengeWindow.Miss(new CensorshipRegimes(0.9, 0.01, 0.02, 0.05), blocks, startsCensored));

    [Theory]
    [InlineData(0.05, 0.559873331348)]
    [InlineData(0.2, 0.971852502329)]
    [InlineData(0.1, 0.814697981115)]
    [InlineData(0.35, 0.998984654832)]
    public void One_honest_includer_of_sixteen_is_enough(double honest, double expected) =>
        Near(expected, ChallengeWindow.InclusionList(honest));

    [Theory]
    [InlineData(3, 0.9, 0.01, 0.98901)]
    [InlineData(5, 0.95, 0.001, 0.998999687812)]
    public void Common_cause_limits_the_watchers(int watchers, double availability, double common, double expected) =>
        Near(expected, ChallengeWindow.Watched(watchers, availability, common));

    [Fact]
    public void Bribe_ratio_solves_the_game_of_tips()
    {
        // CW-6: f(T, k) = f(T, k-1) (1 + f(T-1, k)) / (1 + f(T, k-1)), f(0, k) = 0, f(T, 1) = T.
        const int Most = 50;
        var value = new double[Most + 1, Most + 1];
        for (var k = 1; k <= Most; k++)
        {
            for (var t = 1; t <= Most; t++)
            {
                value[t, k] = k == 1 ? t : value[t, k - 1] * (1 + value[t - 1, k]) / (1 + value[t, k - 1]);
                Near(value[t, k], ChallengeWindow.BribeRatio(t, k));
            }
        }

        Near(5, ChallengeWindow.BribeRatio(5, 1));
        Near(3, ChallengeWindow.BribeRatio(6, 2));
        Near(10 / 3.0, ChallengeWindow.BribeRatio(10, 3));
        Near(1, ChallengeWindow.BribeRatio(50, 50));
        Near(7000, 10 * ChallengeWindow.BribeRatio(50_400, 72));
    }

    [Theory]
    [InlineData(10, 5.39357046112)]
    [InlineData(50, 864.237274019)]
    public void Stuffing_grows_with_the_base_fee(int blocks, double expectedEth) =>
        Near(expectedEth, ChallengeWindow.StuffingCost(30e6, 10, blocks));

    [Fact]
    public void Cheapest_window_balances_loss_and_delay()
    {
        // CW-8: p = .001 per block of 12 s, .05 false claims a year, 5 % a year; value 1.
        var hazard = -LaneMath.Log1p(-0.001);
        var cost = ChallengeWindow.DelayCost(1, 0.05, 12);
        var window = ChallengeWindow.Cheapest(0.05, hazard, cost);
        Near(7870.54069223, window);
        Near(1.68760285557e-4, ChallengeWindow.Cost(0.05, hazard, cost, window));
        var best = Enumerable.Range(1, 50_400).MinBy(w => ChallengeWindow.Cost(0.05, hazard, cost, w));
        Assert.Equal(7871, best);
    }

    [Fact]
    public void Cheapest_window_is_zero_when_delay_costs_more_than_fraud() =>
        Assert.Equal(0, ChallengeWindow.Cheapest(1, 0.1, 1));

    [Fact]
    public void A_week_costs_the_interest_of_a_week()
    {
        // CW-9 and RU-8.
        Near(958.904109589, ChallengeWindow.DelayCost(1e6, 0.05, 7 * 86_400));
        Near(5_192_307.69231, ChallengeWindow.DelayCost(5.4e9, 0.05, Tick.YearSeconds / 52));
        Near(9.58904109589e-4, ChallengeWindow.FastExitFee(0.05, 7 * 86_400, 0, 0));
        Near(9.58904109589e-4 + 0.003, ChallengeWindow.FastExitFee(0.05, 7 * 86_400, 0.002, 0.001));
    }

    [Fact]
    public void Unnoticed_falls_with_watchers_hazard_and_window() =>
        Near(0.049787068367863944, ChallengeWindow.Unnoticed(5, 0.1, 6));

    [Fact]
    public void Values_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ChallengeWindow.Shortest(0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChallengeWindow.Shortest(0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChallengeWindow.MissMoves(0, 10, 0.1));
    }

    private static void Near(double expected, double actual, double relative = 1e-9) =>
        Assert.True(
            Math.Abs(actual - expected) <= relative * Math.Abs(expected) + 1e-300, $"{actual:R}, not {expected:R}");
}
