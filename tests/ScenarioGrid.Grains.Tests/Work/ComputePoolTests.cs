namespace ScenarioGrid.Grains.Tests.Work;

public sealed class ComputePoolTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Work_is_done_and_its_exception_is_told()
    {
        using var pool = new ComputePool(2, s_patience, TimeProvider.System);
        var sum = 0;
        await Task.WhenAll(Enumerable.Range(1, 100).Select(n => pool.Run(() => Interlocked.Add(ref sum, n))));
        Assert.Equal(5050, sum);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.Run(
            () => throw new InvalidOperationException()));
        Assert.Equal(0, pool.Lost);
    }

    [Fact]
    public async Task Stuck_work_is_given_up_and_its_thread_replaced_while_the_others_go_on()
    {
        using var release = new ManualResetEventSlim();
        var pool = new ComputePool(1, TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await Assert.ThrowsAsync<TimeoutException>(() => pool.Run(release.Wait).WaitAsync(s_patience));
        var isDone = false;
        await pool.Run(() => isDone = true).WaitAsync(s_patience);
        Assert.Equal((true, 1, 1), (isDone, pool.Lost, pool.Threads));
        pool.Dispose();
        release.Set();
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.Run(() => { }); });
    }
}
