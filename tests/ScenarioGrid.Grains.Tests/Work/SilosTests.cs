using System.Text.Json;

namespace ScenarioGrid.Grains.Tests.Work;

public sealed class SilosTests
{
    private const long Asked = 100_000;

    private static readonly ShardLease s_lease =
        new(Token: 7, Attempt: 0, "ann", Slot: 0, TakenMs: 0, IsHedge: false, new CellSet([0, 1]));

    [Theory]
    [InlineData(500, true, 1_000, double.MaxValue, Holder.Alive)]
    [InlineData(500, true, 50_000, 5_000, Holder.Late)]
    [InlineData(3_500, true, 4_000, double.MaxValue, Holder.Late)]
    [InlineData(10_500, true, 11_000, double.MaxValue, Holder.Lost)]
    [InlineData(10_500, false, 1_000, double.MaxValue, Holder.Lost)]
    [InlineData(500, false, 10_000, double.MaxValue, Holder.Alive)]
    [InlineData(500, false, 10_600, double.MaxValue, Holder.Idle)]
    [InlineData(-1, false, 9_000, double.MaxValue, Holder.Alive)]
    [InlineData(-1, false, 10_500, double.MaxValue, Holder.Idle)]
    [InlineData(500, false, -20_000, double.MaxValue, Holder.Alive)]
    public void What_is_known_of_a_holder(long silentMs, bool isWorking, long ageMs, double dueMs, Holder expected) =>
        Assert.Equal(expected, Silos(silentMs, isWorking ? "job" : "other")
            .HolderOf(s_lease with { TakenMs = Asked - ageMs }, "job", 3, dueMs));

    [Fact]
    public void The_cell_that_is_computed_is_told_by_campaign_shard_and_token()
    {
        Assert.Equal(1, Silos(0, "job").Executing(s_lease, "job", 3));
        Assert.Equal(-1, Silos(0, "job").Executing(s_lease, "job", 4));
        Assert.Equal(-1, Silos(0, "other").Executing(s_lease, "job", 3));
        Assert.Equal(-1, Silos(0, "job").Executing(s_lease with { Token = 8 }, "job", 3));
    }

    [Fact]
    public void A_silo_that_said_goodbye_is_gone_but_was_not_silent()
    {
        Assert.Equal((true, false), (Silos(-1, "job").IsGone("ann"), Silos(-1, "job").IsSilent("ann")));
        Assert.Equal((true, true), (Silos(10_001, "job").IsGone("ann"), Silos(10_001, "job").IsSilent("ann")));
        Assert.Equal((false, false), (Silos(9_999, "job").IsGone("ann"), Silos(9_999, "job").IsSilent("ann")));
    }

    /// <summary>Silo ann, which computes place 1 of shard 3 of a campaign; unknown when it is silent for less than
    /// 0.</summary>
    private static Silos Silos(long silentMs, string campaign) => new(silentMs < 0 ? [] :
        [new StoreBeat("ann", JsonSerializer.SerializeToUtf8Bytes(new SiloPulse.Words("1", 0, "working", 0, 0,
            [new SiloPulse.SlotView(campaign, 3, 7, 3 * Shard.Cells + 1)], "host")), silentMs)], Asked);
}
