namespace ScenarioGrid.Grains;

/// <content>The record as bytes.</content>
public sealed partial class ShardRecord
{
    private const byte Format = 1;

    /// <summary>The record as bytes.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream(128 + Count * sizeof(ulong));
        using var to = new BinaryWriter(bytes);
        to.Write(Format);
        to.Write(Count);
        to.Write(_token);
        _done.Write(to);
        _failed.Write(to);
        _abandoned.Write(to);
        foreach (var place in _done.Places)
        {
            to.Write(_hashes[place]);
        }

        to.Write(_leases.Count);
        _leases.ForEach(l => l.Write(to));
        to.Write(_trouble.Count);
        foreach (var (place, trouble) in _trouble)
        {
            to.Write(place);
            to.Write(trouble.Attempts);
            to.Write(trouble.Deaths);
            to.Write(trouble.Errors);
            to.Write(trouble.By ?? "");
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a record back.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another format.</exception>
    public static ShardRecord Read(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes));
        var format = from.ReadByte();
        if (format != Format)
        {
            throw new InvalidDataException($"shard record of format {format}; this engine reads {Format}");
        }

        var record = new ShardRecord(from.ReadInt32())
        {
            _token = from.ReadInt64(), _done = CellSet.Read(from), _failed = CellSet.Read(from),
            _abandoned = CellSet.Read(from),
        };
        foreach (var place in record._done.Places)
        {
            record._hashes[place] = from.ReadUInt64();
        }

        for (var left = from.ReadInt32(); left > 0; left--)
        {
            record._leases.Add(ShardLease.Read(from));
        }

        for (var left = from.ReadInt32(); left > 0; left--)
        {
            record._trouble[from.ReadInt32()] = new CellTrouble(
                from.ReadInt32(), from.ReadInt32(), from.ReadInt32(),
                from.ReadString() is { Length: > 0 } by ? by : null);
        }

        return record;
    }
}
