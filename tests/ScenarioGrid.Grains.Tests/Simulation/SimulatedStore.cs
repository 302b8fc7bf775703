namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>
/// The store of a simulated cluster: a <see cref="MemoryStore"/> that can be down, come back without its last writes,
/// or
/// lose everything.
/// </summary>
public sealed class SimulatedStore
{
    private readonly World _world;
    private readonly StoreClock _clock;
    private readonly List<(long At, Func<ILedgerStore, Task> Write)> _writes = [];

    public SimulatedStore(World world)
    {
        (_world, _clock) = (world, new StoreClock(world));
        Truth = new MemoryStore(_clock);
        Watch = new StoreWatch(world, this);
    }

    /// <summary>What the store holds now.</summary>
    public MemoryStore Truth { get; private set; }

    /// <summary>Looks at every change.</summary>
    public StoreWatch Watch { get; }

    public bool IsDown { get; private set; }

    /// <summary>Times that the store lost everything.</summary>
    public int Lives { get; private set; }

    /// <summary>Times that the store lost its last writes.</summary>
    public int TailsLost { get; private set; }

    public long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A request arrives.</summary>
    public T Happen<T>(Node from, string what, Func<ILedgerStore, Task<T>> ask, StoreChange? change, bool isWrite)
    {
        var before = change is null ? null : Watch.Before(change);
        var answer = ask(Truth).GetAwaiter().GetResult();
        if (isWrite)
        {
            _writes.Add((_world.Now, ask));
        }

        _world.Say(from, $"{what} -> {Shown(answer)}");
        if (change is not null && answer is true)
        {
            Watch.After(from, change, before!);
        }

        return answer;
    }

    /// <summary>Stops answering for a time; then it may have forgotten its last writes.</summary>
    public void Restart(TimeSpan down, TimeSpan tail)
    {
        if (IsDown)
        {
            return;
        }

        _world.Say(null, $"store restarts, {tail.TotalSeconds:0.00} s are lost");
        IsDown = true;
        var until = _world.Now - tail.Ticks;
        _world.Schedule(null, down, () =>
        {
            IsDown = false;
            _world.Say(null, "store is back");
            if (tail > TimeSpan.Zero)
            {
                TailsLost++;
                _writes.RemoveAll(w => w.At > until);
                Truth = new MemoryStore(_clock);
                foreach (var (at, write) in _writes)
                {
                    _clock.Past = at;
                    write(Truth).GetAwaiter().GetResult();
                }

                _clock.Past = null;
                Watch.Reload();
            }
        });
    }

    /// <summary>Loses everything.</summary>
    public void Empty()
    {
        _world.Say(null, "store is emptied");
        _writes.Clear();
        Truth = new MemoryStore(_clock);
        Lives++;
        Watch.Forget();
    }

    private static string Shown<T>(T answer) => answer switch
    {
        Array many => $"{many.Length} things",
        Dictionary<string, long> counts => string.Join(' ', counts.Select(c => $"{c.Key}={c.Value}")),
        string => "text",
        _ => $"{answer}",
    };

    private sealed class StoreClock(World world) : TimeProvider
    {
        public long? Past { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddYears(56).AddTicks(Past ?? world.Now);
    }
}
