namespace ScenarioGrid.Grains;

/// <summary>What a silo knows of its own pulse; health probes judge by it.</summary>
public interface ISiloHealth
{
    /// <summary>How long ago the heartbeat loop last ran.</summary>
    TimeSpan SinceBeat { get; }

    /// <summary>How long ago a busy worker last finished a window; zero while no worker is busy.</summary>
    TimeSpan SinceProgress { get; }

    /// <summary>True once the silo takes no new work because it is stopping.</summary>
    bool IsDraining { get; }
}
