namespace ScenarioGrid.Grains;

/// <summary>Keeps a silo from taking work when it may not: it lost its place in the cluster, or the store its
/// data.</summary>
/// <remarks>Several parts can fence a silo at once; it is free again when each has taken its reason back.</remarks>
public sealed class SiloFence
{
    private readonly Lock _lock = new();
    private readonly List<string> _reasons = [];

    /// <summary>True while there is any reason not to take work.</summary>
    public bool IsFenced => Reason is not null;

    /// <summary>The oldest reason, or null.</summary>
    public string? Reason
    {
        get
        {
            lock (_lock)
            {
                return _reasons.Count > 0 ? _reasons[0] : null;
            }
        }
    }

    /// <summary>True while this reason stands.</summary>
    public bool Has(string reason)
    {
        lock (_lock)
        {
            return _reasons.Contains(reason);
        }
    }

    /// <summary>Stops the silo from taking work, and its results from being stored. The same reason again changes
    /// nothing.</summary>
    public void Fence(string reason)
    {
        lock (_lock)
        {
            if (!_reasons.Contains(reason))
            {
                _reasons.Add(reason);
            }
        }
    }

    /// <summary>Takes one reason back.</summary>
    public void Release(string reason)
    {
        lock (_lock)
        {
            _reasons.Remove(reason);
        }
    }
}
