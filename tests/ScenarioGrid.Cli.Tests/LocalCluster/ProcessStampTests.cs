using System.Diagnostics;

namespace ScenarioGrid.Cli.Tests.LocalCluster;

public class ProcessStampTests
{
    [Fact]
    public async Task A_process_that_got_the_id_of_another_is_left_alone()
    {
        using var sleeper = Process.Start("sleep", "60")!;
        try
        {
            var stamp = ProcessStamp.Of(sleeper.Id)!;
            Assert.True(stamp.IsAlive);
            var older = stamp with { Started = "before" };
            Assert.False(older.IsAlive);
            older.Signal(ProcessStamp.Kill);
            Assert.False(sleeper.HasExited);
            Assert.Empty(await Daemon.End([older], TimeSpan.FromSeconds(5)));
            Assert.True(stamp.IsAlive);
        }
        finally
        {
            sleeper.Kill();
        }
    }

    [Fact]
    public async Task A_process_ends_by_its_stamp_and_is_gone()
    {
        using var sleeper = Process.Start("sleep", "60")!;
        var stamp = ProcessStamp.Of(sleeper.Id)!;
        Assert.Empty(await Daemon.End([stamp], TimeSpan.FromSeconds(30)));
        Assert.False(stamp.IsAlive);
        Assert.Null(ProcessStamp.Of(sleeper.Id));
        await sleeper.WaitForExitAsync();
    }

    [Fact]
    public async Task A_process_that_ignores_the_request_is_killed()
    {
        using var stubborn = Process.Start(new ProcessStartInfo(
            "bash", ["-c", "trap '' TERM; echo up; while true; do read -t 60 < /dev/zero || true; done"])
        {
            RedirectStandardOutput = true,
        })!;
        await stubborn.StandardOutput.ReadLineAsync();
        var stamp = ProcessStamp.Of(stubborn.Id)!;
        Assert.Equal([stamp], await Daemon.End([stamp], TimeSpan.FromMilliseconds(300)));
        await stubborn.WaitForExitAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_id_without_a_process_has_no_stamp(int pid) => Assert.Null(ProcessStamp.Of(pid));
}
