using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

/// <content>Halts and finality.</content>
public partial class ProofOfStakeChainTests
{
    [Fact]
    public void A_halt_stops_blocks_and_finality_and_both_come_back()
    {
        var chain = new ProofOfStakeChain(Exact);
        var harness = new Harness(chain, seconds: 60).Start().Step(5).Set(chain.Halted, 1);
        var downtime = 0.0;
        for (var minute = 0; minute < 60; minute++)
        {
            harness.Step();
            downtime += chain.Downtime.Span[0];
        }

        Assert.Equal(3600, downtime);
        Assert.Equal((0.0, 0.0, 0.0), (chain.IsUp.Span[0], chain.Blocks.Span[0], chain.Inclusion.Span[0]));
        Assert.Equal(20, chain.BaseFee.Span[0], 1e-9);
        Assert.Equal(3612, chain.Delay.Span[0]);
        Assert.Equal(2.5 * Epoch + 3600, chain.FinalityDelay.Span[0]);

        // What gathered in the mempool fills the first blocks; finality needs two good epochs (13 minutes).
        harness.Set(chain.Halted, 0).Step();
        Assert.Equal((1.0, 5.0, 2.0), (chain.IsUp.Span[0], chain.Blocks.Span[0], chain.Utilisation.Span[0]));
        Assert.True(chain.GasPrice.Span[0] > 30);
        harness.Step(11);
        Assert.Equal(2.5 * Epoch + 3600 + 720, chain.FinalityDelay.Span[0]);
        harness.Step();
        Assert.Equal(2.5 * Epoch, chain.FinalityDelay.Span[0]);
        Assert.Equal(0, chain.HaltTime.Span[0]);
    }

    /// <summary>Row BC-12: 2.5 epochs of 32 slots of 12 s are 960 s; finality needs two thirds of the votes.</summary>
    [Theory]
    [InlineData(0.67, 1, 0, true)]
    [InlineData(0.66, 1, 0, false)]
    [InlineData(1, 0.66, 0, false)]
    [InlineData(1, 1, 0.33, true)]
    [InlineData(1, 1, 0.34, false)]
    public void Finality_takes_960_seconds_while_two_thirds_vote_and_stalls_below(
        double participation, double stake, double attacker, bool isFinal)
    {
        var p = Exact with
        {
            Participation = new(participation), AttackerShare = new(attacker), AdaptiveBidders = new(1),
        };
        var chain = new ProofOfStakeChain(p);
        new Harness(chain, seconds: 60).Set(chain.StakeParticipation, stake).Start().Step(60);

        Assert.Equal(isFinal ? 960 : 960 + 3600, chain.FinalityDelay.Span[0]);
        Assert.Equal(1, chain.IsUp.Span[0]);
        Assert.Equal(1 - attacker, chain.Inclusion.Span[0], 1e-12);
    }
}
