using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Grains;

/// <summary>
/// The pulse of a silo: once a second it tells the store that it lives and what its workers do, reads the store's
/// clock, and looks whether the store is still the one it knew.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="silo">Name of the silo.</param>
/// <param name="workers">Worker slots.</param>
/// <param name="engine">Version of the engine.</param>
/// <param name="time">Measures spans; its wall clock is not used.</param>
/// <param name="fence">Closed when the store lost its data.</param>
/// <param name="log">Log.</param>
public sealed class SiloPulse(
    ILedgerStore store, string silo, int workers, string engine, TimeProvider time, SiloFence fence,
    ILogger<SiloPulse> log) : ISiloHealth
{
    /// <summary>Reason of a fence when the store is not the one it was.</summary>
    public const string StoreLost = "STORE_LOST";

    /// <summary>Time between two beats.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A silo that says nothing for so long is gone: its leases are void.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(10);

    /// <summary>A silo that says nothing for so long is late: its cells may go to a second worker.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(3);

    /// <summary>Difference of the wall clocks of silo and store from which on the operator is told.</summary>
    public static readonly TimeSpan ClockMost = TimeSpan.FromSeconds(60);

    private const int RoundsToForget = 300;

    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    private readonly SlotView[] _slots = [.. Enumerable.Range(0, workers).Select(_ => SlotView.Idle)];
    private readonly Lock _lock = new();
    private string? _epoch;
    private long _beat = time.GetTimestamp();
    private int _rounds;
    private long _round = time.GetTimestamp();
    private long _progress = time.GetTimestamp();
    private long _storeMs;
    private long _storeAt;
    private long _startedMs;
    private long _cells;
    private double _pathTicks;
    private double _speed;
    private double _spokenTicks;
    private long _steadySince = time.GetTimestamp();
    private bool _isDown;
    private bool _isClockWrong;

    /// <summary>What one worker does.</summary>
    /// <param name="Campaign">Campaign, or "" when idle.</param>
    /// <param name="Shard">Shard of its lease.</param>
    /// <param name="Token">Token of its lease.</param>
    /// <param name="Cell">The cell it computes, or -1.</param>
    public sealed record SlotView(string Campaign, int Shard, long Token, long Cell)
    {
        public static SlotView Idle { get; } = new("", 0, 0, -1);
    }

    /// <summary>What a silo says of itself.</summary>
    public sealed record Words(
        string Engine, long StartedMs, string State, long Cells, double PathTicksPerSecond, SlotView[] Slots,
        string Host);

    /// <summary>Name of the silo.</summary>
    public string Silo => silo;

    /// <summary>Worker slots.</summary>
    public int Workers => workers;

    public bool IsDraining { get; private set; }

    public TimeSpan SinceRound => time.GetElapsedTime(Volatile.Read(ref _round));

    /// <summary>Time since the store last took what the silo says of itself.</summary>
    private TimeSpan SinceBeat => time.GetElapsedTime(_beat);

    public TimeSpan SinceProgress => BusySlots == 0 ? TimeSpan.Zero : time.GetElapsedTime(_progress);

    /// <summary>Workers that have a lease.</summary>
    public int BusySlots => _slots.Count(s => s.Token != 0);

    /// <summary>The store's clock, carried on by this machine's.</summary>
    public long StoreNowMs => _storeMs + (long)time.GetElapsedTime(_storeAt).TotalMilliseconds;

    /// <summary>
    /// True when this silo has spoken with the store long enough without a break to call others lost: after an outage
    /// of the store everyone seems silent, until each has spoken again.
    /// </summary>
    public bool IsSteady => time.GetElapsedTime(_steadySince) > LateAfter && SinceBeat < LateAfter;

    /// <summary>Says that the silo is asked to end.</summary>
    public void Drain() => IsDraining = true;

    /// <summary>A worker has begun or ended something.</summary>
    public void Show(int slot, SlotView view)
    {
        if (view.Token != 0 && _slots[slot].Token == 0)
        {
            Volatile.Write(ref _progress, time.GetTimestamp());
        }

        _slots[slot] = view;
    }

    /// <summary>A worker has finished a window.</summary>
    public void Progress(int cells, long pathTicks)
    {
        lock (_lock)
        {
            _cells += cells;
            _pathTicks += pathTicks;
        }

        Volatile.Write(ref _progress, time.GetTimestamp());
    }

    /// <summary>Learns the store's clock and life; needed before work is taken.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task Start()
    {
        _epoch = await store.Epoch(Guid.NewGuid().ToString("N"));
        await ReadClock();
        _startedMs = _storeMs;
        await Beat();
    }

    /// <summary>Beats until stopped; a store that does not answer is tried again and again.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, time, stop);
                Volatile.Write(ref _round, time.GetTimestamp());
                await Beat();
                if (++_rounds % RoundsToForget == 0)
                {
                    await ForgetOld();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever broke, the pulse must go on: a silent silo loses its leases.
                if (!_isDown)
                {
                    log.LogWarning("{Problem}; results are kept until it is back", e.Message);
                }

                _isDown = true;
            }
        }
    }

    /// <summary>Forgets silos that are silent for so long that nothing is left to say of them.</summary>
    private async Task ForgetOld()
    {
        foreach (var old in (await store.Beats()).Where(b => b.SilentMs > ForgottenAfter.TotalMilliseconds))
        {
            await store.Forget(old.Silo);
        }
    }

    /// <summary>Leaves: nobody waits for a silo that said goodbye.</summary>
    public Task Leave() => store.Forget(silo);

    /// <summary>One beat.</summary>
    public async Task Beat()
    {
        await ReadClock();
        if (await HasLostStore())
        {
            return;
        }

        var state = fence.IsFenced ? "fenced" : IsDraining ? "draining" : "working";
        await store.Beat(silo, JsonSerializer.SerializeToUtf8Bytes(new Words(
            engine, _startedMs, state, _cells, Speed(), _slots,
            $"{Environment.MachineName}/{Environment.ProcessId}")));
        if (_isDown)
        {
            _isDown = false;
            log.LogInformation("the store answers again");
        }

        if (SinceBeat > LateAfter)
        {
            _steadySince = time.GetTimestamp();
        }

        _beat = time.GetTimestamp();
    }

    /// <summary>Looks whether the store is the one this silo began with; if not, fences the silo.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task<bool> HasLostStore()
    {
        if (await store.Epoch(null) == _epoch)
        {
            return false;
        }

        if (!fence.Has(StoreLost))
        {
            log.LogCritical("STORE_LOST: the store is not the one this silo began with: its data is gone. "
                + "Nothing is reported as success; restore a backup, restart the silos, or submit again");
        }

        fence.Fence(StoreLost);
        return true;
    }

    private async Task ReadClock()
    {
        var sent = time.GetTimestamp();
        var now = await store.Now();
        if (time.GetElapsedTime(sent) < TimeSpan.FromMilliseconds(100) || _storeMs == 0)
        {
            (_storeMs, _storeAt) = (now, time.GetTimestamp());
            CompareClocks(time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(now));
        }
    }

    /// <summary>Leases go by the store's clock alone; log lines and the expiry of tokens by this one's.</summary>
    private void CompareClocks(TimeSpan ahead)
    {
        var isWrong = ahead.Duration() > ClockMost;
        if (isWrong && !_isClockWrong)
        {
            log.LogWarning("this machine's clock is {Seconds:0} s {Side} the store's: leases do not use it, but the "
                + "times of log lines and the expiry of tokens do; set it right", ahead.Duration().TotalSeconds,
                ahead > TimeSpan.Zero ? "ahead of" : "behind");
        }

        _isClockWrong = isWrong;
    }

    private double Speed()
    {
        var seconds = Math.Max(1e-3, time.GetElapsedTime(_beat).TotalSeconds);
        lock (_lock)
        {
            // Smoothed over some five beats.
            _speed += 0.2 * ((_pathTicks - _spokenTicks) / seconds - _speed);
            _spokenTicks = _pathTicks;
            return _speed;
        }
    }
}
