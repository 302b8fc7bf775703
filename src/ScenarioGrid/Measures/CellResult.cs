using System.Buffers.Binary;
using System.Text;

namespace ScenarioGrid.Measures;

/// <summary>What one cell came to: its estimates, or why it failed. Equal cells have equal bytes.</summary>
/// <param name="Cell">Number of the cell.</param>
/// <param name="Estimates">Measure after measure, statistic after statistic; empty when the cell failed.</param>
/// <param name="Error">Null, or what broke: code, instance, path, tick and numbers.</param>
public sealed record CellResult(long Cell, Estimate[] Estimates, string? Error)
{
    private const byte FormatVersion = 1;

    /// <summary>Estimate of a statistic of a measure.</summary>
    /// <param name="measure">Position of the measure.</param>
    /// <param name="statistic">Position of the statistic.</param>
    /// <param name="statistics">Number of statistics.</param>
    public Estimate At(int measure, int statistic, int statistics) => Estimates[measure * statistics + statistic];

    /// <summary>Canonical bytes, little-endian: version, cell, error, estimates.</summary>
    public byte[] ToBytes()
    {
        var error = Encoding.UTF8.GetBytes(Error ?? "");
        var bytes = new byte[1 + 8 + 4 + error.Length + 4 + Estimates.Length * 36];
        var rest = bytes.AsSpan();
        rest[0] = FormatVersion;
        BinaryPrimitives.WriteInt64LittleEndian(rest[1..], Cell);
        BinaryPrimitives.WriteInt32LittleEndian(rest[9..], Error is null ? -1 : error.Length);
        error.CopyTo(rest[13..]);
        rest = rest[(13 + error.Length)..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, Estimates.Length);
        rest = rest[4..];
        foreach (var estimate in Estimates)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, estimate.Value);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[8..], estimate.Low);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[16..], estimate.High);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[24..], estimate.StandardError);
            BinaryPrimitives.WriteInt32LittleEndian(rest[32..], estimate.Paths);
            rest = rest[36..];
        }

        return bytes;
    }

    /// <summary>The bytes that must be equal however the cell was run. Where a cell first broke depends on the order in
    /// which its paths were looked at, that it broke does not: the text of an error is left out.</summary>
    public byte[] CanonicalBytes() => (Error is null ? this : this with { Error = "failed" }).ToBytes();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut short or of another version.</exception>
    public static CellResult Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 17 || bytes[0] != FormatVersion)
        {
            throw new InvalidDataException("not a cell result of this version");
        }

        var cell = BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]);
        var errorLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[9..]);
        var rest = bytes[13..];
        string? error = null;
        if (errorLength > rest.Length - 4)
        {
            throw new InvalidDataException($"the result of cell {cell} is cut short");
        }

        if (errorLength >= 0)
        {
            error = Encoding.UTF8.GetString(rest[..errorLength]);
            rest = rest[errorLength..];
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        if (count < 0 || rest.Length != count * 36L)
        {
            throw new InvalidDataException($"the result of cell {cell} is cut short");
        }

        var estimates = new Estimate[count];
        for (var i = 0; i < count; i++, rest = rest[36..])
        {
            estimates[i] = new Estimate(
                BinaryPrimitives.ReadDoubleLittleEndian(rest), BinaryPrimitives.ReadDoubleLittleEndian(rest[8..]),
                BinaryPrimitives.ReadDoubleLittleEndian(rest[16..]),
                BinaryPrimitives.ReadDoubleLittleEndian(rest[24..]),
                BinaryPrimitives.ReadInt32LittleEndian(rest[32..]));
        }

        return new CellResult(cell, estimates, error);
    }

    /// <summary>
    /// SHA-256 over the canonical bytes of results given in cell order: one hash for a whole campaign.
    /// </summary>
    public static string Hash(IEnumerable<CellResult> results)
    {
        using var hash = new ResultHash();
        foreach (var result in results)
        {
            hash.Add(result);
        }

        return hash.ToString();
    }
}
