using System.Security.Cryptography;

namespace ScenarioGrid.Measures;

/// <summary>
/// SHA-256 over the canonical bytes of results added in cell order: one hash for a whole campaign.
/// </summary>
public sealed class ResultHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds the result of the next cell.</summary>
    public void Add(CellResult result) => _hash.AppendData(result.CanonicalBytes());

    /// <summary>The hash of what was added so far, in lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
