using System.IO.Compression;
using System.Security.Cryptography;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>Results of several cells as one compressed entry: what the store keeps and what travels to
/// consoles.</summary>
public static class PackedResults
{
    private const byte Format = 1;

    /// <summary>Bytes of the results of an entry at most.</summary>
    private const int EntryMost = 1 << 28;

    /// <summary>Packs canonical results, at most one per cell of a shard.</summary>
    public static byte[] Pack(IReadOnlyList<byte[]> results)
    {
        using var packed = new MemoryStream();
        packed.WriteByte(Format);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        using (var to = new BinaryWriter(deflate))
        {
            to.Write(results.Count);
            foreach (var result in results)
            {
                to.Write(result.Length);
            }

            to.Write(Turn(results));
        }

        return packed.ToArray();
    }

    /// <summary>The canonical results of an entry.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged, or of another version.</exception>
    public static byte[][] Unpack(byte[] entry)
    {
        if (entry.Length == 0 || entry[0] != Format)
        {
            throw new InvalidDataException("not an entry of results of this version");
        }

        try
        {
            using var packed = new MemoryStream(entry, 1, entry.Length - 1);
            using var from = new BinaryReader(new DeflateStream(packed, CompressionMode.Decompress));
            var lengths = new int[Bounded(from.ReadInt32(), Shard.Cells)];
            var all = 0;
            for (var i = 0; i < lengths.Length; i++)
            {
                lengths[i] = Bounded(from.ReadInt32(), EntryMost - all);
                all += lengths[i];
            }

            var turned = from.ReadBytes(all);
            return turned.Length == all
                ? TurnBack(turned, lengths)
                : throw new InvalidDataException("an entry of results is cut short");
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

    /// <summary>
    /// The first byte of every result, then the second of every result, and so on: neighbouring cells have much the
    /// same leading bytes in their numbers, which then compress to little.
    /// </summary>
    private static byte[] Turn(IReadOnlyList<byte[]> results)
    {
        var turned = new byte[results.Sum(r => r.Length)];
        var next = 0;
        for (var at = 0; next < turned.Length; at++)
        {
            for (var i = 0; i < results.Count; i++)
            {
                if (at < results[i].Length)
                {
                    turned[next++] = results[i][at];
                }
            }
        }

        return turned;
    }

    private static byte[][] TurnBack(byte[] turned, int[] lengths)
    {
        var results = lengths.Select(l => new byte[l]).ToArray();
        var next = 0;
        for (var at = 0; next < turned.Length; at++)
        {
            foreach (var result in results)
            {
                if (at < result.Length)
                {
                    result[at] = turned[next++];
                }
            }
        }

        return results;
    }
}
