using System.Net;
using System.Net.Sockets;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli.Tests.Cluster;

[Collection(SmallRun.Collection)]
public class PatientFrontTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_cluster_that_stays_silent_is_unreachable_in_one_line_with_its_address()
    {
        var fault = await Assert.ThrowsAsync<CommandException>(() => Front(_ =>
            throw new LostConnectionException("connection refused")).List(Caller.Local));
        Assert.Equal(Exit.Unreachable, fault.ExitCode);
        Assert.Equal("no answer from here for 0 s: connection refused", fault.Message);
    }

    [Fact]
    public async Task A_cluster_that_is_too_busy_all_the_time_says_so() =>
        Assert.Equal(Exit.Busy, (await Assert.ThrowsAsync<CommandException>(() => Front(_ =>
            throw new LostConnectionException("slower", isBusy: true)).List(Caller.Local))).ExitCode);

    [Fact]
    public async Task A_refusal_is_not_asked_again()
    {
        var asked = 0;
        var fault = await Assert.ThrowsAsync<GridException>(() => Front(_ =>
        {
            asked++;
            throw new GridException("FORBIDDEN", "no");
        }).List(Caller.Local));
        Assert.Equal(("FORBIDDEN", 1), (fault.Code, asked));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_call_that_hangs()
    {
        using var stop = new CancellationTokenSource();
        var hanging = Front(async _ =>
        {
            await stop.CancelAsync();
            await new TaskCompletionSource().Task;
        }, stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging.List(Caller.Local));
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_a_lost_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var front = new HttpCampaignFront([new Uri($"http://127.0.0.1:{port}")], null);
        await Assert.ThrowsAsync<LostConnectionException>(() => front.List(Caller.Local));
    }

    [Fact]
    public async Task A_front_that_comes_back_is_asked_again()
    {
        await using var cluster = await FakeCluster.Start();
        await cluster.Die();
        using var http = new HttpCampaignFront([new Uri(cluster.Address)], null);
        var front = new PatientFront(
            http, cluster.Address, TimeSpan.FromSeconds(30), TimeProvider.System, _ => { }, default);
        var listing = front.List(Caller.Local);
        await cluster.Rise();
        Assert.Empty(await listing);
    }

    [Fact]
    public async Task Something_else_than_a_cluster_is_told_apart()
    {
        await using var cluster = await FakeCluster.Start();
        using var front = new HttpCampaignFront([new Uri(cluster.Address)], null);
        cluster.Front.Before = _ => throw new InvalidOperationException("a bug");
        Assert.Equal("INTERNAL", (await Assert.ThrowsAsync<GridException>(() => front.List(Caller.Local))).Code);
    }

    private static PatientFront Front(Func<string, Task> before, CancellationToken stop = default) => new(
        new FakeFront { Before = before }, "here", s_short, TimeProvider.System, _ => { }, stop);
}
