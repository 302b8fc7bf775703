using System.Globalization;

namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>
/// One thread, one seed, one order of events: virtual time in which everything of a simulated cluster happens.
/// </summary>
public sealed class World(int seed, bool isTraced)
{
    private readonly PriorityQueue<(Node? Node, Action Action), (long At, long Tie)> _events = new();
    private readonly List<string> _trace = [];
    private ulong _traceHash = 14695981039346656037;
    private long _ties;

    public int Seed => seed;

    public Random Random { get; } = new(seed);

    /// <summary>Virtual time, 100 ns.</summary>
    public long Now { get; private set; } = TimeSpan.TicksPerHour;

    public double Seconds => (Now - TimeSpan.TicksPerHour) / (double)TimeSpan.TicksPerSecond;

    /// <summary>What happened, when traced.</summary>
    public IReadOnlyList<string> Lines => _trace;

    /// <summary>Hash of all that happened, traced or not.</summary>
    public ulong TraceHash => _traceHash;

    /// <summary>First law that was broken, or null.</summary>
    public string? Broken { get; private set; }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + (toSeconds - fromSeconds) * Random.NextDouble());

    /// <summary>Has something happen later, on a node or in the world.</summary>
    public void Schedule(Node? node, TimeSpan after, Action action) =>
        _events.Enqueue((node, action), (Now + Math.Max(0, after.Ticks), ++_ties));

    /// <summary>Has a continuation run soon; which of several goes first the seed decides.</summary>
    public void Post(Node node, Action action) =>
        Schedule(node, TimeSpan.FromTicks(Random.Next(1, 500)), action);

    public void Say(Node? node, string what)
    {
        foreach (var c in what)
        {
            _traceHash = (_traceHash ^ c) * 1099511628211;
        }

        _traceHash = (_traceHash ^ (ulong)Now) * 1099511628211;
        if (isTraced)
        {
            _trace.Add(string.Create(CultureInfo.InvariantCulture,
                $"{Seconds,12:0.000000} {node?.Name ?? "-",-8} {what}"));
        }
    }

    /// <summary>A law is broken; the first is kept and ends the run.</summary>
    public void Break(string law)
    {
        Say(null, $"BROKEN: {law}");
        Broken ??= string.Create(CultureInfo.InvariantCulture, $"at {Seconds:0.000} s: {law}");
    }

    /// <summary>Lets events happen until one says that it is over, or the time is.</summary>
    /// <returns>True when it was over in time.</returns>
    public bool Run(Func<bool> isOver, TimeSpan most)
    {
        var end = Now + most.Ticks;
        var outside = SynchronizationContext.Current;
        try
        {
            while (Broken is null && !isOver() && _events.TryDequeue(out var next, out var when))
            {
                if (when.At > end)
                {
                    return false;
                }

                Now = when.At;
                try
                {
                    Happen(next.Node, next.Action);
                }
                catch (Exception e)
                {
                    Break($"{next.Node?.Name ?? "the world"} broke: {e}");
                }
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }

        return isOver();
    }

    private void Happen(Node? node, Action action)
    {
        if (node is null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
            action();
        }
        else if (node.IsPaused)
        {
            node.Hold(action);
        }
        else if (!node.IsDead)
        {
            SynchronizationContext.SetSynchronizationContext(node.Context);
            action();
        }
    }
}
