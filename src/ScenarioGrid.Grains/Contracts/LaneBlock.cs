using System.Buffers;
using System.Runtime.InteropServices;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace ScenarioGrid.Grains;

/// <summary>
/// The values of one lane with its address, sent between the parts of a spread scenario. Not changed once made.
/// </summary>
[Immutable]
public sealed class LaneBlock(int address, double[] values)
{
    /// <summary>Number of the boundary lane or measure.</summary>
    public int Address { get; } = address;

    /// <summary>One value per path.</summary>
    public double[] Values { get; } = values;
}

/// <summary>Writes a lane as its bytes: some seventy times less work than a list of doubles.</summary>
[RegisterSerializer]
public sealed class LaneBlockCodec : IFieldCodec<LaneBlock>
{
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, LaneBlock? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(LaneBlock), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)(value.Values.Length * sizeof(double) + sizeof(int)));
        writer.WriteInt32(value.Address);
        writer.Write(MemoryMarshal.AsBytes(value.Values.AsSpan()));
        ReferenceCodec.MarkValueField(writer.Session);
    }

    public LaneBlock ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        field.EnsureWireType(WireType.LengthPrefixed);
        ReferenceCodec.MarkValueField(reader.Session);
        var bytes = reader.ReadVarUInt32();
        var address = reader.ReadInt32();
        var values = new double[(bytes - sizeof(int)) / sizeof(double)];
        reader.ReadBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return new LaneBlock(address, values);
    }
}

/// <summary>Immutable: the same object serves both sides in a silo.</summary>
[RegisterCopier]
public sealed class LaneBlockCopier : IDeepCopier<LaneBlock>
{
    public LaneBlock? DeepCopy(LaneBlock? input, CopyContext context) => input;
}
