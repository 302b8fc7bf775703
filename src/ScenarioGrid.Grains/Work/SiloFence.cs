namespace ScenarioGrid.Grains;

/// <summary>
/// Keeps a silo from taking work while it cannot know whether it still belongs to the cluster or to the store's life.
/// </summary>
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

    /// <summary>Stops the silo from taking work. Giving the same reason again changes nothing.</summary>
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

    /// <summary>Takes every reason back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _reasons.Clear();
        }
    }
}
