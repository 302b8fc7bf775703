namespace ScenarioGrid.Cli.Tests;

public class RunEndingTests
{
    [Fact]
    public async Task The_first_Ctrl_C_ends_the_wait_for_a_computation_that_knows_no_stop()
    {
        using var stop = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var computing = RunEnding.Promptly(() =>
        {
            begun.SetResult();
            return never.Wait(TimeSpan.FromSeconds(60));
        }, stop.Token);
        await begun.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => computing);
        Assert.False(never.IsSet);
        never.Set();
    }

    [Fact]
    public async Task What_a_computation_throws_arrives() => await Assert.ThrowsAsync<CommandException>(() =>
        RunEnding.Promptly<int>(() => throw new CommandException(Exit.Usage, "no"), default));
}
