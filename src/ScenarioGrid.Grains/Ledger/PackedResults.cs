using System.IO.Compression;
using System.Security.Cryptography;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>Results of several cells as one compressed entry: what the store keeps and what travels to
/// consoles.</summary>
public static class PackedResults
{
    /// <summary>Bytes of one result at most.</summary>
    private const int ResultMost = 1 << 26;

    /// <summary>Packs canonical results, at most one per cell of a shard.</summary>
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
            var results = new byte[Bounded(from.ReadInt32(), Shard.Cells)][];
            for (var i = 0; i < results.Length; i++)
            {
                var length = Bounded(from.ReadInt32(), ResultMost);
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

    /// <summary>The results of an entry; none when it is damaged, as the audit has them computed again.</summary>
    public static IReadOnlyList<CellResult> ReadSound(byte[] entry)
    {
        try
        {
            return Read(entry);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static int Bounded(int number, int most) => number >= 0 && number <= most
        ? number
        : throw new InvalidDataException($"an entry of results says {number} where 0 to {most} may stand");

    /// <summary>The first 8 bytes of a result's SHA-256: what the ledger keeps of it.</summary>
    public static ulong HashOf(byte[] result)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(result, hash);
        return BitConverter.ToUInt64(hash);
    }
}
