using System.Diagnostics;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli;

/// <summary>How many silos work, looked up now and then; unknown to those who may not see the cluster.</summary>
/// <param name="link">The cluster.</param>
public sealed class SiloCount(ClusterLink link)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _clock = new();
    private int? _count;
    private bool _isRefused;

    /// <summary>The silos that speak, or null.</summary>
    public async Task<int?> Now()
    {
        if (_isRefused || (_clock.IsRunning && _clock.Elapsed < Every))
        {
            return _count;
        }

        try
        {
            var cluster = await link.Front.Cluster(ClusterLink.Caller);
            _count = cluster.Silos.Count(s => s.State is "working" or "draining");
        }
        catch (GridException e) when (e.Code == "FORBIDDEN")
        {
            _isRefused = true;
        }

        _clock.Restart();
        return _count;
    }
}
