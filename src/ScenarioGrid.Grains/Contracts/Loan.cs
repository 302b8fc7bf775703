using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;
using ScenarioGrid.Instances;

namespace ScenarioGrid.Grains;

/// <summary>
/// An instance on loan. It never leaves its silo: its codec throws, its copier hands over the same object.
/// </summary>
[Immutable]
public sealed class Loan(Instance instance)
{
    public Instance Instance { get; } = instance;
}

/// <summary>Keeps loans inside their silo.</summary>
[RegisterSerializer]
public sealed class LoanCodec : IFieldCodec<Loan>
{
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Loan? value)
        where TBufferWriter : IBufferWriter<byte> =>
        throw new GridException(
            "LOAN_LEFT_SILO",
            "an instance was lent across silos; its conductor must be placed beside it");

    public Loan ReadValue<TInput>(ref Reader<TInput> reader, Field field) =>
        throw new GridException(
            "LOAN_LEFT_SILO",
            "an instance was lent across silos; its conductor must be placed beside it");
}

/// <inheritdoc cref="LoanCodec"/>
[RegisterCopier]
public sealed class LoanCopier : IDeepCopier<Loan>
{
    public Loan? DeepCopy(Loan? input, CopyContext context) => input;
}
