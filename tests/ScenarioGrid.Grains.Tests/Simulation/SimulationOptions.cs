namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>Size and dangers of one simulated cluster.</summary>
public sealed record SimulationOptions
{
    public int Silos { get; init; } = 3;

    public int Slots { get; init; } = 2;

    public int Clients { get; init; } = 2;

    public int CellsMost { get; init; } = 600;

    /// <summary>Time of a cell, on average.</summary>
    public double CellSeconds { get; init; } = 0.05;

    public double WindowSeconds { get; init; } = 0.2;

    /// <summary>Time after which a worker is told that a cell hangs.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>True when some cells kill or hang their process.</summary>
    public bool MayKill { get; init; }

    /// <summary>Faults that may happen.</summary>
    public FaultKind[] Faults { get; init; } = [];

    /// <summary>Time in which faults begin.</summary>
    public double FaultSeconds { get; init; } = 60;

    /// <summary>Seconds between two faults, on average.</summary>
    public double FaultEvery { get; init; } = 6;

    /// <summary>True when clients also cancel, retry and remove.</summary>
    public bool IsBusy { get; init; }

    /// <summary>A cluster drawn from a seed.</summary>
    public static SimulationOptions Of(int seed)
    {
        var random = new Random(seed);
        var (silos, slots) = (random.Next(1, 6), random.Next(1, 4));
        var cellSeconds = new[] { 0.01, 0.05, 0.3, 1.5 }[random.Next(4)];
        var kinds = Enum.GetValues<FaultKind>().Where(k => k != FaultKind.Empty || random.Next(10) == 0)
            .Where(k => k != FaultKind.TailLost || random.Next(3) == 0)
            .Where(_ => random.Next(4) > 0).ToArray();
        return new SimulationOptions
        {
            Silos = silos, Slots = slots, Clients = random.Next(1, 4),
            CellsMost = (int)Math.Clamp(40 * silos * slots / cellSeconds, 5, 700), CellSeconds = cellSeconds,
            WindowSeconds = Math.Max(0.1, cellSeconds / 4), MayKill = random.Next(3) == 0, Faults = kinds,
            FaultEvery = 2 + 10 * random.NextDouble(), IsBusy = random.Next(2) == 0,
        };
    }
}

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    Crash,
    CrashAll,
    Pause,
    Drain,
    Slow,
    Cut,
    CutOneWay,
    StoreRestart,
    TailLost,
    Noise,
    Skew,
    Empty,
}
