using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Chains;

/// <content>Bidders with a fixed rule, blocks sold at what is bid, and blobs.</content>
public partial class ProofOfStakeChainTests
{
    [Theory]
    [InlineData(BidRule.SlowAverage, 1.3, 1.0)]
    [InlineData(BidRule.SlowAverage, 2.45, 0.0)]
    [InlineData(BidRule.DailyMedian, 1.3, 1.0)]
    [InlineData(BidRule.DailyMedian, 2.45, 0.0)]
    public void A_fixed_bid_of_twice_the_usual_fails_when_gas_is_more_than_twice_as_dear(
        BidRule rule, double demand, double expected)
    {
        var chain = new ProofOfStakeChain(Exact with { BidRule = rule, AdaptiveBidders = new(1) });
        new Harness(chain, seconds: 60).Start().Set(chain.DemandMultiple, demand).Step(60);
        Assert.Equal(expected, chain.StaticInclusion.Span[0]);
        Assert.Equal(1, chain.Inclusion.Span[0]);
    }

    [Fact]
    public void The_median_of_a_day_has_followed_after_half_a_day()
    {
        var chain = new ProofOfStakeChain(Exact with { BidRule = BidRule.DailyMedian, AdaptiveBidders = new(0) });
        var harness = new Harness(chain, seconds: 600).Start().Step(6).Set(chain.DemandMultiple, 3);

        // After 12 hours 12 samples of 24 are dear: the median lies between, sqrt(20.1 * 180.1), times 2 not enough.
        harness.Step(6 * 12);
        Assert.Equal(0, chain.Inclusion.Span[0]);
        Assert.Equal(0.5 * Math.Log(20.1 * 180.1), chain.LogMedianPrice.Span[0], 1e-4);
        harness.Step(7);
        Assert.Equal(Math.Log(180.1), chain.LogMedianPrice.Span[0], 1e-4);
        Assert.Equal((1.0, 1.0), (chain.Inclusion.Span[0], chain.StaticInclusion.Span[0]));
    }

    [Fact]
    public void Attackers_and_halts_leave_fixed_bids_out()
    {
        var chain = new ProofOfStakeChain(Exact with { AttackerShare = new(0.3) });
        var harness = new Harness(chain).Start().Step();
        Assert.Equal(0.7, chain.StaticInclusion.Span[0], 1e-15);
        harness.Set(chain.Halted, 1).Step();
        Assert.Equal(0, chain.StaticInclusion.Span[0]);
    }

    /// <summary>March 2020: gas six times as dear; keepers who bid twice the usual are 1.1 deviations below.</summary>
    [Fact]
    public void Where_all_pay_what_they_bid_the_price_jumps_at_once_and_bids_are_included_by_their_height()
    {
        var chain = new ProofOfStakeChain(Exact with
        {
            Auction = BlockAuction.FirstPrice, BidConfidence = new(0.9), AdaptiveBidders = new(0.6),
        });
        var harness = new Harness(chain).Start().Step();
        var above = Math.Exp(1.2815515655446004);
        Assert.Equal((0.0, 0.0), (chain.BaseFee.Span[0], chain.FeesBurned.Span[0]));
        Assert.Equal(20 * above, chain.GasPrice.Span[0], 1e-9);
        Assert.Equal(1, chain.Utilisation.Span[0], 1e-12);

        harness.Set(chain.DemandMultiple, Math.Sqrt(6)).Step();
        Assert.Equal(120 * above, chain.GasPrice.Span[0], 1e-8);
        var byRule = Cdf(Math.Log(2 * above / 6));
        Assert.Equal(byRule, chain.StaticInclusion.Span[0], 1e-3);
        Assert.Equal(0.6 * 0.9 + 0.4 * chain.StaticInclusion.Span[0], chain.Inclusion.Span[0], 1e-12);
        Assert.Equal(12 / chain.Inclusion.Span[0], chain.Delay.Span[0], 1e-9);

        static double Cdf(double x) => ScenarioGrid.Models.Kernel.LaneMath.NormalCdf(x);
    }

    [Fact]
    public void A_halt_without_base_fee_leaves_a_queue_that_the_first_blocks_clear()
    {
        var chain = new ProofOfStakeChain(Exact with { Auction = BlockAuction.FirstPrice });
        var harness = new Harness(chain).Start().Step(2).Set(chain.Halted, 1).Step(20);
        Assert.InRange(chain.Backlog.Span[0], 18, 20);
        Assert.Equal(0, chain.Inclusion.Span[0]);
        harness.Set(chain.Halted, 0).Step();
        Assert.True(chain.GasPrice.Span[0] > 20 * 18 * 18);
        harness.Step();
        Assert.Equal(20, chain.GasPrice.Span[0], 1e-9);
    }

    [Fact]
    public void More_blobs_must_fit_than_the_target()
    {
        Assert.Empty(new ProofOfStakeChain.Parameters().Check());
        var broken = new ProofOfStakeChain.Parameters { BlobMax = new(6) }.Check();
        Assert.Equal(("blobMax", "blobMax is 6; it must be above blobTarget, which is 6"), broken.Single());
    }

    [Fact]
    public void Blobs_cost_one_wei_until_somebody_wants_them_and_then_what_fills_their_target()
    {
        var (none, some) = (new ProofOfStakeChain(Exact), new ProofOfStakeChain(Exact with { BlobDemand = new(0.8) }));
        new Harness(none).Start().Set(none.DemandMultiple, 5).Step(100);
        Assert.Equal(1e-9, none.BlobFee.Span[0]);

        var harness = new Harness(some, seconds: 120).Start();
        Assert.Equal(0.64, some.BlobFee.Span[0], 1e-9);
        harness.Set(some.DemandMultiple, 3).Step(200);
        Assert.Equal(2.4 * 2.4, some.BlobFee.Span[0], 1e-6);
        harness.Set(some.Halted, 1).Step(10);
        Assert.Equal(2.4 * 2.4, some.BlobFee.Span[0], 1e-6);
    }
}
