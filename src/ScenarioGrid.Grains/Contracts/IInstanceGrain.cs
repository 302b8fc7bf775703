using Orleans.Concurrency;

namespace ScenarioGrid.Grains;

/// <summary>
/// Holds one instance: lends it to its conductor for a window, and between windows shows and saves it.
/// </summary>
/// <remarks>
/// Key: campaign / worker slot / attempt / instance name; the grain type is the family of the component.
/// </remarks>
[Alias("ScenarioGrid.IInstanceGrain")]
public interface IInstanceGrain : IGrainWithStringKey
{
    /// <summary>Lends the instance under a fence that must be higher than every one before.</summary>
    /// <exception cref="GridException">FENCED: a later borrower was here.</exception>
    [Alias("Lend")]
    ValueTask<Loan> Lend(long fence, string campaign, int instance);

    /// <summary>Gives the instance back and tells where it stands; stale fences are ignored.</summary>
    [OneWay]
    [Alias("Return")]
    ValueTask Return(long fence, long cell, int block, int tick);

    [Alias("View")]
    ValueTask<InstanceView> View();

    /// <summary>The state of the instance, between windows.</summary>
    /// <exception cref="GridException">BUSY: the instance is lent.</exception>
    [Alias("Checkpoint")]
    ValueTask<byte[]> Checkpoint();
}
