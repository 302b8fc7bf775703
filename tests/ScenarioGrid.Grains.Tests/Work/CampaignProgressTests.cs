namespace ScenarioGrid.Grains.Tests.Work;

public sealed class CampaignProgressTests
{
    [Fact]
    public void The_status_is_the_sum_of_the_last_report_of_each_shard()
    {
        var progress = new CampaignProgress(600, 10, 100);
        progress.Report(0, 40, 1, 400, 2, false);
        progress.Report(0, 256, 3, 2560, 5, true);
        progress.Report(2, 88, 1, 880, 0, true);
        Assert.Equal(
            new CampaignStatus(CampaignState.Cancelled, 600, 344, 4, 3440, 5, "why"),
            progress.Status(CampaignState.Cancelled, "why"));
        Assert.False(progress.IsComplete);
        progress.Report(1, 256, 0, 2560, 0, true);
        Assert.True(progress.IsComplete);
    }

    [Fact]
    public void Shards_with_cells_to_run_follow_the_one_that_last_gave_a_lease()
    {
        var progress = new CampaignProgress(4 * IShardGrain.Cells + 1, 1, 1);
        Assert.Equal([0, 1, 2, 3, 4], progress.OpenShards());
        progress.LeasedFrom(3);
        progress.Report(0, IShardGrain.Cells, 0, 0, 0, true);
        Assert.Equal([3, 4, 1, 2], progress.OpenShards());
    }

    [Theory]
    [InlineData(1000, 100, 1000, 4, 80)]
    [InlineData(1000, 100, 1, 4, 1)]
    [InlineData(100_000, 1, 1000, 4, 256)]
    [InlineData(1000, 100, 1000, 50, 10)]
    [InlineData(1000, 100, 1000, 4000, 1)]
    [InlineData(1000, 0, 0, 0, 1)]
    public void A_lease_is_8_windows_of_work_but_leaves_half_of_the_cells_to_the_other_workers(
        long cells, long cellPathTicks, long windowPathTicks, int workers, int expected) =>
        Assert.Equal(expected, new CampaignProgress(cells, cellPathTicks, windowPathTicks).CellsToLease(workers));

    [Fact]
    public void Leases_shrink_as_the_cells_run_out()
    {
        var progress = new CampaignProgress(256, 1, 1000);
        Assert.Equal(32, progress.CellsToLease(4));
        progress.Report(0, 240, 0, 240, 0, false);
        Assert.Equal(2, progress.CellsToLease(4));
    }
}
