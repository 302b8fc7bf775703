using System.IO.Compression;
using System.Security.Cryptography;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>Results of several cells as one compressed entry: what the store keeps and what travels to
/// consoles.</summary>
public static class PackedResults
{
    /// <summary>Packs canonical results.</summary>
    public static byte[] Pack(IReadOnlyCollection<byte[]> results)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        using (var to = new BinaryWriter(deflate))
        {
            to.Write(results.Count);
            foreach (var result in results)
            {
                to.Write(result.Length);
                to.Write(result);
            }
        }

        return packed.ToArray();
    }

    /// <summary>The canonical results of an entry.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static byte[][] Unpack(byte[] entry)
    {
        try
        {
            using var from = new BinaryReader(new DeflateStream(new MemoryStream(entry), CompressionMode.Decompress));
            var results = new byte[from.ReadInt32()][];
            for (var i = 0; i < results.Length; i++)
            {
                var length = from.ReadInt32();
                results[i] = from.ReadBytes(length);
                if (results[i].Length != length)
                {
                    throw new InvalidDataException("an entry of results is cut short");
                }
            }

            return results;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("an entry of results is cut short", e);
        }
    }

    /// <summary>The results of an entry.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static IReadOnlyList<CellResult> Read(byte[] entry) => [.. Unpack(entry).Select(r => CellResult.Read(r))];

    /// <summary>The first 8 bytes of a result's SHA-256: what the ledger keeps of it.</summary>
    public static ulong HashOf(byte[] result)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(result, hash);
        return BitConverter.ToUInt64(hash);
    }
}
