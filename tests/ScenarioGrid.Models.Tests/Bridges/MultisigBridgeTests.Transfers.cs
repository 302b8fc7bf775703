using ScenarioGrid.Models.Bridges;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Bridges;

/// <content>What transfers meet: reorganisations, prices, limits and pauses.</content>
public partial class MultisigBridgeTests
{
    [Fact]
    public void A_reorganisation_beyond_the_wait_leaves_claims_uncovered()
    {
        // 200 blocks of 12 s are 2400 s; 960 s of them had not counted yet; 50 USD a second came in.
        var p = Quiet with { Inflow = new(50), TransferSize = new(1) };
        var run = new Run(p, 600, 8);
        run.Harness.Set(run.Bridge.ReorgDepth, 200).Set(run.Bridge.Blocks, 50);
        run.Ticks(1);
        Assert.Equal((2400 - 960) * 50, run.Bridge.Unbacked.Span[0], 1e-6);
        Assert.True(run.Bridge.Backing.Span[0] < 1);
        run.Harness.Set(run.Bridge.ChainFinality, 2400);
        run.Ticks(1);
        Assert.Equal((2400 - 960) * 50, run.Bridge.Unbacked.Span[0], 1e-6);
        run.Harness.Set(run.Bridge.ReorgDepth, 0).Set(run.Bridge.Reorg, 210);
        run.Ticks(1);
        Assert.Equal((2400 - 960 + 120) * 50, run.Bridge.Unbacked.Span[0], 1e-6);
    }

    [Fact]
    public void The_price_moves_what_is_locked_and_what_is_minted_alike()
    {
        var run = new Run(Quiet, 600, 8).Ticks(1);
        run.Harness.Set(run.Bridge.Price, 0.5);
        run.Ticks(1);
        Assert.Equal(150e6, run.Bridge.Locked.Span[0], 1e-6);
        Assert.Equal(1, run.Bridge.Backing.Span[0]);
    }

    [Fact]
    public void More_demand_than_the_bucket_lets_through_waits()
    {
        var p = Quiet with
        {
            Outflow = new(100), TransferSize = new(1), Limit = MultisigBridge.Limiter.TokenBucket,
            BucketCapacity = new(10_000), BucketRate = new(60),
        };
        var run = new Run(p, 600, 8).Ticks(100);
        Assert.Equal(300e6 - 10_000 - 60 * 60_000, run.Bridge.Locked.Span[0], 1e-6);
        Assert.Equal(40 * 60_000 - 10_000, run.Bridge.Queue.Span[0], 5 * Math.Sqrt(6e6));
        Assert.True(run.Bridge.Delay.Span[0] > 20_000);
    }

    [Fact]
    public void Large_transfers_are_held_for_a_day()
    {
        var p = Quiet with
        {
            Outflow = new(100), TransferSize = new(1), LargeShare = new(1), Limit = MultisigBridge.Limiter.Governor,
        };
        var run = new Run(p, 600, 8).Ticks(24 * 6);
        Assert.Equal(300e6, run.Bridge.Locked.Span[0]);
        run.Ticks(6 * 30);
        Assert.InRange(run.Bridge.Held.Span[0] / 100, 86_000, 91_000);
        var byHour = run.Bridge.HeldByHour.AllRows.ToArray().Where((_, n) => n % 8 == 0).Sum();
        Assert.Equal(run.Bridge.Held.Span[0], byHour, 1e-3);
    }

    [Fact]
    public void The_governor_counts_no_more_than_its_limit_and_lets_go_after_a_day()
    {
        var p = Quiet with
        {
            Outflow = new(100), TransferSize = new(1), LargeShare = new(0), Limit = MultisigBridge.Limiter.Governor,
            DailyLimit = new(4e6),
        };
        var run = new Run(p, 600, 8);
        for (var tick = 0; tick < 600; tick++)
        {
            run.Harness.Step();
            Assert.InRange(run.Bridge.CountedSum.Span[0], 0, 4e6);
            Assert.InRange(run.Bridge.Line.Span[0], 0, 9.1e6);
        }

        Assert.True(run.Bridge.Locked.Span[0] < 300e6 - 8e6);
    }

    [Fact]
    public void A_pause_delays_transfers_by_what_is_left_of_it()
    {
        var p = Robbed with { DetectionTime = new(0), ResponseTime = new(0), PauseTime = new(86_400) };
        var run = new Run(p, 600, 8).Rob();
        Assert.Equal(960 + 30 + 86_400, run.Bridge.Delay.Span[0], 1e-6);
        run.Ticks(72);
        Assert.Equal(960 + 30 + 43_200, run.Bridge.Delay.Span[0], 1e-6);
        run.Ticks(72);
        Assert.Equal(0, run.Bridge.IsPaused.Span[0]);
    }
}
