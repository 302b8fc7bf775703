using System.Buffers.Binary;
using System.Security.Cryptography;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Reports.Runs;

/// <summary>
/// Results on disk before their part is written: records with length and checksum, so that a torn tail is seen and
/// dropped.
/// </summary>
public sealed class Journal : IDisposable
{
    private const int HeadBytes = 12;
    private readonly FileStream _file;

    /// <summary>Opens a journal for more results; a torn tail is cut off first.</summary>
    public Journal(string path)
    {
        var (_, length) = Read(path);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        _file.SetLength(length);
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>The whole records of a journal, and the bytes they take; nothing when there is no file.</summary>
    public static (IReadOnlyList<CellResult> Results, long Length) Read(string path)
    {
        var results = new List<CellResult>();
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (results, 0);
        }

        var at = 0;
        while (bytes.Length - at >= HeadBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            if (length <= 0 || length > bytes.Length - at - HeadBytes)
            {
                break;
            }

            var record = bytes.AsSpan(at + HeadBytes, length);
            if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at + 4)) != Checksum(record))
            {
                break;
            }

            results.Add(CellResult.Read(record));
            at += HeadBytes + length;
        }

        return (results, at);
    }

    /// <summary>Appends results and hands them to the disk.</summary>
    /// <exception cref="IOException">The disk is full; what was appended in part is dropped by the next
    /// reader.</exception>
    public void Add(IEnumerable<CellResult> results)
    {
        try
        {
            Append(results);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // A limit on the size of files arrives as an argument out of range.
            throw new IOException($"{_file.Name}: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Append(IEnumerable<CellResult> results)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        foreach (var result in results)
        {
            var record = result.ToBytes();
            BinaryPrimitives.WriteInt32LittleEndian(head, record.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(head[4..], Checksum(record));
            _file.Write(head);
            _file.Write(record);
        }

        _file.Flush(flushToDisk: true);
    }

    private static ulong Checksum(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(record));
}
