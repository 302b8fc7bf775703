using System.Collections.Concurrent;
using Orleans.GrainDirectory;

namespace ScenarioGrid.Grains;

/// <summary>
/// The directory of grains that belong to a worker of one silo: their keys name it, so no other silo looks for them,
/// and no other silo can hold them up.
/// </summary>
/// <remarks>
/// The cluster's own directory keeps a grain's address on the silo its hash falls on; with that silo silent, a worker
/// on a sound one could not activate its grains.
/// </remarks>
public sealed class SiloDirectory : IGrainDirectory
{
    /// <summary>Name of the directory.</summary>
    public const string Name = "silo";

    private readonly ConcurrentDictionary<GrainId, GrainAddress> _grains = new();

    public Task<GrainAddress?> Register(GrainAddress address) => Register(address, null);

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress)
    {
        if (previousAddress is not null)
        {
            _grains.TryUpdate(address.GrainId, address, previousAddress);
        }

        return Task.FromResult<GrainAddress?>(_grains.GetOrAdd(address.GrainId, address));
    }

    public Task Unregister(GrainAddress address)
    {
        _grains.TryRemove(new(address.GrainId, address));
        return Task.CompletedTask;
    }

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(_grains.GetValueOrDefault(grainId));

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
