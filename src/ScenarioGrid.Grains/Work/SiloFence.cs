namespace ScenarioGrid.Grains;

/// <summary>Keeps a silo from taking work when it may not: it lost its place in the cluster, or the store its data.</summary>
public sealed class SiloFence
{
    private volatile string? _reason;

    public bool IsFenced => _reason is not null;

    /// <summary>Why the silo takes no work, or null.</summary>
    public string? Reason => _reason;

    /// <summary>Stops the silo from taking work, and its results from being stored.</summary>
    public void Fence(string reason) => _reason = reason;

    /// <summary>Lets the silo work again.</summary>
    public void Release() => _reason = null;
}
