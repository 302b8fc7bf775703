using ScenarioGrid.Models.Rollups;

namespace ScenarioGrid.Models.Tests.Rollups;

public class DisputeGameTests
{
    // RU-1, RU-2: ethereum-optimism/specs at fd72cf7 and own evaluation with 40 digits.
    [Theory]
    [InlineData(0, 0.08)]
    [InlineData(73, 60)]
    [InlineData(1, 0.0875940058306)]
    [InlineData(30, 1.21512795715)]
    [InlineData(31, 1.33047406704)]
    [InlineData(72, 54.7982702068)]
    public void Bonds_grow_geometrically_with_depth(int depth, double expectedEth) =>
        Near(expectedEth, BondSchedule.Optimism.Bond(depth));

    [Fact]
    public void Multiplier_is_the_root_of_the_ratio()
    {
        Near(1.09492507288, BondSchedule.Optimism.Multiplier);
        Near(2.2876135375, new BondSchedule(8, 400_000, 300_000_000, 200).Multiplier);
        Assert.Equal(60, BondSchedule.Optimism.Bond(73, 1.09493), 0.03);
    }

    [Fact]
    public void A_full_game_locks_the_sum_of_its_bonds()
    {
        // RU-2 and RU-10.
        Near(691.234701016, BondSchedule.Optimism.Total(0, 73));
        Near(361.277935515, BondSchedule.Optimism.Total(1, 73, 2));
        Near(329.956765501, BondSchedule.Optimism.Total(0, 72, 2));
    }

    [Fact]
    public void Fraud_probability_joins_watchers_inclusion_and_bugs()
    {
        // RU-9: n = 3, a = .9, c = .01, inclusion .01 per block, 1000 blocks, bug .001.
        var fraud = DisputeGame.FraudProbability(
            ChallengeWindow.Watched(3, 0.9, 0.01), ChallengeWindow.Miss(0.01, 1000), 0.001);
        Near(0.0120216640986, fraud);
        Near(24_335_886.0448, DisputeGame.DeterrentBond(fraud, 2e9));
    }

    [Fact]
    public void At_the_deterrent_bond_a_false_claim_earns_nothing() =>
        Gen.Select(Gen.Double[0.0001, 0.9], Gen.Double[1, 1e9]).Sample((fraud, value) =>
        {
            var bond = DisputeGame.DeterrentBond(fraud, value);
            Assert.Equal(0, fraud * value - (1 - fraud) * bond, 1e-9 * value);
        });

    [Fact]
    public void Sequencer_availability_is_the_share_of_time_up()
    {
        // RU-13: MTBF 720 h, MTTR 1.5 h.
        Near(0.997920997921, DisputeGame.Availability(720, 1.5));
        Near(18.2120582121, (1 - DisputeGame.Availability(720, 1.5)) * 8760);
    }

    [Fact]
    public void In_the_verifiers_dilemma_neither_side_gains_by_changing()
    {
        var (check, fraud) = DisputeGame.VerifiersDilemma(9e6, 1e6, 50, 1e4);
        Assert.Equal(0, (1 - check) * 9e6 - check * 1e6, 1e-6);
        Assert.Equal(0, fraud * 1e4 - 50, 1e-9);
    }

    private static void Near(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-9 * Math.Abs(expected), $"{actual:R}, not {expected:R}");
}
