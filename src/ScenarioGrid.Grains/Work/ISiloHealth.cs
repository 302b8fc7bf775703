namespace ScenarioGrid.Grains;

/// <summary>What a health check asks of a silo.</summary>
public interface ISiloHealth
{
    /// <summary>Time since the silo last tried to speak with the store, whether it was answered or not.</summary>
    TimeSpan SinceRound { get; }

    /// <summary>Time since a busy worker last finished a window; zero when no worker is busy.</summary>
    TimeSpan SinceProgress { get; }

    /// <summary>True once the silo is asked to end.</summary>
    bool IsDraining { get; }
}
