namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>A process: it can die, which drops all it would still do, or be paused, which defers it.</summary>
public sealed class Node
{
    private readonly List<Action> _held = [];

    public Node(World world, string name)
    {
        (World, Name) = (world, name);
        Context = new NodeContext(this);
        Time = new NodeTime(this);
    }

    public World World { get; }

    public string Name { get; }

    public SynchronizationContext Context { get; }

    public TimeProvider Time { get; }

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>Requests to the store do not arrive.</summary>
    public bool IsCutTo { get; set; }

    /// <summary>Answers of the store do not arrive.</summary>
    public bool IsCutFrom { get; set; }

    /// <summary>How much longer its work takes.</summary>
    public double Slowness { get; set; } = 1;

    /// <summary>Error of its wall clock.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Begins an activity of its own.</summary>
    public void Start(Func<Task> activity) => World.Post(this, () => _ = Observe(activity()));

    /// <summary>Ends when so much time of the simulation has passed; nothing sleeps.</summary>
    public Task Spend(TimeSpan time, CancellationToken cancellation = default) =>
        Task.Delay(time, Time, cancellation);

    public void Crash()
    {
        World.Say(this, "crashes");
        IsDead = true;
        IsPaused = false;
        _held.Clear();
    }

    public void Pause(TimeSpan time)
    {
        if (IsDead || IsPaused)
        {
            return;
        }

        World.Say(this, "is paused");
        IsPaused = true;
        World.Schedule(null, time, Resume);
    }

    public void Hold(Action action) => _held.Add(action);

    private void Resume()
    {
        if (!IsPaused)
        {
            return;
        }

        World.Say(this, "goes on");
        IsPaused = false;
        var held = _held.ToArray();
        _held.Clear();
        World.Random.Shuffle(held);
        foreach (var action in held)
        {
            World.Post(this, action);
        }
    }

    private async Task Observe(Task activity)
    {
        try
        {
            await activity;
        }
        catch (Exception e)
        {
            World.Break($"an activity of {Name} broke: {e}");
        }
    }

    private sealed class NodeContext(Node node) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => node.World.Post(node, () => d(state));

        public override void Send(SendOrPostCallback d, object? state) =>
            throw new NotSupportedException("nothing in a simulation may block");

        public override SynchronizationContext CreateCopy() => this;
    }

    /// <summary>Virtual time; the wall clock is wrong by the node's skew.</summary>
    private sealed class NodeTime(Node node) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => node.World.Now;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddYears(56).AddTicks(node.World.Now) + node.Skew;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new NodeTimer(node, () => callback(state));
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class NodeTimer(Node node, Action callback) : ITimer
    {
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = ++_setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                node.World.Schedule(node, dueTime + TimeSpan.FromTicks(node.World.Random.Next(1, 2000)), () =>
                {
                    if (setting == _setting)
                    {
                        if (period != Timeout.InfiniteTimeSpan)
                        {
                            Change(period, period);
                        }

                        callback();
                    }
                });
            }

            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
