using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Tests.Probability;

namespace ScenarioGrid.Models.Tests.Chains;

public class MiningIncentivesTests
{
    /// <summary>BC-7: Eyal and Sirer 2014, equations 8 and 9; independent evaluation.</summary>
    [Fact]
    public void Selfish_mining_BC_7() => Reference.AssertAllClose(
        [0.483720930233, 0.525581395349, 1.0 / 3, 0.25],
        [MiningIncentives.SelfishRevenue(0.4, 0), MiningIncentives.SelfishRevenue(0.4, 0.5),
            MiningIncentives.SelfishThreshold(0), MiningIncentives.SelfishThreshold(0.5)],
        2e-12);

    /// <summary>BC-8: closed form, confirmed there by 200,000 simulated attacks.</summary>
    [Fact]
    public void Majority_attacks_BC_8() => Reference.AssertAllClose(
        [13.2406784963, 7.8392589271, 0.5, 3_177_762.83911],
        [MiningIncentives.AttackTime(1.2, 6), MiningIncentives.AttackTime(1.5, 6), MiningIncentives.AttackTime(3, 0),
            MiningIncentives.ValueDeterred(1.2, 6, 200_000)],
        1e-11);

    /// <summary>BC-12: Feller's recursion, independent evaluation; finality of two and a half epochs of 32 slots of 12
    /// s.</summary>
    [Fact]
    public void Runs_of_proposals_and_finality_BC_12()
    {
        Reference.AssertClose(0.248938183284, MiningIncentives.ProposerRun(2, 32, 0.1), 2e-12);
        Assert.Equal(960, MiningIncentives.FinalityTime(32, 12));
    }

    [Fact]
    public void At_the_threshold_selfish_mining_earns_the_fair_share() => Gen.Double[0, 0.99].Sample(gamma =>
    {
        var alpha = MiningIncentives.SelfishThreshold(gamma);
        Assert.Equal(alpha, MiningIncentives.SelfishRevenue(alpha, gamma), 1e-12);
    });

    [Fact]
    public void Runs_are_counted_as_in_all_sequences() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 12], Gen.Double[0, 1]).Sample((run, slots, p) =>
        {
            var expected = 0.0;
            for (var sequence = 0; sequence < 1 << slots; sequence++)
            {
                var (longest, current, probability) = (0, 0, 1.0);
                for (var i = 0; i < slots; i++)
                {
                    var own = (sequence >> i & 1) == 1;
                    current = own ? current + 1 : 0;
                    longest = Math.Max(longest, current);
                    probability *= own ? p : 1 - p;
                }

                expected += longest >= run ? probability : 0;
            }

            Assert.Equal(expected, MiningIncentives.ProposerRun(run, slots, p), 1e-12);
        });

    [Fact]
    public void A_longer_escrow_takes_longer_and_a_stronger_attacker_is_faster() =>
        Gen.Select(Gen.Double[1.01, 5], Gen.Int[0, 100]).Sample((ratio, escrow) =>
        {
            var time = MiningIncentives.AttackTime(ratio, escrow);
            Assert.True(MiningIncentives.AttackTime(ratio, escrow + 1) > time);
            Assert.True(MiningIncentives.AttackTime(ratio * 1.01, escrow) <= time);
            Assert.True(time >= escrow);
        });

    [Fact]
    public void A_minority_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MiningIncentives.AttackTime(1, 6));
}
