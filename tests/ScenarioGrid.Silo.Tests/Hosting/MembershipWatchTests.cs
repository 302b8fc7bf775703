using System.Net;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Hosting;

public sealed class MembershipWatchTests
{
    private static readonly SiloAddress s_own = SiloAddress.New(IPAddress.Loopback, 11111, 7);

    private readonly ManualTime _time = new();
    private readonly SiloFence _fence = new();
    private readonly Lifetime _lifetime = new();
    private Func<Task<MembershipTableData>> _read = () => Task.FromResult(Table(Orleans.Runtime.SiloStatus.Active));

    public static TheoryData<string> Losses => ["no row", "dead", "broken", "silent"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_silo_without_its_row_takes_no_work_after_20_s_and_ends_with_70_after_60_s(string loss)
    {
        var (watch, end) = await Start();
        _read = loss switch
        {
            "no row" => () => Task.FromResult(new MembershipTableData(new TableVersion(1, "1"))),
            "dead" => () => Task.FromResult(Table(Orleans.Runtime.SiloStatus.Dead)),
            "broken" => () => throw new InvalidOperationException("Redis is down"),
            _ => Never,
        };
        await Look(watch, TimeSpan.FromSeconds(15));
        Assert.False(_fence.IsFenced);
        await Look(watch, TimeSpan.FromSeconds(5));
        Assert.True(_fence.IsFenced);
        await Look(watch, TimeSpan.FromSeconds(35));
        Assert.False(_lifetime.IsStopping);
        await Look(watch, TimeSpan.FromSeconds(5));
        Assert.True(_lifetime.IsStopping);
        Assert.Equal(70, end.Code);
    }

    [Fact]
    public async Task A_row_that_comes_back_lets_the_silo_work_again_but_lifts_no_fence_of_others()
    {
        var (watch, end) = await Start();
        var good = _read;
        _read = Never;
        await Look(watch, TimeSpan.FromSeconds(30));
        Assert.True(_fence.IsFenced);
        _read = good;
        await Look(watch, TimeSpan.FromSeconds(5));
        Assert.False(_fence.IsFenced);

        _read = Never;
        _fence.Fence(SiloPulse.StoreLost);
        await Look(watch, TimeSpan.FromSeconds(30));
        _read = good;
        await Look(watch, TimeSpan.FromSeconds(5));
        Assert.Equal(SiloPulse.StoreLost, _fence.Reason);
        Assert.Equal(0, end.Code);
    }

    [Fact]
    public async Task A_silo_that_sees_its_row_every_time_goes_on_for_ever()
    {
        var (watch, end) = await Start();
        for (var i = 0; i < 1000; i++)
        {
            await Look(watch, TimeSpan.FromSeconds(5));
        }

        Assert.False(_fence.IsFenced || _lifetime.IsStopping || end.Code != 0);
    }

    private static Task<MembershipTableData> Never() => new TaskCompletionSource<MembershipTableData>().Task;

    private static MembershipTableData Table(Orleans.Runtime.SiloStatus status) =>
        new(Tuple.Create(new MembershipEntry { SiloAddress = s_own, Status = status }, "1"), new TableVersion(1, "1"));

    private async Task Look(MembershipWatch watch, TimeSpan after)
    {
        // A table that never answers is given up after 5 s, which are part of the silence.
        var patience = TimeSpan.FromSeconds(5);
        _time.Advance(after - patience);
        var look = watch.Look();
        if (!look.IsCompleted)
        {
            _time.Advance(patience);
            await look;
            return;
        }

        // The others are asked at the end of the same time.
        await look;
        _time.Advance(patience);
        await watch.Look();
    }

    private async Task<(MembershipWatch Watch, SiloEnd End)> Start()
    {
        var table = DispatchProxy.Create<IMembershipTable, Proxy>();
        ((Proxy)(object)table).Answer = _ => _read();
        var silo = DispatchProxy.Create<ILocalSiloDetails, Proxy>();
        ((Proxy)(object)silo).Answer = _ => s_own;
        var end = new SiloEnd(_lifetime, new ManualTime(), NullLogger<SiloEnd>.Instance);
        var watch = new MembershipWatch(table, silo, _fence, end, _time, NullLogger<MembershipWatch>.Instance);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await watch.StartAsync(stopped.Token);
        return (watch, end);
    }

    /// <summary>Answers every member with the same.</summary>
    public class Proxy : DispatchProxy
    {
        public Func<MethodInfo, object?> Answer { get; set; } = _ => null;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!);
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public bool IsStopping { get; private set; }

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => IsStopping = true;
    }
}
