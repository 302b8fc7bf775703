namespace ScenarioGrid.Silo;

/// <summary>Exit codes of a silo.</summary>
public static class SiloExit
{
    public const int Ok = 0;

    /// <summary>A health check answered no.</summary>
    public const int Unhealthy = 1;

    /// <summary>Redis did not answer at the start.</summary>
    public const int StoreDown = 3;

    /// <summary>The silo is no longer a member of its cluster, or could not become one.</summary>
    public const int LostMembership = 70;

    /// <summary>The settings cannot be used (EX_CONFIG).</summary>
    public const int Settings = 78;
}
