namespace ScenarioGrid.Grains.Tests.Work;

public sealed class CampaignWorkTests
{
    private static readonly MemoryStore s_store = new(TimeProvider.System);

    [Theory]
    [InlineData(1000, 100, 1000, 4, 80)]
    [InlineData(1000, 100, 1, 4, 1)]
    [InlineData(100_000, 1, 1000, 4, 256)]
    [InlineData(1000, 100, 1000, 50, 10)]
    [InlineData(1000, 100, 1000, 4000, 1)]
    [InlineData(1000, 0, 0, 0, 1)]
    public void A_lease_is_8_windows_of_work_but_leaves_half_of_the_cells_to_the_other_workers(
        long cells, long cellPathTicks, long windowPathTicks, int workers, int expected) =>
        Assert.Equal(expected, Work(cells).CellsToLease(cellPathTicks, windowPathTicks, workers));

    [Fact]
    public void Leases_shrink_as_the_cells_run_out()
    {
        var work = Work(256);
        Assert.Equal(32, work.CellsToLease(1, 1000, 4));
        work.Done = 240;
        Assert.Equal(2, work.CellsToLease(1, 1000, 4));
    }

    [Fact]
    public void A_lease_is_late_after_three_times_the_slowest_cells_and_never_before_5_seconds()
    {
        var work = Work(256);
        Assert.Equal(double.MaxValue, work.DueMs(10));
        work.Finished(4, 400);
        Assert.Equal(5000, work.DueMs(10));
        work.Finished(1, 1000);
        Assert.Equal(30_000, work.DueMs(10));
    }

    [Fact]
    public void A_shard_that_another_worker_has_begun_meanwhile_is_not_forgotten()
    {
        var work = Work(1000);
        var (first, second) = (work.Shard(0), work.Shard(1));
        work.Current = second;
        work.Exhausted(first);
        Assert.Same(second, work.Current);
        work.Exhausted(second);
        Assert.Null(work.Current);
    }

    private static CampaignWork Work(long cells) =>
        new(new CampaignRecord("c", "ann", "1", cells, Priority.Normal, "text", 0), s_store);
}
