using System.Buffers.Binary;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>A page of results in bytes, all numbers little-endian.</summary>
/// <remarks>
/// <code>
/// int64 next      position to ask from next
/// byte  complete  1 when every cell of the shard has its result in what was read so far
/// int32 count     batches
/// count times: int32 length, then that many bytes (PackedResults)
/// </code>
/// </remarks>
public static class ResultsWire
{
    public const string ContentType = "application/octet-stream";

    private const int HeadBytes = sizeof(long) + 1 + sizeof(int);

    /// <summary>The bytes of a page.</summary>
    public static byte[] Write(ShardPage page)
    {
        var bytes = new byte[HeadBytes + page.Batches.Sum(b => sizeof(int) + b.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, page.Next);
        bytes[sizeof(long)] = page.IsComplete ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(long) + 1), page.Batches.Length);
        var rest = bytes.AsSpan(HeadBytes);
        foreach (var batch in page.Batches)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, batch.Length);
            batch.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + batch.Length)..];
        }

        return bytes;
    }

    /// <summary>The page of some bytes.</summary>
    /// <exception cref="FormatException">The bytes are no whole page.</exception>
    public static ShardPage Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes)
        {
            throw new FormatException($"A page of results has at least {HeadBytes} bytes; these are {bytes.Length}.");
        }

        var next = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var isComplete = bytes[sizeof(long)] == 1;
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[(sizeof(long) + 1)..]);
        var rest = bytes[HeadBytes..];
        var batches = new List<byte[]>();
        for (var i = 0; i < count; i++)
        {
            var length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw new FormatException($"Batch {i} of {count} in a page of results is cut off.");
            }

            batches.Add(rest.Slice(sizeof(int), length).ToArray());
            rest = rest[(sizeof(int) + length)..];
        }

        return count >= 0 && rest.IsEmpty
            ? new([.. batches], next, isComplete)
            : throw new FormatException($"A page of results with {count} batches has {rest.Length} bytes too many.");
    }
}
